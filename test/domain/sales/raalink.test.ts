import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logCall } from '../../../src/domain/activities/contract.ts';
import { getLead, leadViews, moveLead } from '../../../src/domain/leads/contract.ts';
import { choices } from '../../../src/domain/settings/contract.ts';
import { type Person, type Sales, sales } from './harness.ts';

let crm: Sales;
let asha: Person;
beforeEach(async () => {
  crm = await sales({
    change: (config) => {
      config.pipelines.sort((a) => (a.name === 'raalink' ? -1 : 1));
    },
  });
  asha = await crm.user('Asha', 'tele-caller');
});
afterEach(() => crm.dispose());

const stage = async (leadId: string) => (await crm.bus.query(getLead, { leadId }, asha)).stageLabel;

describe('the Raalink pipeline', () => {
  it('has its statuses in its order [M15]', async () => {
    expect((await crm.bus.query(choices, {}, asha)).stages.map(({ label }) => label)).toEqual([
      'NEW',
      'ASSIGNED',
      'IN PROCESS',
      'CONVERTED',
      'DEAD',
      'RECYCLED',
    ]);
  });

  it('takes a lead from ASSIGNED over IN PROCESS to CONVERTED or DEAD, and RECYCLED when it comes back [M15] [M17]', async () => {
    const { leadId } = await crm.enquire({ phone: '9845000001' });
    expect(await stage(leadId!)).toBe('ASSIGNED');
    const notAttempted = async () =>
      (await crm.bus.query(leadViews, {}, asha)).items.find(({ view }) => view === 'notAttempted')!.count;
    expect(await notAttempted()).toBe(1);
    await crm.bus.command(logCall, { leadId: leadId!, outcome: 'answered' }, asha);
    expect(await stage(leadId!)).toBe('IN PROCESS');
    expect(await notAttempted()).toBe(0);
    await crm.bus.command(moveLead, { leadId: leadId!, stage: 'dead', lostReason: 'price' }, asha);
    const again = await crm.enquire({ phone: '9845000001' });
    expect(again.verdict).toBe('reengaged');
    expect(await stage(leadId!)).toBe('RECYCLED');
    await crm.bus.command(moveLead, { leadId: leadId!, stage: 'CONVERTED' }, asha);
    expect(await stage(leadId!)).toBe('CONVERTED');
  });
});

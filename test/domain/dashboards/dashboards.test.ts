import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logCall } from '../../../src/domain/activities/contract.ts';
import { getDashboard, listGoals, saveDashboard, setGoal } from '../../../src/domain/dashboards/contract.ts';
import { assignLead, moveLead } from '../../../src/domain/leads/contract.ts';
import { type Person, type Sales, sales } from '../sales/harness.ts';

let crm: Sales;
let head: Person;
let meera: Person;
let asha: Person;
let ravi: Person;
beforeEach(async () => {
  crm = await sales();
  head = await crm.user('Head', 'administrator');
  meera = await crm.user('Meera', 'manager');
  asha = await crm.user('Asha', 'tele-caller');
  ravi = await crm.user('Ravi', 'tele-caller');
});
afterEach(() => crm.dispose());

async function lead(n: number, owner: Person): Promise<string> {
  const { leadId } = await crm.enquire({ phone: `984500000${n}`, source: 'Website' });
  await crm.bus.command(assignLead, { leadId: leadId!, assigneeId: owner.id }, meera);
  await crm.settle();
  return leadId!;
}
const figures = async (who: Person) =>
  Object.fromEntries(
    (await crm.bus.query(getDashboard, {}, who)).tiles
      .filter(({ value }) => value !== undefined)
      .map(({ title, value, before, target }) => [title, [value, before, target]]),
  );

describe('a dashboard', () => {
  it('shows figures of now beside those before, each reader their own [M57] [M61]', async () => {
    const first = await lead(1, asha);
    await crm.bus.command(logCall, { leadId: first, outcome: 'answered' }, asha);
    crm.clock.set(new Date('2026-03-12T05:00:00Z'));
    const second = await lead(2, asha);
    await lead(3, ravi);
    await crm.bus.command(moveLead, { leadId: second, stage: 'follow-up' }, asha);
    await crm.bus.command(
      moveLead,
      { leadId: second, stage: 'won', value: { amount: 4_500_000, currency: 'INR' } },
      asha,
    );
    expect(await figures(meera)).toMatchObject({
      'New leads today': [2, 1, undefined],
      'Calls made today': [0, 1, undefined],
      'Deals closed this month': [1, 0, undefined],
      'Revenue this month': [4_500_000, 0, undefined],
    });
    expect(await figures(ravi)).toMatchObject({
      'New leads today': [1, 0, undefined],
      'Revenue this month': [0, 0, undefined],
    });
  });

  it('sets goals beside actuals, for one and for all; a tele-caller sees their own alone [M57]', async () => {
    const first = await lead(1, asha);
    for (let n = 0; n < 3; n++) await crm.bus.command(logCall, { leadId: first, outcome: 'rnr' }, asha);
    await crm.bus.command(setGoal, { measure: 'call.made', period: 'today', target: 10 }, head);
    await crm.bus.command(
      setGoal,
      { measure: 'call.made', period: 'today', target: 4, userId: asha.id },
      head,
    );
    await expect(
      crm.bus.command(setGoal, { measure: 'call.made', period: 'today', target: 1 }, asha),
    ).rejects.toMatchObject({ code: 'auth.forbidden' });
    const rows = async (who: Person) =>
      (await crm.bus.query(listGoals, {}, who)).items.map(({ userName, actual, target }) => [
        userName,
        actual,
        target,
      ]);
    expect(await rows(meera)).toEqual([
      [undefined, 3, 10],
      ['Asha', 3, 4],
    ]);
    expect(await rows(asha)).toEqual([['Asha', 3, 4]]);
    expect(await rows(ravi)).toEqual([]);
    expect((await figures(asha))['Calls made today']).toEqual([3, 0, 4]);
    expect((await figures(meera))['Calls made today']).toEqual([3, 0, 10]);
    await crm.bus.command(
      setGoal,
      { measure: 'call.made', period: 'today', target: 0, userId: asha.id },
      head,
    );
    expect(await rows(asha)).toEqual([]);
  });

  it('is what its reader made of it, and what does not fit is refused by name [M1] [M57]', async () => {
    await lead(1, asha);
    const tile = {
      title: 'Mine',
      spec: {
        measures: ['lead.created'],
        by: ['source' as const],
        period: 'today' as const,
        chart: 'pie' as const,
      },
    };
    await crm.bus.command(saveDashboard, { tiles: [tile] }, asha);
    const { tiles, own } = await crm.bus.query(getDashboard, {}, asha);
    expect(own).toBe(true);
    expect(tiles.map(({ title }) => title)).toEqual(['Mine']);
    expect((tiles[0]!.chart as any).series[0].data).toEqual([{ name: 'Website', value: 1 }]);
    expect((await crm.bus.query(getDashboard, {}, ravi)).own).toBe(false);
    await expect(
      crm.bus.command(
        saveDashboard,
        { tiles: [{ title: 'X', spec: { measures: ['email.sent'], by: ['source'] } }] },
        asha,
      ),
    ).rejects.toMatchObject({ message: expect.stringContaining('Emails sent cannot be told by source') });
    await crm.bus.command(saveDashboard, { tiles: [] }, asha);
    expect((await crm.bus.query(getDashboard, {}, asha)).own).toBe(false);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addNote } from '../../src/domain/activities/contract.ts';
import { createLead, updateLead } from '../../src/domain/leads/contract.ts';
import { createTeam, recordAccess, updateTeam } from '../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../domain/sales/harness.ts';
import { withRoles } from './office.ts';

describe('whose the customers of a project are', () => {
  let crm: Sales;
  let projectId: string;
  let leadId: string;
  let asha: Person;
  let ravi: Person;
  let lead: Person;
  let outside: Person;
  beforeAll(async () => {
    crm = await sales({ change: withRoles });
    projectId = (await crm.bus.command(createTeam, { name: 'Project A' }, asSystem)).id;
    const teamIds = [projectId];
    asha = await crm.again(await crm.user('Asha', 'tele-caller', { teamIds }));
    ravi = await crm.again(await crm.user('Ravi', 'tele-caller', { teamIds }));
    lead = await crm.again(await crm.user('Lena', 'team-lead', { teamIds }));
    outside = await crm.again(await crm.user('Otto', 'tele-caller'));
    const made = await crm.bus.command(createLead, { name: 'Customer', phone: '98450 12345' }, asha);
    leadId = made.lead!.id;
    await crm.bus.command(addNote, { leadId, note: 'Wants it blue' }, asha);
    await crm.settle();
  });
  afterAll(() => crm.dispose());

  const put = async (ownership: 'role' | 'shared' | 'apart') => {
    await crm.bus.command(updateTeam, { id: projectId, ownership }, asSystem);
    [asha, ravi, lead, outside] = (await Promise.all([asha, ravi, lead, outside].map(crm.again))) as [
      Person,
      Person,
      Person,
      Person,
    ];
  };
  const sees = async (who: Person) => {
    const list = (await crm.bus.execute('lead.list', {}, who)) as { items: { id: string }[]; total: number };
    const one = await crm.bus.execute('lead.get', { leadId }, who).then(
      () => true,
      () => false,
    );
    expect([list.total, list.items.map(({ id }) => id)]).toEqual(one ? [1, [leadId]] : [0, []]);
    return one;
  };

  it('goes by each one’s role unless somebody says otherwise [M64]', async () => {
    expect(await Promise.all([asha, ravi, lead, outside].map(sees))).toEqual([true, false, true, false]);
  });

  it('shared: everybody in it sees and works them, with all that is recorded, and nobody else [M64]', async () => {
    await put('shared');
    expect(await Promise.all([asha, ravi, lead, outside].map(sees))).toEqual([true, true, true, false]);
    await crm.bus.command(updateLead, { leadId, product: 'RSoft CRM' }, ravi);
    const { contactId } = (await crm.bus.execute('lead.get', { leadId }, ravi)) as { contactId: string };
    expect(JSON.stringify(await crm.bus.execute('contact.timeline', { contactId }, ravi))).toContain(
      'Wants it blue',
    );
    await expect(crm.bus.execute('contact.timeline', { contactId }, outside)).rejects.toMatchObject({
      code: 'record.not_found',
    });
    const { items } = await crm.bus.query(recordAccess, { kind: 'Lead', recordId: leadId }, asSystem);
    expect(items.find(({ name }) => name === 'Ravi')).toMatchObject({
      allowed: true,
      why: 'It belongs to Project A, where customers are shared.',
    });
  });

  it('apart: each owns theirs and no card is shared, not even where a role reaches the team’s [M64]', async () => {
    await put('apart');
    expect(await Promise.all([asha, ravi, lead, outside].map(sees))).toEqual([true, false, false, false]);
    await put('role');
    expect(await Promise.all([asha, ravi, lead, outside].map(sees))).toEqual([true, false, true, false]);
  });

  it('is decided by who may change the settings [M64]', async () => {
    await expect(
      crm.bus.command(updateTeam, { id: projectId, ownership: 'shared' }, asha),
    ).rejects.toMatchObject({ code: 'auth.forbidden' });
  });
});

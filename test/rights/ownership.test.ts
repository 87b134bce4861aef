import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addNote } from '../../src/domain/activities/contract.ts';
import { createLead, listLeads, placeLead, updateLead } from '../../src/domain/leads/contract.ts';
import {
  createProject,
  createTeam,
  recordAccess,
  undoLast,
  updateProject,
  updateTeam,
} from '../../src/domain/staff/contract.ts';
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

describe('a project', () => {
  let crm: Sales;
  let manager: Person;
  let admin: Person;
  let asha: Person;
  let ravi: Person;
  let otto: Person;
  let projectId: string;
  beforeAll(async () => {
    crm = await sales({ change: withRoles });
    admin = await crm.user('Admin', 'administrator');
    manager = await crm.user('Meera', 'manager');
    const { id: branch } = await crm.bus.command(createTeam, { name: 'Chennai' }, asSystem);
    asha = await crm.user('Asha', 'tele-caller', { teamIds: [branch] });
    ravi = await crm.user('Ravi', 'team-lead', { teamIds: [branch] });
    otto = await crm.user('Otto', 'tele-caller', { teamIds: [branch] });
    const { project } = await crm.bus.command(
      createProject,
      {
        ...{ name: 'Metro', ownership: 'shared', memberIds: [asha.id, ravi.id] },
        when: { product: ['Metro Pass'] },
      },
      admin,
    );
    projectId = project.id;
    await fresh();
  });
  afterAll(() => crm.dispose());
  /** Rights are of the moment. */
  const fresh = async () => {
    [asha, ravi, otto] = (await Promise.all([asha, ravi, otto].map(crm.again))) as [Person, Person, Person];
  };
  let phone = 12_345;
  const enquire = async (product: string) =>
    (await crm.enquire({ name: 'Customer', phone: `98450${phone++}`, product })).leadId!;
  const sees = async (leadId: string) =>
    (
      await Promise.all(
        [asha, ravi, otto].map(async (who) =>
          (await crm.bus.query(listLeads, { limit: 50 }, who)).items.some(({ id }) => id === leadId),
        ),
      )
    ).join();
  const one = (leadId: string) =>
    crm.bus.execute('lead.get', { leadId }, asSystem) as Promise<{ assigneeId: string; projectId?: string }>;

  it('takes the enquiries that fit, gives them to its own people, who share them or not as it says [M64] [M19]', async () => {
    const leadId = await enquire('metro pass');
    // A team lead takes no turns; of those who do only Asha is in it.
    expect(await one(leadId)).toMatchObject({ projectId, assigneeId: asha.id });
    expect(await sees(leadId)).toBe('true,true,false');
    const set = async (ownership: 'role' | 'apart') => {
      await crm.bus.command(updateProject, { projectId, ownership }, admin);
      await fresh();
    };
    await set('apart');
    expect(await sees(leadId)).toBe('true,false,false');
    await set('role');
    // By their role a team lead reaches the team's, and the project is one of theirs.
    expect(await sees(leadId)).toBe('true,true,false');
    const { items } = await crm.bus.query(recordAccess, { kind: 'Lead', recordId: leadId }, asSystem);
    expect(items.find(({ name }) => name === 'Ravi')?.why).toBe('It belongs to their team Metro.');
    await crm.bus.command(updateProject, { projectId, memberIds: [asha.id] }, admin);
    await fresh();
    expect(await sees(leadId)).toBe('true,false,false');
    await crm.bus.command(undoLast, {}, admin);
    await fresh();
    expect(await sees(leadId)).toBe('true,true,false');
  });

  it('keeps what else its people do out of it; a lead is put into it and taken out by hand, undone [M64] [M67]', async () => {
    const leadId = await enquire('RSoft CRM');
    const { assigneeId, projectId: none } = await one(leadId);
    expect(none).toBeUndefined();
    // The branch of whoever has it, and of its team lead.
    expect((await sees(leadId)).split(',')[1]).toBe('true');
    await crm.bus.command(placeLead, { leadId, projectId }, manager);
    expect(await one(leadId)).toMatchObject({ projectId, assigneeId: asha.id });
    expect(await sees(leadId)).toBe('true,true,false');
    expect(
      (await crm.bus.query(listLeads, { projectId, limit: 50 }, manager)).items.map(({ id }) => id),
    ).toContain(leadId);
    await crm.bus.command(undoLast, {}, manager);
    expect((await one(leadId)).projectId).toBeUndefined();
    expect(assigneeId).toBeDefined();
    await expect(crm.bus.command(placeLead, { leadId, projectId }, otto)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });

  it('that has ended takes no more enquiries and keeps those that it has [M64]', async () => {
    const before = await enquire('Metro Pass');
    await crm.bus.command(updateProject, { projectId, active: false }, admin);
    expect((await one(before)).projectId).toBe(projectId);
    expect((await one(await enquire('Metro Pass'))).projectId).toBeUndefined();
    await expect(crm.bus.command(createProject, { name: 'Metro' }, admin)).rejects.toMatchObject({
      code: 'record.duplicate',
    });
    await expect(crm.bus.command(createProject, { name: 'Other' }, asha)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });
});

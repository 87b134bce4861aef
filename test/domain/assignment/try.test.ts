import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assignmentPeople, saveAssignment, tryAssignment } from '../../../src/domain/assignment/contract.ts';
import { lookUpLeads } from '../../../src/domain/leads/contract.ts';
import { updateUser } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('trying out who gets an enquiry', () => {
  let crm: Sales;
  let admin: Person;
  let asha: Person;
  let ravi: Person;
  beforeEach(async () => {
    // A Wednesday, 10:30 in Kolkata.
    crm = await sales();
    admin = await crm.user('Ada', 'administrator');
    asha = await crm.user('Asha', 'tele-caller');
    ravi = await crm.user('Ravi', 'tele-caller');
  });
  afterEach(() => crm.dispose());

  const save = (settings: object) => crm.bus.command(saveAssignment, settings as never, admin);
  const attempt = (facts: object) => crm.bus.query(tryAssignment, facts as never, admin);
  const rule = (label: string, when: object, users: string[]) => ({ label, when, to: { users } });

  it('says which rule takes it, which do not fit and why, and who was passed over [M19]', async () => {
    await save({
      rules: [
        rule('Pune', { city: ['Pune'] }, [ravi.id]),
        rule('Ads', { source: ['Google'] }, [asha.id]),
        rule('CRM', { product: ['RSoft CRM'] }, [asha.id, ravi.id]),
      ],
      people: { [asha.id]: { hours: ['12:00', '20:00'] } },
    });
    const answer = await attempt({ source: 'google', product: 'rsoft crm', city: 'Chennai' });
    expect(answer).toMatchObject({
      user: { id: ravi.id, name: 'Ravi' },
      why: 'The rule “CRM” takes it; Ravi is the only one free.',
      steps: [
        { label: 'Pune', taken: false, why: 'Does not fit: area is Chennai, not Pune.', members: [] },
        { label: 'Ads', taken: false, members: [{ name: 'Asha', held: 'works 12:00–20:00' }] },
        { label: 'CRM', taken: true, why: 'Fits, 1 of 2 can take it.' },
      ],
    });
    const later = await attempt({ source: 'google', at: '2026-03-11T12:30:00+05:30' });
    expect(later).toMatchObject({ user: { id: asha.id }, steps: [{}, { label: 'Ads', taken: true }] });
  });

  it('gives nothing to anybody, and the next enquiry goes where it said [M19]', async () => {
    await save({ perDay: 5 });
    const first = await attempt({ source: 'Website' });
    expect((await attempt({ source: 'Website' })).user).toEqual(first.user);
    const { leadId } = await crm.enquire({ phone: '9845000001' });
    const { items } = await crm.bus.query(lookUpLeads, { ids: [leadId!] }, asSystem);
    expect(items[0]!.assigneeId).toBe(first.user!.id);
    expect((await attempt({ source: 'Website' })).user!.id).not.toBe(first.user!.id);
  });

  it('tries settings that are not saved yet [M19]', async () => {
    const settings = { rules: [rule('All to Ravi', { source: ['Website'] }, [ravi.id])] };
    expect((await attempt({ source: 'Website', settings })).steps[0]!.label).toBe('All to Ravi');
    expect((await attempt({ source: 'Website' })).steps.map(({ label }) => label)).toEqual(['In turn']);
  });

  it('says that it waits for a manager when nobody may take it', async () => {
    await save({ people: { [asha.id]: { away: [{ from: '2026-03-10', to: '2026-03-12' }] } } });
    await crm.bus.command(updateUser, { id: ravi.id, absent: true }, asSystem);
    expect(await attempt({ source: 'Website' })).toEqual({
      why: 'Nobody may take it now: it waits for a manager.',
      steps: [
        {
          label: 'In turn',
          taken: false,
          why: 'Fits, but nobody of it can take it now.',
          members: [
            { name: 'Asha', held: 'away until 2026-03-12' },
            { name: 'Ravi', held: 'absent' },
          ],
        },
      ],
    });
    expect((await crm.enquire({ phone: '9845000002' })).leadId).toBeDefined();
    expect((await attempt({ source: 'Website', at: '2026-03-13T10:30:00+05:30' })).user!.name).toBe('Asha');
  });

  it('shows how many each got today, and what holds them [M19]', async () => {
    await save({ perDay: 1 });
    await crm.enquire({ phone: '9845000003' });
    await crm.enquire({ phone: '9845000004' });
    const { items } = await crm.bus.query(assignmentPeople, {}, admin);
    expect(items).toMatchObject([
      { name: 'Asha', today: 1, lastDay: 1, held: 'has the 1 of the day' },
      { name: 'Ravi', today: 1, lastDay: 1, held: 'has the 1 of the day' },
    ]);
    // Half an hour after midnight in Kolkata: the day is a new one, the 24 hours are not over.
    crm.clock.set('2026-03-11T19:00:00Z');
    const next = await crm.bus.query(assignmentPeople, {}, admin);
    expect(next.items).toMatchObject([
      { name: 'Asha', today: 0, lastDay: 1 },
      { name: 'Ravi', today: 0, lastDay: 1 },
    ]);
    expect(next.items[0]!.held).toBeUndefined();
  });

  it('tells the second of two editors whose change it would have written over [M63]', async () => {
    const { version } = await save({ perDay: 3 });
    await save({ perDay: 4, expected: version });
    await expect(save({ perDay: 5, expected: version })).rejects.toMatchObject({
      code: 'record.conflict',
      details: { by: 'Ada', version: 2 },
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listFollowUps, logCall } from '../../src/domain/activities/contract.ts';
import { saveAssignment } from '../../src/domain/assignment/contract.ts';
import { listLeads } from '../../src/domain/leads/contract.ts';
import { NotificationModel } from '../../src/domain/notifications/model.ts';
import { updateUser } from '../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../domain/sales/harness.ts';

describe('a new lead', () => {
  let crm: Sales;
  let asha: Person;
  let ravi: Person;
  let meera: Person;
  let phone: number;
  beforeEach(async () => {
    phone = 9845000000;
    // A Wednesday, 10:30 in Kolkata.
    crm = await sales({
      change: ({ roles }) => {
        roles.dealer = { label: 'Dealer', assignsTo: [], grants: { Lead: { read: 'own', update: 'own' } } };
      },
    });
    meera = await crm.user('Meera', 'manager');
    asha = await crm.user('Asha', 'tele-caller', { managerId: meera.id });
    ravi = await crm.user('Ravi', 'tele-caller', { managerId: meera.id });
  });
  afterEach(() => crm.dispose());

  const save = (settings: object) => crm.bus.command(saveAssignment, settings as never, asSystem);
  const rule = (when: object, users: string[], more: object = {}) => ({
    label: 'Rule',
    when,
    to: { users, ...more },
  });
  const enquire = (more: object = {}) => crm.enquire({ phone: String(++phone), ...more });
  /** How many leads each has. */
  const counts = async (...people: Person[]) =>
    Promise.all(
      people.map(async ({ id }) => (await crm.bus.query(listLeads, { assigneeId: id }, asSystem)).total),
    );

  it('goes in turn where no rule was made [M19]', async () => {
    for (let count = 0; count < 4; count++) await enquire();
    expect(await counts(asha, ravi)).toEqual([2, 2]);
  });

  it('goes by source, area and product before it goes in turn [M19]', async () => {
    const dealer = await crm.user('Chennai Traders', 'dealer');
    await save({
      rules: [
        rule({ source: ['Facebook'], city: ['Chennai'] }, [], { roles: ['dealer'] }),
        rule({ product: ['Parley CRM'] }, [asha.id]),
      ],
    });
    await enquire({ source: 'Facebook', city: 'chennai' });
    for (let count = 0; count < 3; count++) await enquire({ product: 'Parley CRM' });
    expect(await counts(dealer, asha, ravi)).toEqual([1, 3, 0]);
    await enquire({ city: 'Pune' });
    expect(await counts(dealer, asha, ravi)).toEqual([1, 3, 1]);
  });

  it('goes past whoever is absent, also where a rule names them [M19]', async () => {
    await save({ rules: [rule({ product: ['Parley CRM'] }, [asha.id])] });
    await crm.bus.command(updateUser, { id: asha.id, absent: true }, asSystem);
    await enquire({ product: 'Parley CRM' });
    expect(await counts(asha, ravi)).toEqual([0, 1]);
  });

  it('is nobody’s when everybody has their day’s share, until the next day [M19]', async () => {
    await save({ perDay: 1, people: { [ravi.id]: { perDay: 2 } } });
    for (let count = 0; count < 5; count++) await enquire();
    expect(await counts(asha, ravi)).toEqual([1, 2]);
    // Half an hour after midnight in Kolkata.
    crm.clock.set('2026-03-11T19:00:00Z');
    await enquire();
    await enquire();
    expect(await counts(asha, ravi)).toEqual([2, 3]);
  });

  it('goes to those who work at that hour [M19]', async () => {
    await save({ people: { [asha.id]: { hours: ['12:00', '20:00'] } } });
    await enquire();
    await enquire();
    expect(await counts(asha, ravi)).toEqual([0, 2]);
    // 12:00 in Kolkata.
    crm.clock.set('2026-03-11T06:30:00Z');
    await enquire();
    expect(await counts(asha, ravi)).toEqual([1, 2]);
  });

  it('goes to whoever got least in the last 24 hours [M19]', async () => {
    await save({ by: 'load', rules: [rule({ product: ['Parley CRM'] }, [asha.id])] });
    for (let count = 0; count < 3; count++) await enquire({ product: 'Parley CRM' });
    for (let count = 0; count < 3; count++) await enquire();
    expect(await counts(asha, ravi)).toEqual([3, 3]);
  });

  it('comes with its first call, to be made in time [M19]', async () => {
    await save({ firstCallMinutes: 30 });
    const { leadId } = await enquire();
    const { items } = await crm.bus.query(listFollowUps, { leadId: leadId! }, asSystem);
    expect(items).toMatchObject([{ at: '2026-03-11T05:30:00.000Z', note: 'First call' }]);
  });

  it('that nobody calls is told to the manager, and one that was called is not [M19]', async () => {
    await save({ unattendedMinutes: 60 });
    const told = () => NotificationModel.find({ userId: meera.id, rule: 'lead-unattended' }).lean();
    const waiting = await enquire({ name: 'Waiting' });
    const called = await enquire({ name: 'Called' });
    await crm.bus.command(logCall, { leadId: called.leadId!, outcome: 'rnr' }, asSystem);
    await crm.until('2026-03-11T05:59:00Z');
    expect(await told()).toEqual([]);
    await crm.until('2026-03-11T06:01:00Z');
    expect(await told()).toMatchObject([
      {
        title: `Lead #${waiting.leadNumber} is unattended`,
        text: 'Nobody has called Waiting from Website for 60 minutes. It is with Asha.',
        link: `/leads/${waiting.leadId}`,
      },
    ]);
  });

  it('keeps to rules that can be followed: others are refused with the place', async () => {
    await expect(save({ rules: [rule({}, [asha.id])] })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(save({ rules: [rule({ city: ['Pune'] }, [])] })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await expect(save({ rules: [rule({ city: ['Pune'] }, ['gone'])] })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    await expect(save({ roles: ['gone'] })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

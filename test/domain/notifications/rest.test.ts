/** Quiet hours and digests: what waits, what does not, and that nothing is lost. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setFollowUp } from '../../../src/domain/activities/contract.ts';
import { bookAppointment, confirmAppointment } from '../../../src/domain/appointments/contract.ts';
import {
  listDeliveries,
  listNotifications,
  myNotices,
  setMyNotices,
  setPolicy,
  updateRule,
} from '../../../src/domain/notifications/contract.ts';
import { undoLast, updateUser } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

const night = { from: '21:00', to: '08:00' };

describe('in quiet hours', () => {
  let crm: Sales;
  let admin: Person;
  let priya: Person;
  let conversationId: string;
  beforeEach(async () => {
    // 22:00 in Kolkata.
    crm = await sales({ now: '2026-03-11T16:30:00Z' });
    admin = await crm.user('Anil Das', 'administrator');
    priya = await crm.user('Priya Shah', 'tele-caller');
    await crm.linkSlack(priya, 'U-PRIYA');
    conversationId = await crm.conversation('919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
    await crm.bus.command(setPolicy, { quiet: night }, admin);
    await crm.bus.command(updateRule, { key: 'lead-not-attempted', enabled: false }, admin);
  });
  afterEach(() => crm.dispose());

  const lead = async (n: number) =>
    (await crm.enquire({ phone: `984500000${n}`, name: `Lead ${n}` })).leadId!;
  const chat = async () => (await crm.sent()).filter(({ to }) => to === 'U-PRIYA');
  const client = async () =>
    (await crm.sent()).filter(({ to }) => to === '919845012345').map(({ text }) => text);
  const deliveries = async (more: object = {}) =>
    (await crm.bus.query(listDeliveries, { limit: 100, ...more }, admin)).items;

  it('the list in the console has a notice at once, the chat gets all of them at the end, as one message [M50]', async () => {
    for (const n of [1, 2, 3]) await lead(n);
    expect((await crm.bus.query(listNotifications, {}, priya)).unread).toBe(3);
    expect(await chat()).toEqual([]);
    const mine = await crm.bus.query(myNotices, {}, priya);
    expect([mine.waiting, mine.nextAt]).toEqual([3, '2026-03-12T02:30:00.000Z']);
    expect((await deliveries({ only: 'held' }))[0]).toMatchObject({
      state: 'held',
      says: 'Quiet hours: it is sent when they end.',
      until: '2026-03-12T02:30:00.000Z',
      to: { kind: 'user', name: 'Priya Shah' },
    });
    await crm.until('2026-03-12T07:59:00+05:30');
    expect(await chat()).toEqual([]);
    await crm.until('2026-03-12T08:00:00+05:30');
    const [message, ...more] = await chat();
    expect(more).toEqual([]);
    expect(message!.text).toBe('3 notices since Wed, 11 Mar 2026, 10:00 PM');
    await crm.until('2026-03-12T12:00:00+05:30');
    expect((await chat()).filter(({ text }) => text.startsWith('3 notices'))).toHaveLength(1);
    expect((await crm.bus.query(myNotices, {}, priya)).waiting).toBe(0);
  });

  it('one alone comes as it is, with its buttons', async () => {
    await lead(1);
    await crm.until('2026-03-12T08:00:00+05:30');
    const [message] = await chat();
    expect(message!.card).toMatchObject({ title: 'New lead: #1 Lead 1' });
    expect(message!.card.buttons.length).toBe(4);
  });

  it('a follow-up at its time passes [M34]', async () => {
    const leadId = await lead(1);
    await crm.bus.command(setFollowUp, { leadId, at: '2026-03-11T23:00:00+05:30', remind: [] }, priya);
    await crm.until('2026-03-11T23:00:00+05:30');
    expect((await chat()).map(({ card }) => card.title)).toEqual(['Follow-up at its time: #1 Lead 1']);
  });

  it('a client hears of a confirmed demo when they end, and at 7 A.M. of the demo all the same [M46] [M48]', async () => {
    const leadId = (await crm.enquire({ conversationId, name: 'Ravi Kumar' })).leadId!;
    const { appointmentId } = await crm.bus.command(
      bookAppointment,
      { leadId, startsAt: '2026-03-12T16:00:00+05:30' },
      asSystem,
    );
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.settle();
    expect(await client()).toEqual([]);
    await crm.until('2026-03-12T07:00:00+05:30');
    const reminder = 'Your Appointment with RSOFT ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM';
    expect(await client()).toEqual([reminder]);
    await crm.until('2026-03-12T08:00:00+05:30');
    expect(await client()).toEqual([
      reminder,
      'Thank you for confirming the demo with RSoft ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM',
    ]);
  });

  it('switched off, what waited goes at once; undone, they hold again [M50] [M67]', async () => {
    await lead(1);
    await crm.bus.command(setPolicy, { quiet: null }, admin);
    await crm.settle();
    expect(await chat()).toHaveLength(1);
    await crm.bus.command(undoLast, {}, admin);
    await lead(2);
    expect(await chat()).toHaveLength(1);
  });

  it('of one’s own hold for oneself, beside those of the organisation', async () => {
    const meera = await crm.user('Meera Iyer', 'manager');
    await crm.linkSlack(meera, 'U-MEERA');
    await crm.bus.command(setPolicy, { quiet: null }, admin);
    await crm.bus.command(setMyNotices, { quiet: { from: '20:00', to: '09:15' } }, priya);
    await lead(1);
    expect((await crm.sent()).map(({ to }) => to)).toEqual(['U-MEERA']);
    await crm.bus.command(setPolicy, { quiet: night }, admin);
    await crm.until('2026-03-12T09:14:00+05:30');
    expect(await chat()).toEqual([]);
    await crm.until('2026-03-12T09:15:00+05:30');
    expect(await chat()).toHaveLength(1);
  });

  it('what waits for a colleague who left is not sent, and it is said why', async () => {
    await lead(1);
    await crm.bus.command(updateUser, { id: priya.id, active: false }, admin);
    await crm.until('2026-03-12T08:00:00+05:30');
    expect(await chat()).toEqual([]);
    expect((await deliveries()).filter(({ to }) => to.id === priya.id)).toMatchObject([
      { state: 'dropped', says: 'This colleague is no longer active.' },
    ]);
  });
});

describe('a digest', () => {
  let crm: Sales;
  let admin: Person;
  let priya: Person;
  beforeEach(async () => {
    crm = await sales({ now: '2026-03-11T05:10:00Z' });
    admin = await crm.user('Anil Das', 'administrator');
    priya = await crm.user('Priya Shah', 'tele-caller');
    await crm.linkSlack(priya, 'U-PRIYA');
  });
  afterEach(() => crm.dispose());
  const lead = (n: number) => crm.enquire({ phone: `984500000${n}`, name: `Lead ${n}` });
  const chat = async () => (await crm.sent()).filter(({ to }) => to === 'U-PRIYA').map(({ text }) => text);

  it('of a rule comes each hour as one message [M50]', async () => {
    await crm.bus.command(updateRule, { key: 'lead-new', digest: 'hourly' }, admin);
    for (const n of [1, 2]) await lead(n);
    expect(await chat()).toEqual([]);
    // 10:40 in Kolkata: the hour ends at 11.
    await crm.until('2026-03-11T11:00:00+05:30');
    expect((await chat()).filter((text) => text.startsWith('2 notices since'))).toHaveLength(1);
  });

  it('of one’s own comes each day at the organisation’s time', async () => {
    await crm.bus.command(setMyNotices, { digest: 'daily' }, priya);
    for (const n of [1, 2, 3]) await lead(n);
    await crm.until('2026-03-12T08:59:00+05:30');
    expect(await chat()).toEqual([]);
    await crm.until('2026-03-12T09:00:00+05:30');
    const [message, ...more] = await chat();
    expect(message).toMatch(/^\d+ notices since Wed, 11 Mar 2026, 10:40 AM$/);
    expect(more).toEqual([]);
  });
});

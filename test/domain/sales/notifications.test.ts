import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logCall } from '../../../src/domain/activities/contract.ts';
import {
  bookAppointment,
  completeAppointment,
  confirmAppointment,
  rescheduleAppointment,
} from '../../../src/domain/appointments/contract.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import { assignLead, createLead, handOffLead, moveLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications, markNotificationRead } from '../../../src/domain/notifications/contract.ts';
import { asSystem, type Person, type Sales, sales } from './harness.ts';

describe('notices', () => {
  let crm: Sales;
  let admin: Person;
  let manager: Person;
  let priya: Person;
  let conversationId: string;
  beforeEach(async () => {
    crm = await sales();
    admin = await crm.user('Anil Das', 'administrator');
    manager = await crm.user('Meera Iyer', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    await crm.linkSlack(priya, 'U-PRIYA');
    await crm.linkSlack(manager, 'U-MEERA');
    conversationId = await crm.conversation('919845012345', [{ scheme: 'phone', value: '+919845012345' }]);
  });
  afterEach(() => crm.dispose());

  const enquire = async (said: object = {}) =>
    (await crm.enquire({ conversationId, name: 'Ravi Kumar', product: 'RSoft CRM', ...said })).leadId!;
  const inbox = async (person: Person, rule?: string) =>
    (await crm.bus.query(listNotifications, { limit: 100 }, person)).items.filter(
      (item) => !rule || item.rule === rule,
    );
  const texts = async (person: Person, rule: string) => (await inbox(person, rule)).map(({ text }) => text);
  const sentTo = async (to: string) =>
    (await crm.sent()).filter((message) => message.to === to).map(({ text }) => text);
  const client = () => sentTo('919845012345');
  const demo = async (startsAt = '2026-03-12T16:00:00+05:30') => {
    const leadId = await enquire();
    const { appointmentId } = await crm.bus.command(bookAppointment, { leadId, startsAt }, asSystem);
    await crm.settle();
    return { leadId, appointmentId };
  };

  it('a new lead is told to its caller, the manager and the administrator, in the console and in chat [M40]', async () => {
    const leadId = await enquire();
    const text =
      'New lead #1: Ravi Kumar, +919845012345. Product: RSoft CRM. Source: Website. Assigned to Priya Shah.';
    for (const person of [priya, manager, admin]) expect(await texts(person, 'lead-new')).toEqual([text]);
    const [message] = (await crm.sent()).filter(({ to }) => to === 'U-PRIYA');
    expect(message).toMatchObject({
      channel: 'slack',
      purpose: 'staff',
      text,
      card: { title: 'New lead: #1 Ravi Kumar', link: `/leads/${leadId}` },
    });
    expect(message!.card.buttons.map(({ label }: { label: string }) => label)).toEqual([
      'Answered',
      'RNR',
      'CALL BACK',
      'NUMBER BUSY',
    ]);
    expect(message!.card.buttons[1]).toMatchObject({
      command: 'call.log',
      input: { leadId, outcome: 'rnr' },
    });
    expect(await client()).toEqual([]);
  });

  it('a duplicate is told to the caller and the administrator, with its evidence and a way to correct it [M41] [B4]', async () => {
    await enquire();
    await enquire();
    for (const person of [priya, admin]) {
      expect(await texts(person, 'lead-duplicate')).toEqual([
        'Duplicate enquiry for lead #1: Ravi Kumar, +919845012345. The number +919845012345 is that of Ravi Kumar. Lead #1 is open (NOT ATTEMPTED).',
      ]);
    }
    expect((await inbox(priya, 'lead-duplicate'))[0]!.buttons[0]).toMatchObject({
      label: 'Not a duplicate',
      command: 'enquiry.overrule',
    });
    expect(await texts(manager, 'lead-duplicate')).toEqual([]);
  });

  it('a re-engaged lead pops up for its caller [M42]', async () => {
    const leadId = await enquire();
    await crm.bus.command(moveLead, { leadId, stage: 'lost', lostReason: 'price' }, priya);
    await enquire();
    expect((await inbox(priya, 'lead-reengaged'))[0]).toMatchObject({
      popup: true,
      text: expect.stringContaining('Lead #1 was closed (CLOSE TO LOOSE: Price too high).'),
    });
    expect(await texts(admin, 'lead-reengaged')).toEqual([]);
  });

  it('a lead from online that nobody has called is brought to its caller’s mind; one that was called is not [M43]', async () => {
    await enquire();
    const second = (await crm.enquire({ phone: '9845000002' })).leadId!;
    await crm.bus.command(logCall, { leadId: second, outcome: 'rnr' }, priya);
    await crm.bus.command(createLead, { name: 'By hand', phone: '9845000003' }, priya);
    await crm.until('2026-03-11T05:35:00Z');
    expect(await texts(priya, 'lead-not-attempted')).toEqual([
      'Lead #1 from Website is not attempted yet: Ravi Kumar, +919845012345.',
    ]);
  });

  it('a lost lead from online goes to the manager with what a post-mortem needs; one entered by hand does not [M45]', async () => {
    const leadId = await enquire();
    await crm.bus.command(
      moveLead,
      { leadId, stage: 'lost', lostReason: 'competitor', note: 'took the cheaper one' },
      priya,
    );
    const { lead } = await crm.bus.command(createLead, { name: 'By hand', phone: '9845000003' }, priya);
    await crm.bus.command(moveLead, { leadId: lead!.id, stage: 'lost', lostReason: 'price' }, priya);
    await crm.settle();
    expect(await texts(manager, 'lead-lost')).toEqual([
      'Lead #1 was lost: Ravi Kumar, +919845012345. Source: Website. Product: RSoft CRM. Reason: Bought from a competitor. Caller: Priya Shah. took the cheaper one',
    ]);
    expect(await texts(priya, 'lead-lost')).toEqual([]);
  });

  it('a confirmed demo is told to client, manager and caller in the agreed words, each once [M46]', async () => {
    const { appointmentId } = await demo();
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.settle();
    const text = 'Thank you for confirming the demo with RSoft ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM';
    expect(await client()).toEqual([text]);
    for (const person of [manager, priya]) expect(await texts(person, 'demo-confirmed')).toEqual([text]);
    for (const chat of ['U-PRIYA', 'U-MEERA'])
      expect((await sentTo(chat)).filter((said) => said === text)).toHaveLength(1);
    expect(await texts(admin, 'demo-confirmed')).toEqual([]);
  });

  it('a completed demo likewise [M47]', async () => {
    const { appointmentId } = await demo();
    await crm.bus.command(completeAppointment, { appointmentId }, priya);
    await crm.settle();
    const text = 'Thank you for completing the demo with RSoft ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM';
    expect(await client()).toEqual([text]);
    for (const person of [manager, priya]) expect(await texts(person, 'demo-completed')).toEqual([text]);
  });

  it('at 7 A.M. on the day client and caller are told, an hour before the manager too; each once [M48] [M49]', async () => {
    await demo();
    const text = 'Your Appointment with RSOFT ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM';
    await crm.until('2026-03-12T06:59:00+05:30');
    expect(await client()).toEqual([]);
    await crm.until('2026-03-12T07:00:00+05:30');
    expect(await client()).toEqual([text]);
    expect([await texts(priya, 'appointment-day'), await texts(manager, 'appointment-day')]).toEqual([
      [text],
      [],
    ]);
    await crm.until('2026-03-12T14:59:00+05:30');
    expect(await client()).toHaveLength(1);
    await crm.until('2026-03-12T15:00:00+05:30');
    expect(await client()).toEqual([text, text]);
    for (const person of [priya, manager]) expect(await texts(person, 'appointment-hour')).toEqual([text]);
    await crm.until('2026-03-12T18:00:00+05:30');
    expect(await client()).toHaveLength(2);
  });

  it('a moved demo is reminded of at its new time only [M48] [M49]', async () => {
    const { appointmentId } = await demo();
    await crm.bus.command(
      rescheduleAppointment,
      { appointmentId, startsAt: '2026-03-13T11:00:00+05:30' },
      priya,
    );
    await crm.until('2026-03-13T11:00:00+05:30');
    expect([...new Set(await client())]).toEqual([
      'Your Appointment with RSOFT ON Date: Fri, 13 Mar 2026 and Time: 11:00 AM',
    ]);
    expect(await client()).toHaveLength(3); // told of the move, at 7 A.M., an hour before
  });

  it('a booked demo asks its caller to confirm, with a button [M6]', async () => {
    const { appointmentId } = await demo();
    const [notice] = await inbox(priya, 'demo-booked');
    expect(notice!.text).toBe(
      'Demo booked by Ravi Kumar (#1), +919845012345, ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM. Please confirm.',
    );
    expect(notice!.buttons[0]).toMatchObject({
      label: 'Confirm demo',
      command: 'appointment.confirm',
      input: { appointmentId },
    });
  });

  it('a lead handed over is told to whoever gets it [M19]', async () => {
    const arjun = await crm.user('Arjun Rao', 'tele-caller');
    const leadId = await enquire();
    await crm.bus.command(assignLead, { leadId, assigneeId: arjun.id, reason: 'speaks Telugu' }, manager);
    await crm.bus.command(handOffLead, { leadId }, arjun);
    await crm.settle();
    expect(await texts(arjun, 'lead-assigned')).toEqual([
      'Lead #1 is now yours: Ravi Kumar, +919845012345. speaks Telugu',
    ]);
    expect(await texts(manager, 'lead-assigned')).toEqual([
      'Lead #1 is now yours: Ravi Kumar, +919845012345.',
    ]);
  });

  it('a client who never wrote and left no mail: it is said on the timeline that they were not told [M46]', async () => {
    const { lead } = await crm.bus.command(createLead, { name: 'By hand', phone: '9845000003' }, priya);
    const { appointmentId } = await crm.bus.command(
      bookAppointment,
      { leadId: lead!.id, startsAt: '2026-03-12T16:00:00+05:30' },
      priya,
    );
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.settle();
    const { items } = await crm.bus.query(contactTimeline, { contactId: lead!.contactId }, priya);
    expect(items.map(({ title }) => title)).toContain(
      'Not sent to the client, who has written on no channel and left no e-mail: Demo confirmed',
    );
  });

  it('are each person’s own, and can be read [M61]', async () => {
    await enquire();
    expect((await crm.bus.query(listNotifications, { unread: true }, priya)).unread).toBe(1);
    await crm.bus.command(markNotificationRead, {}, priya);
    expect((await crm.bus.query(listNotifications, { unread: true }, priya)).unread).toBe(0);
    expect((await crm.bus.query(listNotifications, {}, manager)).unread).toBe(1);
  });
});

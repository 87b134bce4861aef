import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TimerModel } from '../../../src/core/timers.ts';
import { logCall } from '../../../src/domain/activities/contract.ts';
import {
  bookAppointment,
  cancelAppointment,
  checkSlot,
  completeAppointment,
  confirmAppointment,
  listAppointments,
  rescheduleAppointment,
} from '../../../src/domain/appointments/contract.ts';
import { contactInteractions } from '../../../src/domain/contacts/contract.ts';
import { getLead } from '../../../src/domain/leads/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from './harness.ts';

describe('a demo', () => {
  let crm: Sales;
  let priya: Person;
  let arjun: Person;
  let leadId: string;
  beforeEach(async () => {
    crm = await sales();
    priya = await crm.user('Priya Shah', 'tele-caller');
    arjun = await crm.user('Arjun Rao', 'tele-caller');
    leadId = (await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345' })).leadId!;
  });
  afterEach(() => crm.dispose());
  const book = (startsAt: string, as = asSystem, lead = leadId) =>
    crm.bus.command(bookAppointment, { leadId: lead, startsAt }, as);
  const stage = async () => (await crm.bus.query(getLead, { leadId }, asSystem)).stageLabel;
  const timers = async () =>
    (
      await TimerModel.find({ _id: /^appointment:/ })
        .sort({ dueAt: 1 })
        .lean()
    ).map(({ dueAt }) => dueAt.toISOString());

  it('is booked, confirmed and completed; the lead moves with it [M14] [M86]', async () => {
    const { appointmentId, status } = await book('2026-03-12T16:00:00+05:30');
    expect([status, await stage()]).toEqual(['booked', 'NOT ATTEMPTED']);
    expect((await crm.bus.command(confirmAppointment, { appointmentId }, priya)).status).toBe('confirmed');
    expect(await stage()).toBe('DEMO CONFIRMED');
    expect((await crm.bus.command(completeAppointment, { appointmentId }, priya)).status).toBe('completed');
    expect(await stage()).toBe('PROPOSAL SENT');
    await expect(crm.bus.command(cancelAppointment, { appointmentId }, priya)).rejects.toMatchObject({
      code: 'appointment.over',
      message: 'This appointment is completed; it cannot be changed any more.',
    });
  });

  it('is refused in the past, after hours, on a day off and too soon for a customer, saying why [M86]', async () => {
    await expect(book('2026-03-11T04:00:00Z')).rejects.toMatchObject({ code: 'time.past' });
    await expect(book('2026-03-12T21:00:00+05:30')).rejects.toMatchObject({
      code: 'time.closed',
      message: 'Thu, 12 Mar 2026, 9:00 PM (Asia/Kolkata) is outside business hours (Mon–Sat 09:30–18:30).',
    });
    await expect(book('2026-03-15T11:00:00+05:30')).rejects.toMatchObject({ code: 'time.closed' });
    await expect(book('2026-03-11T11:00:00+05:30')).rejects.toMatchObject({ code: 'time.too_soon' });
    // The colleague who is on the telephone knows whether half an hour is enough.
    expect((await book('2026-03-11T11:00:00+05:30', priya)).status).toBe('booked');
  });

  it('never stands twice in one person’s calendar; free times are offered [M86]', async () => {
    const other = (await crm.enquire({ phone: '9845000002' })).leadId!;
    const third = (await crm.enquire({ phone: '9845000003' })).leadId!;
    await book('2026-03-12T16:00:00+05:30', priya);
    await expect(book('2026-03-12T16:30:00+05:30', priya, third)).rejects.toMatchObject({
      code: 'time.taken',
      message:
        'Thu, 12 Mar 2026, 4:30 PM (Asia/Kolkata) is taken. Free: Thu, 12 Mar 2026, 5:00 PM; Thu, 12 Mar 2026, 5:30 PM; Fri, 13 Mar 2026, 9:30 AM.',
    });
    expect((await book('2026-03-12T16:00:00+05:30', arjun, other)).status).toBe('booked');
  });

  it('of a new customer goes to a caller who is free then; when nobody is, the bot is told [M19] [M86]', async () => {
    await book('2026-03-12T16:00:00+05:30');
    await crm.enquire({ phone: '9845000002' });
    const third = (await crm.enquire({ phone: '9845000003' })).leadId!;
    expect((await crm.bus.query(getLead, { leadId: third }, asSystem)).assigneeName).toBe('Priya Shah');
    expect((await book('2026-03-12T16:00:00+05:30', asSystem, third)).appointment.assigneeId).toBe(arjun.id);
    expect((await crm.bus.query(getLead, { leadId: third }, asSystem)).assigneeName).toBe('Arjun Rao');
    const slot = await crm.bus.query(checkSlot, { at: '2026-03-12T16:00:00+05:30' }, asSystem);
    expect(slot).toEqual({
      open: false,
      reason: 'taken',
      hoursText: 'Mon–Sat 09:30–18:30',
      suggestions: ['2026-03-12T11:30:00.000Z', '2026-03-12T12:00:00.000Z', '2026-03-13T04:00:00.000Z'],
    });
    expect(await crm.bus.query(checkSlot, { at: '2026-03-12T17:00:00+05:30' }, asSystem)).toMatchObject({
      open: true,
      suggestions: [],
    });
  });

  it('does not stand in its own way when its client asks for a time beside it', async () => {
    await book('2026-03-12T16:00:00+05:30');
    await crm.enquire({ phone: '9845000002' });
    const third = (await crm.enquire({ phone: '9845000003' })).leadId!;
    const at = '2026-03-12T16:15:00+05:30';
    expect(await crm.bus.query(checkSlot, { at, leadId }, asSystem)).toMatchObject({ open: true });
    expect(await crm.bus.query(checkSlot, { at, leadId: third }, asSystem)).toMatchObject({
      reason: 'taken',
    });
  });

  it('two bookings of one person at the same time: one is refused [M86]', async () => {
    await crm.enquire({ phone: '9845000002' });
    const third = (await crm.enquire({ phone: '9845000003' })).leadId!;
    const both = await Promise.allSettled([
      book('2026-03-12T16:00:00+05:30', priya),
      book('2026-03-12T16:15:00+05:30', priya, third),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await crm.bus.query(listAppointments, {}, priya)).total).toBe(1);
  });

  it('is reminded of at 7 A.M. and an hour before; moving it moves both, cancelling cancels [M48] [M49]', async () => {
    const { appointmentId } = await book('2026-03-12T16:00:00+05:30', priya);
    expect(await timers()).toEqual(['2026-03-12T01:30:00.000Z', '2026-03-12T09:30:00.000Z']);
    await crm.bus.command(
      rescheduleAppointment,
      { appointmentId, startsAt: '2026-03-13T11:00:00+05:30' },
      priya,
    );
    expect(await timers()).toEqual(['2026-03-13T01:30:00.000Z', '2026-03-13T04:30:00.000Z']);
    await crm.bus.command(undoLast, {}, priya);
    expect(await timers()).toEqual(['2026-03-12T01:30:00.000Z', '2026-03-12T09:30:00.000Z']);
    await crm.bus.command(cancelAppointment, { appointmentId, reason: 'on leave' }, priya);
    expect(await timers()).toEqual([]);
  });

  it('booked on its own day gets no 7 A.M. reminder any more [M48]', async () => {
    await book('2026-03-11T16:00:00+05:30', priya);
    expect(await timers()).toEqual(['2026-03-11T09:30:00.000Z']);
  });

  it('asked for again is the same demo at another time [M86]', async () => {
    const first = await book('2026-03-12T16:00:00+05:30');
    const second = await book('2026-03-13T16:00:00+05:30');
    expect(second.appointmentId).toBe(first.appointmentId);
    expect((await crm.bus.query(listAppointments, {}, priya)).items.map(({ startsAt }) => startsAt)).toEqual([
      '2026-03-13T10:30:00.000Z',
    ]);
  });

  it('counts among a client’s interactions, online or in person [M86]', async () => {
    const { contactId } = await crm.bus.query(getLead, { leadId }, asSystem);
    await crm.bus.command(logCall, { leadId, outcome: 'answered' }, priya);
    for (const more of [
      { location: 'Anna Salai, Chennai', agenda: 'CRM for 20', participants: ['Ravi', 'Asha'] },
      {},
    ]) {
      const { appointmentId, appointment } = await crm.bus.command(
        bookAppointment,
        { leadId, startsAt: '2026-03-12T16:00:00+05:30', minutes: 30, kind: 'meeting', ...more },
        priya,
      );
      expect(appointment).toMatchObject({ minutes: 30, kind: 'meeting', participants: [], ...more });
      await crm.bus.command(completeAppointment, { appointmentId }, priya);
    }
    expect(await crm.bus.query(contactInteractions, { contactId }, priya)).toEqual({
      total: 3,
      online: 2,
      inPerson: 1,
      messages: 0,
      calls: 1,
      appointments: 2,
    });
  });

  it('that the client misses takes the lead back to FOLLOW-UP [M86]', async () => {
    const { appointmentId } = await book('2026-03-12T16:00:00+05:30');
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    expect(
      (await crm.bus.command(completeAppointment, { appointmentId, outcome: 'no-show' }, priya)).appointment
        .statusLabel,
    ).toBe('Did not come');
    expect(await stage()).toBe('FOLLOW-UP');
  });

  it('is changed only by whom the role allows, on leads of theirs [M65]', async () => {
    const { appointmentId } = await book('2026-03-12T16:00:00+05:30');
    for (const command of [confirmAppointment, cancelAppointment, completeAppointment]) {
      await expect(crm.bus.command(command, { appointmentId } as never, arjun)).rejects.toMatchObject({
        code: 'record.not_found',
      });
    }
    delete crm.config.roles['tele-caller']!.grants.Appointment!.create;
    delete crm.config.roles['tele-caller']!.grants.Appointment!.update;
    const clerk = await crm.again(priya);
    await expect(book('2026-03-13T16:00:00+05:30', clerk)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(crm.bus.command(cancelAppointment, { appointmentId }, clerk)).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TimerModel } from '../../../src/core/timers.ts';
import {
  bookAppointment,
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  includeColleague,
  inviteColleagues,
  listAppointments,
  rescheduleAppointment,
  updateAppointment,
} from '../../../src/domain/appointments/contract.ts';
import { calendarRange } from '../../../src/domain/calendar/contract.ts';
import { getLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications, updateRule } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('an appointment', () => {
  let crm: Sales;
  let priya: Person;
  let arjun: Person;
  let meera: Person;
  beforeEach(async () => {
    crm = await sales();
    meera = await crm.user('Meera', 'manager');
    priya = await crm.user('Priya Shah', 'tele-caller');
    arjun = await crm.user('Arjun Rao', 'tele-caller');
  });
  afterEach(() => crm.dispose());
  const demo = async () => {
    const { leadId } = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345' });
    const { appointmentId } = await crm.bus.command(
      bookAppointment,
      { leadId: leadId!, startsAt: '2026-03-12T16:00:00+05:30' },
      priya,
    );
    const stage = async () => (await crm.bus.query(getLead, { leadId: leadId! }, asSystem)).stageLabel;
    const status = async () =>
      (await crm.bus.query(listAppointments, {}, asSystem)).items.find(({ id }) => id === appointmentId)!
        .status;
    const timers = () => TimerModel.countDocuments({ _id: new RegExp(`^appointment:${appointmentId}:`) });
    return { appointmentId, leadId: leadId!, stage, status, timers };
  };

  it('confirmed by mistake is booked again, and the lead is where it was [M67] [M86]', async () => {
    const { appointmentId, stage, status } = await demo();
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    expect([await status(), await stage()]).toEqual(['confirmed', 'DEMO CONFIRMED']);
    await crm.bus.command(undoLast, {}, priya);
    expect([await status(), await stage()]).toEqual(['booked', 'NOT ATTEMPTED']);
  });

  it('cancelled by mistake stands again with its reminders and its stage [M67] [M86]', async () => {
    const { appointmentId, stage, status, timers } = await demo();
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    const before = await timers();
    await crm.bus.command(cancelAppointment, { appointmentId }, priya);
    expect([await status(), await timers()]).toEqual(['cancelled', 0]);
    await crm.bus.command(undoLast, {}, priya);
    expect([await status(), await stage(), await timers()]).toEqual(['confirmed', 'DEMO CONFIRMED', before]);
  });

  it('closed as completed or as a no-show by mistake is open again [M67] [M86]', async () => {
    const { appointmentId, stage, status } = await demo();
    await crm.bus.command(confirmAppointment, { appointmentId }, priya);
    await crm.bus.command(completeAppointment, { appointmentId }, priya);
    expect(await stage()).toBe('PROPOSAL SENT');
    await crm.bus.command(undoLast, {}, priya);
    expect([await status(), await stage()]).toEqual(['confirmed', 'DEMO CONFIRMED']);
    await crm.bus.command(completeAppointment, { appointmentId, outcome: 'no-show' }, priya);
    expect(await stage()).toBe('FOLLOW-UP');
    await crm.bus.command(undoLast, {}, priya);
    expect([await status(), await stage()]).toEqual(['confirmed', 'DEMO CONFIRMED']);
  });

  it('that was cancelled does not come back over another one at its time [M86]', async () => {
    const { appointmentId } = await demo();
    await crm.bus.command(cancelAppointment, { appointmentId }, priya);
    const own = {
      kind: 'meeting' as const,
      title: 'Team',
      startsAt: '2026-03-12T16:15:00+05:30',
      minutes: 30,
    };
    await crm.bus.command(bookAppointment, own, arjun);
    await crm.bus.command(bookAppointment, own, priya);
    await crm.bus.command(
      cancelAppointment,
      {
        appointmentId: (await crm.bus.query(listAppointments, { kind: 'meeting' }, arjun)).items[0]!.id,
      },
      arjun,
    );
    const whose = (await crm.bus.query(listAppointments, { kind: 'demo' }, asSystem)).items[0]!.assigneeId;
    expect(whose).toBe(priya.id);
    // Her own last change is the meeting: that is taken back first.
    await crm.bus.command(undoLast, {}, priya);
    await crm.bus.command(bookAppointment, own, priya);
    const undoneTwice = crm.bus.command(
      { name: 'appointment.restore' } as never,
      { appointmentId, status: 'booked' } as never,
      priya,
    );
    await expect(undoneTwice).rejects.toMatchObject({ code: 'time.taken' });
  });

  it('may be a meeting, a training or something personal without a lead; double booking is refused with what is free [M86]', async () => {
    const own = {
      kind: 'training' as const,
      title: 'New price list',
      startsAt: '2026-03-12T11:00:00+05:30',
      minutes: 60,
    };
    const { appointment } = await crm.bus.command(bookAppointment, own, priya);
    expect(appointment).toMatchObject({
      kind: 'training',
      title: 'New price list',
      status: 'confirmed',
      assigneeId: priya.id,
    });
    const { leadId } = await crm.enquire({ name: 'Ravi', phone: '9845012345' });
    const lead = await crm.bus.query(getLead, { leadId: leadId! }, asSystem);
    expect(lead.assigneeId).toBe(priya.id);
    await expect(
      crm.bus.command(bookAppointment, { leadId: leadId!, startsAt: '2026-03-12T11:30:00+05:30' }, priya),
    ).rejects.toMatchObject({
      code: 'time.taken',
      details: { free: ['2026-03-12T06:30:00.000Z', '2026-03-12T07:00:00.000Z', '2026-03-12T07:30:00.000Z'] },
    });
    await expect(crm.bus.command(bookAppointment, { ...own, title: 'Else' }, priya)).rejects.toMatchObject({
      code: 'time.taken',
    });
    // An evening of one's own is not the office's business.
    const dentist = { kind: 'personal' as const, title: 'Dentist', startsAt: '2026-03-12T20:00:00+05:30' };
    expect((await crm.bus.command(bookAppointment, dentist, priya)).status).toBe('confirmed');
    const later = {
      appointmentId: (await crm.bus.query(listAppointments, { kind: 'personal' }, priya)).items[0]!.id,
    };
    const moved = { ...later, startsAt: '2026-03-12T21:00:00+05:30' };
    expect((await crm.bus.command(rescheduleAppointment, moved, priya)).status).toBe('confirmed');
    await expect(
      crm.bus.command(bookAppointment, { startsAt: dentist.startsAt }, priya),
    ).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(
      crm.bus.command(bookAppointment, { kind: 'meeting', startsAt: dentist.startsAt }, priya),
    ).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('of another kind than a demo may stand beside others with the same lead [M86]', async () => {
    const { leadId, stage } = await demo();
    for (const day of ['13', '14'])
      await crm.bus.command(
        bookAppointment,
        { leadId, kind: 'training', startsAt: `2026-03-${day}T11:00:00+05:30` },
        priya,
      );
    const { items } = await crm.bus.query(listAppointments, { leadId }, priya);
    expect(items.map(({ kind }) => kind)).toEqual(['demo', 'training', 'training']);
    await crm.bus.command(confirmAppointment, { appointmentId: items[1]!.id }, priya);
    // The pipeline is about demos.
    expect(await stage()).toBe('NOT ATTEMPTED');
  });

  it('goes into a colleague’s calendar only by the right to it; its owner is reminded at 7 and an hour before [M48] [M49] [M65]', async () => {
    const meeting = {
      kind: 'meeting' as const,
      title: 'Targets',
      startsAt: '2026-03-12T11:00:00+05:30',
      minutes: 30,
      location: 'Room 2',
    };
    await expect(
      crm.bus.command(bookAppointment, { ...meeting, assigneeId: arjun.id }, priya),
    ).rejects.toMatchObject({
      code: 'auth.forbidden',
    });
    await crm.bus.command(bookAppointment, { ...meeting, assigneeId: arjun.id }, meera);
    await crm.until('2026-03-12T06:00:00Z');
    const { items } = await crm.bus.query(listNotifications, {}, arjun);
    expect(items.map(({ at, title, text }) => [at.slice(11, 16), title, text]).reverse()).toEqual([
      ['01:30', 'Meeting: Targets', 'Thu, 12 Mar 2026, 11:00 AM (Asia/Kolkata), Room 2'],
      ['04:30', 'Meeting: Targets', 'Thu, 12 Mar 2026, 11:00 AM (Asia/Kolkata), Room 2'],
    ]);
    expect((await crm.bus.query(listAppointments, {}, priya)).items).toEqual([]);
  });

  it('takes colleagues in, who are told, see it in their calendar and cannot be booked twice, nor can they then [M86]', async () => {
    const startsAt = '2026-03-12T16:00:00+05:30';
    const meeting = (title: string, colleagueIds: string[], at = startsAt) => ({
      ...{ kind: 'meeting' as const, title, colleagueIds, startsAt: at, minutes: 60 },
    });
    const book = (as: Person, input: object) => crm.bus.command(bookAppointment, input as never, as);
    const day = { from: '2026-03-12T00:00:00+05:30', to: '2026-03-13T00:00:00+05:30' };
    const calendar = async (as: Person) =>
      (await crm.bus.query(calendarRange, { ...day, kinds: ['appointment'] }, as)).items.map(
        ({ title }) => title,
      );
    const told = async (as: Person) =>
      (await crm.bus.query(listNotifications, {}, as)).items
        .filter(({ rule }) => rule === 'appointment')
        .map(({ title }) => title);
    const { appointmentId } = await book(meera, meeting('Targets', [priya.id, meera.id]));
    expect(await calendar(priya)).toEqual(['Meeting: Targets (Meera)']);
    expect(await told(priya)).toEqual(['You take part: Meeting: Targets']);
    expect([await calendar(arjun), await told(meera)]).toEqual([[], []]);
    // Her own appointment, one of a colleague with her, a lead's demo with her: all at a time that is taken.
    const half = '2026-03-12T16:30:00+05:30';
    const { leadId } = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345' });
    for (const [as, input] of [
      [priya, meeting('Dentist', [], half)],
      [arjun, meeting('Scripts', [priya.id], half)],
      [meera, { leadId: leadId!, startsAt: half, colleagueIds: [priya.id] }],
    ] as const)
      await expect(book(as, input)).rejects.toMatchObject({ code: 'time.taken' });
    // Not in it any more, she is free; put back, she is not.
    await crm.bus.command(inviteColleagues, { appointmentId, colleagueIds: [] }, meera);
    expect(await calendar(priya)).not.toContain('Meeting: Targets (Meera)');
    const { appointmentId: dentist } = await book(priya, meeting('Dentist', [], half));
    await expect(crm.bus.command(undoLast, {}, meera)).rejects.toMatchObject({ code: 'time.taken' });
    await crm.bus.command(cancelAppointment, { appointmentId: dentist }, priya);
    await crm.bus.command(undoLast, {}, meera);
    expect(await calendar(priya)).toContain('Meeting: Targets (Meera)');
    await crm.bus.command(cancelAppointment, { appointmentId }, meera);
    expect((await told(priya))[0]).toBe('Cancelled: Meeting: Targets');
  });

  it('reminds colleagues who take part as well, unless the rule is off for callers [M48] [M49] [M86]', async () => {
    const { leadId, appointmentId } = await demo();
    await crm.bus.command(includeColleague, { leadId, colleagueId: arjun.id }, priya);
    await crm.until('2026-03-12T10:00:00Z');
    const told = async (as: Person) =>
      (await crm.bus.query(listNotifications, {}, as)).items
        .filter(({ rule }) => rule.startsWith('appointment-'))
        .map(({ at, rule, title }) => [at.slice(11, 16), rule, title])
        .reverse();
    // 7 A.M. and 3 P.M. in Kolkata.
    expect(await told(arjun)).toEqual([
      ['01:30', 'appointment-day', 'Demo with #1 Ravi Kumar'],
      ['09:30', 'appointment-hour', 'Demo with #1 Ravi Kumar'],
    ]);
    await crm.bus.command(cancelAppointment, { appointmentId }, priya);
    const admin = await crm.user('Admin', 'administrator');
    const to = { client: true, caller: false };
    await crm.bus.command(updateRule, { key: 'appointment-day', to } as never, admin);
    const tomorrow = { leadId, startsAt: '2026-03-13T16:00:00+05:30', colleagueIds: [arjun.id] };
    await crm.bus.command(bookAppointment, tomorrow, priya);
    await crm.until('2026-03-13T10:40:00Z');
    expect((await told(arjun)).slice(2)).toEqual([['09:30', 'appointment-hour', 'Demo with #1 Ravi Kumar']]);
  });

  it('is changed in place, agenda and outside participants, which is undone; a colleague goes in and out by a lead’s number [M86] [M67]', async () => {
    const { appointmentId, leadId } = await demo();
    const view = async () => (await crm.bus.query(listAppointments, {}, priya)).items[0]!;
    const change = (input: object, as = priya) =>
      crm.bus.command(updateAppointment, { appointmentId, ...input } as never, as);
    await change({ location: 'Room 2', agenda: 'Prices', participants: ['sita@example.com'] });
    expect(await view()).toMatchObject({
      ...{ location: 'Room 2', agenda: 'Prices', mode: 'in-person', participants: ['sita@example.com'] },
      startsAt: '2026-03-12T10:30:00.000Z',
    });
    await change({ agenda: null });
    expect((await view()).agenda).toBeUndefined();
    await crm.bus.command(undoLast, {}, priya);
    await crm.bus.command(undoLast, {}, priya);
    expect(await view()).toMatchObject({ mode: 'online', participants: [] });
    expect((await view()).location).toBeUndefined();
    await expect(change({ agenda: 'Mine' }, arjun)).rejects.toMatchObject({ code: 'record.not_found' });
    const part = { leadId, colleagueId: arjun.id };
    await crm.bus.command(includeColleague, part, priya);
    expect((await view()).colleagueIds).toEqual([arjun.id]);
    await crm.bus.command(includeColleague, { ...part, part: 'without' }, priya);
    expect((await view()).colleagueIds).toEqual([]);
    await expect(crm.bus.command(includeColleague, part, arjun)).rejects.toMatchObject({
      code: 'record.not_found',
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setFollowUp } from '../../../src/domain/activities/contract.ts';
import { bookAppointment, confirmAppointment } from '../../../src/domain/appointments/contract.ts';
import { calendarRange } from '../../../src/domain/calendar/contract.ts';
import { getLead } from '../../../src/domain/leads/contract.ts';
import { setReminder } from '../../../src/domain/reminders/contract.ts';
import { finishTask, giveTask } from '../../../src/domain/tasks/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('the calendar', () => {
  let crm: Sales;
  let priya: Person;
  let arjun: Person;
  let meera: Person;
  const week = { from: '2026-03-09T00:00:00+05:30', to: '2026-03-16T00:00:00+05:30' };
  beforeEach(async () => {
    crm = await sales();
    meera = await crm.user('Meera', 'manager');
    priya = await crm.user('Priya', 'tele-caller', { managerId: meera.id });
    arjun = await crm.user('Arjun', 'tele-caller', { managerId: meera.id });
    meera = await crm.again(meera);
    const { leadId } = await crm.enquire({ name: 'Ravi Kumar', phone: '9845012345', assigneeId: priya.id });
    expect((await crm.bus.query(getLead, { leadId: leadId! }, asSystem)).assigneeId).toBe(priya.id);
    const booked = await crm.bus.command(
      bookAppointment,
      {
        leadId: leadId!,
        startsAt: '2026-03-12T16:00:00+05:30',
        location: 'Anna Salai',
        agenda: 'Show the ERP',
      },
      priya,
    );
    await crm.bus.command(confirmAppointment, { appointmentId: booked.appointmentId }, priya);
    await crm.bus.command(setFollowUp, { leadId: leadId!, at: '2026-03-13T11:00:00+05:30' }, priya);
    await crm.bus.command(
      giveTask,
      { title: 'Print the offer', assigneeId: priya.id, dueAt: '2026-03-12T10:00:00+05:30', minutes: 60 },
      meera,
    );
    await crm.bus.command(
      setReminder,
      { text: 'Stand-up', at: '2026-03-12T09:30:00+05:30', repeats: 'daily' },
      priya,
    );
    await crm.bus.command(
      bookAppointment,
      { kind: 'personal', title: 'Dentist', startsAt: '2026-03-12T19:00:00+05:30' },
      arjun,
    );
  });
  afterEach(() => crm.dispose());
  const seen = async (who: Person, more: object = {}) =>
    (await crm.bus.query(calendarRange, { ...week, ...more }, who)).items.map(
      ({ kind, title, startsAt, endsAt }) =>
        `${startsAt.slice(8, 16)}–${endsAt.slice(11, 16)} ${kind} ${title}`,
    );

  it('shows appointments, tasks with a time, follow-ups and reminders together, in order of time [M80]', async () => {
    expect(await seen(priya)).toEqual([
      '12T04:00–04:15 reminder Stand-up',
      '12T04:30–05:30 task T1 Print the offer',
      '12T10:30–11:15 appointment #1 Ravi Kumar',
      '13T04:00–04:15 reminder Stand-up',
      '13T05:30–05:45 followUp #1 Ravi Kumar',
      '14T04:00–04:15 reminder Stand-up',
      '15T04:00–04:15 reminder Stand-up',
    ]);
    expect(await seen(priya, { kinds: ['task', 'followUp'] })).toHaveLength(2);
  });

  it('shows everybody only what they may see: own things, a manager those below, one person at a time [M61] [M62] [M80]', async () => {
    expect(await seen(arjun)).toEqual(['12T13:30–14:15 appointment Dentist']);
    const everybody = await seen(meera);
    expect(everybody).toContain('12T13:30–14:15 appointment Dentist');
    expect(everybody).toContain('12T10:30–11:15 appointment #1 Ravi Kumar');
    // A colleague's reminders are theirs.
    expect(everybody.some((one) => one.includes('Stand-up'))).toBe(false);
    expect(await seen(meera, { assigneeId: arjun.id })).toEqual(['12T13:30–14:15 appointment Dentist']);
    expect(await seen(arjun, { assigneeId: priya.id })).toEqual([]);
  });

  it('says what may be moved: what is open and by who may; a series is moved as a whole elsewhere [M80]', async () => {
    const movable = async (who: Person) =>
      Object.fromEntries(
        (await crm.bus.query(calendarRange, week, who)).items.map(({ kind, movable }) => [kind, movable]),
      );
    // Whoever got a task does not move its time: whoever gave it does.
    expect(await movable(priya)).toEqual({ reminder: false, task: false, appointment: true, followUp: true });
    expect((await movable(meera)).task).toBe(true);
    await crm.bus.command(finishTask, { taskId: 'T1', report: 'Done' }, priya);
    expect((await movable(meera)).task).toBe(false);
    expect(await seen(priya, { closed: false, kinds: ['task'] })).toEqual([]);
  });

  it('shows what goes on into the range, and refuses ranges that no screen shows', async () => {
    expect(await seen(priya, { from: '2026-03-12T16:30:00+05:30', to: '2026-03-12T18:00:00+05:30' })).toEqual(
      ['12T10:30–11:15 appointment #1 Ravi Kumar'],
    );
    for (const to of ['2026-03-01T00:00:00Z', '2027-03-01T00:00:00Z'])
      await expect(crm.bus.query(calendarRange, { from: week.from, to }, priya)).rejects.toMatchObject({
        code: 'input.invalid',
      });
  });
});

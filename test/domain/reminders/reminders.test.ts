import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/core/config.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import {
  listReminders,
  reminderTimes,
  setReminder,
  stopReminder,
  updateReminder,
} from '../../../src/domain/reminders/contract.ts';
import { undoLast, updateUser } from '../../../src/domain/staff/contract.ts';
import { listTasks } from '../../../src/domain/tasks/contract.ts';
import { asSystem, type Person, type Sales, sales } from '../sales/harness.ts';

describe('a reminder', () => {
  let crm: Sales;
  let priya: Person;
  let arjun: Person;
  afterEach(() => crm.dispose());
  const open = async (now?: string, change?: (config: Config) => void) => {
    crm = await sales({ ...(now && { now }), ...(change && { change }) });
    priya = await crm.user('Priya Shah', 'tele-caller');
    arjun = await crm.user('Arjun Rao', 'tele-caller');
  };
  const set = async (input: object, as = priya) =>
    (await crm.bus.command(setReminder, { text: 'Pay the rent', ...input } as never, as)).reminder;
  const told = async (who: Person) =>
    (await crm.bus.query(listNotifications, { limit: 100 }, who)).items
      .filter(({ rule }) => rule === 'reminder')
      .map(({ title, at }) => `${at.slice(0, 16)} ${title}`)
      .reverse();

  describe('in the office of Kolkata', () => {
    beforeEach(() => open());

    it('is told at its time to oneself and to several others, each once [M83]', async () => {
      const { id } = await set({ at: '2026-03-11T17:00:00+05:30', for: [priya.id, arjun.id] });
      await crm.until('2026-03-11T11:29:59Z');
      expect(await told(priya)).toEqual([]);
      await crm.until('2026-03-20T00:00:00Z');
      expect(await told(priya)).toEqual(['2026-03-11T11:30 Reminder: Pay the rent']);
      expect(await told(arjun)).toEqual(['2026-03-11T11:30 Reminder: Pay the rent']);
      expect((await crm.bus.query(listReminders, {}, priya)).items).toEqual([]);
      expect((await crm.bus.query(listReminders, { over: true }, arjun)).items.map((one) => one.id)).toEqual([
        id,
      ]);
    });

    it('comes daily, weekly and monthly, at month ends too [M83]', async () => {
      const { id: reminderId } = await set({
        text: 'Daily',
        at: '2026-03-12T09:00:00+05:30',
        repeats: 'daily',
      });
      const weekly = await set({ text: 'Weekly', at: '2026-03-13T09:00:00+05:30', repeats: 'weekly' }, arjun);
      await crm.until('2026-03-15T00:00:00Z');
      expect(await told(priya)).toEqual([
        '2026-03-12T03:30 Reminder: Daily',
        '2026-03-13T03:30 Reminder: Daily',
        '2026-03-14T03:30 Reminder: Daily',
      ]);
      await crm.bus.command(stopReminder, { reminderId }, priya);
      await set({ text: 'Month end', at: '2026-03-31T18:00:00+05:30', repeats: 'monthly' }, priya);
      await crm.until('2026-03-28T00:00:00Z');
      await crm.bus.command(stopReminder, { reminderId: weekly.id }, arjun);
      await crm.until('2026-05-01T00:00:00Z');
      expect((await told(priya)).slice(3)).toEqual([
        '2026-03-31T12:30 Reminder: Month end',
        '2026-04-30T12:30 Reminder: Month end',
      ]);
      expect(await told(arjun)).toEqual([
        '2026-03-13T03:30 Reminder: Weekly',
        '2026-03-20T03:30 Reminder: Weekly',
        '2026-03-27T03:30 Reminder: Weekly',
      ]);
    });

    it('gives a task where that is wanted; whoever set it hears what came of it [M82] [M83]', async () => {
      await set({ at: '2026-03-12T09:00:00+05:30', for: [arjun.id], fires: 'task', repeats: 'weekly' });
      await crm.until('2026-03-20T00:00:00Z');
      const { items } = await crm.bus.query(listTasks, {}, arjun);
      expect(items.map(({ title, initiator, createdAt }) => [title, initiator.id, createdAt])).toEqual([
        ['Pay the rent', priya.id, '2026-03-19T03:30:00.000Z'],
        ['Pay the rent', priya.id, '2026-03-12T03:30:00.000Z'],
      ]);
      expect(await told(arjun)).toEqual([]);
    });

    it('is ended by who set it for all, by who gets it for themselves, and the ending undone [M67] [M83]', async () => {
      const { id: reminderId } = await set({
        at: '2026-03-12T09:00:00+05:30',
        for: [priya.id, arjun.id],
        repeats: 'daily',
      });
      await expect(
        crm.bus.command(updateReminder, { reminderId, text: 'Mine' }, arjun),
      ).rejects.toMatchObject({
        code: 'auth.forbidden',
      });
      await crm.bus.command(stopReminder, { reminderId }, arjun);
      await crm.until('2026-03-12T12:00:00Z');
      expect([(await told(priya)).length, (await told(arjun)).length]).toEqual([1, 0]);
      await crm.bus.command(stopReminder, { reminderId }, priya);
      await crm.until('2026-03-13T12:00:00Z');
      expect((await told(priya)).length).toBe(1);
      await crm.bus.command(undoLast, {}, priya);
      await crm.until('2026-03-14T12:00:00Z');
      expect(await told(priya)).toEqual([
        '2026-03-12T03:30 Reminder: Pay the rent',
        '2026-03-14T03:30 Reminder: Pay the rent',
      ]);
    });

    it('is moved, and only comes at its new time [M83]', async () => {
      const { id: reminderId } = await set({ at: '2026-03-12T09:00:00+05:30' });
      await crm.bus.command(
        updateReminder,
        { reminderId, at: '2026-03-13T10:00:00+05:30', text: 'Pay it now' },
        priya,
      );
      await crm.until('2026-03-14T00:00:00Z');
      expect(await told(priya)).toEqual(['2026-03-13T04:30 Reminder: Pay it now']);
    });

    it('after an outage is told once, late, and goes on from there [M83] [B2]', async () => {
      await set({ at: '2026-03-12T09:00:00+05:30', repeats: 'daily' });
      crm.clock.set('2026-03-15T06:00:00Z');
      await crm.settle();
      expect(await told(priya)).toEqual(['2026-03-15T06:00 Reminder: Pay the rent']);
      await crm.until('2026-03-16T06:00:00Z');
      expect((await told(priya)).slice(1)).toEqual(['2026-03-16T03:30 Reminder: Pay the rent']);
    });

    it('of colleagues is nobody else’s business, and says nothing to who has left [M61] [M83]', async () => {
      const other = await crm.user('Nita', 'manager');
      const { id: reminderId } = await set({ at: '2026-03-12T09:00:00+05:30', for: [priya.id, arjun.id] });
      expect((await crm.bus.query(listReminders, {}, other)).total).toBe(0);
      await expect(crm.bus.command(stopReminder, { reminderId }, other)).rejects.toMatchObject({
        code: 'record.not_found',
      });
      await crm.bus.command(updateUser, { id: arjun.id, active: false }, asSystem);
      await crm.until('2026-03-13T00:00:00Z');
      expect([(await told(priya)).length, (await told(arjun)).length]).toEqual([1, 0]);
    });

    it('stands on the calendar at each of its times to come [M80] [M83]', async () => {
      await set({ text: 'Stand-up', at: '2026-03-12T10:00:00+05:30', repeats: 'FREQ=WEEKLY;BYDAY=MO,TH' });
      const { items } = await crm.bus.query(
        reminderTimes,
        { from: '2026-03-01T00:00:00Z', to: '2026-03-24T00:00:00Z' },
        priya,
      );
      expect(items.map(({ at, reminder }) => [at.slice(0, 10), reminder.repeats])).toEqual(
        ['2026-03-12', '2026-03-16', '2026-03-19', '2026-03-23'].map((day) => [
          day,
          'every week on Monday, Thursday',
        ]),
      );
    });

    it('is refused in the past and for nobody', async () => {
      await expect(set({ at: '2026-03-11T04:00:00Z' })).rejects.toMatchObject({ code: 'time.past' });
      await expect(set({ at: '2026-03-12T04:00:00Z', for: ['nobody'] })).rejects.toMatchObject({
        code: 'record.not_found',
      });
      // Daily from this morning on: the next time is tomorrow.
      expect((await set({ at: '2026-03-11T04:00:00Z', repeats: 'daily' })).nextAt).toBe(
        '2026-03-12T04:00:00.000Z',
      );
    });
  });

  it('keeps its hour over a clock change, and 29 February in common years [M83]', async () => {
    await open('2026-03-27T12:00:00Z', (config) => {
      config.app.organisation.timezone = 'Europe/Berlin';
    });
    await set({ text: 'Nine', at: '2026-03-28T09:00:00+01:00', repeats: 'daily' });
    await crm.until('2026-03-30T12:00:00Z');
    expect(await told(priya)).toEqual([
      '2026-03-28T08:00 Reminder: Nine',
      '2026-03-29T07:00 Reminder: Nine',
      '2026-03-30T07:00 Reminder: Nine',
    ]);
    const { id: reminderId } = await set(
      { text: 'Leap', at: '2028-02-29T09:00:00+01:00', repeats: 'yearly' },
      arjun,
    );
    const { items } = await crm.bus.query(
      reminderTimes,
      { from: '2028-01-01T00:00:00Z', to: '2030-12-31T00:00:00Z' },
      arjun,
    );
    expect(items.filter(({ reminder }) => reminder.id === reminderId).map(({ at }) => at)).toEqual([
      '2028-02-29T08:00:00.000Z',
      '2029-02-28T08:00:00.000Z',
      '2030-02-28T08:00:00.000Z',
    ]);
  });

  it('goes by mail as well where that is wanted [M83]', async () => {
    await open(
      undefined,
      (config) => void config.accounts.push({ id: 'office', channel: 'email', missing: [], settings: {} }),
    );
    await set({ at: '2026-03-12T09:00:00+05:30', fires: 'mail' });
    await crm.until('2026-03-12T04:00:00Z');
    expect((await crm.sent()).map(({ to, channel, text }) => [to, channel, text])).toEqual([
      ['u1@example.com', 'email', 'Pay the rent\nThu, 12 Mar 2026, 9:00 AM (Asia/Kolkata)'],
    ]);
  });
});

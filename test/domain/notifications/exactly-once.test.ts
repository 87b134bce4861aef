/**
 * What is promised for a demo [M46–M49], each exactly once and at its time: over a night in which the clock is put
 * forward, a restart, and a database that fails just before or just after it has committed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { ClientSession, MongoError } from 'mongodb';
import { TimerModel } from '../../../src/core/timers.ts';
import { isoTimeOf } from '../../../src/core/zone.ts';
import {
  bookAppointment,
  completeAppointment,
  confirmAppointment,
} from '../../../src/domain/appointments/contract.ts';
import { reminderTimes } from '../../../src/domain/appointments/timers.ts';
import { ConversationModel } from '../../../src/domain/conversations/model/conversation.ts';
import { recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { NotificationModel } from '../../../src/domain/notifications/model.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';
import { seeded } from '../../support/random.ts';

describe('the times of reminders', () => {
  it('are 7 A.M. by the clock on the wall and 60 minutes before, in every zone and over every change of it [M48] [M49]', () => {
    const zones = [
      'Asia/Kolkata',
      'Africa/Cairo',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
    ];
    const nights = [
      '2026-04-24',
      '2026-10-30',
      '2026-03-29',
      '2026-10-25',
      '2026-03-08',
      '2026-11-01',
      '2026-04-05',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...nights),
        fc.integer({ min: -1440, max: 2880 }),
        (zone, night, minutes) => {
          const startsAt = new Date(Date.parse(`${night}T00:00:00Z`) + minutes * 60_000);
          const now = new Date(startsAt.getTime() - 7 * 86_400_000);
          const times = reminderTimes(startsAt, { at: '07:00', leadMinutes: [60], zone, now });
          const hour = times.filter(({ which }) => which === 'appointment-hour');
          expect(hour.map(({ dueAt }) => startsAt.getTime() - dueAt.getTime())).toEqual([3_600_000]);
          const day = times.filter(({ which }) => which === 'appointment-day');
          expect(day).toHaveLength(isoTimeOf(startsAt, zone) > '07:00' ? 1 : 0);
          for (const { dueAt } of day) {
            expect(isoTimeOf(dueAt, zone)).toBe('07:00');
            expect(startsAt.getTime() - dueAt.getTime()).toBeLessThan(17 * 3_600_000);
          }
        },
      ),
      { numRuns: 300, seed: 48 },
    );
  });
});

describe('a demo', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'parley-once-'));
  let data: string;
  let app: TestApp;
  // In Cairo clocks go forward in the night to Friday, 24 April 2026.
  const zone = 'Africa/Cairo';
  const open = async (now: string | Date) => {
    app = await testApp({
      now: now as string,
      env: { PARLEY_DATA: data },
      change: ({ app: { organisation } }) => {
        organisation.timezone = zone;
      },
    });
    await app.start();
  };
  beforeEach(async () => {
    data = folder();
    await open('2026-04-23T08:00:00Z');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.dispose();
    rmSync(data, { recursive: true, force: true });
  });

  /** The power goes, or only the answer gets lost, at about a third of all commits. */
  const failing = (random: () => number) => {
    const real = ClientSession.prototype.commitTransaction;
    let failures = 0;
    jest.spyOn(ClientSession.prototype, 'commitTransaction').mockImplementation(async function (
      this: ClientSession,
    ) {
      const dice = random();
      if (dice < 0.15) {
        failures++;
        throw new MongoError('the database went before it committed');
      }
      await real.call(this);
      if (dice > 0.85) {
        failures++;
        throw new MongoError('the database committed, and its answer was lost');
      }
    });
    return () => failures;
  };

  async function prepare(clients: number) {
    const meera = await app.user('Meera', 'manager');
    const priya = await app.user('Priya', 'tele-caller');
    const demos: { appointmentId: string; thread: string; startsAt: string }[] = [];
    for (let n = 0; n < clients; n++) {
      const thread = `91984501234${n}`;
      const conversationId = `talk-${n}`;
      await ConversationModel.create([
        {
          _id: conversationId,
          channel: 'whatsapp',
          account: 'main',
          thread,
          identities: [{ scheme: 'phone', value: `+${thread}` }],
          lastMessageAt: app.clock.now(),
          startedAt: app.clock.now(),
        },
      ]);
      const { leadId } = await app.bus.command(
        recordEnquiry,
        { source: 'Website', medium: 'webchat', conversationId, name: `Client ${n}` },
        asSystem,
      );
      // Friday afternoon in Cairo, by summer time: 14:00, 15:00 …
      const startsAt = new Date(Date.parse('2026-04-24T11:00:00Z') + n * 3_600_000).toISOString();
      const { appointmentId } = await app.bus.command(
        bookAppointment,
        { leadId: leadId!, startsAt },
        asSystem,
      );
      demos.push({ appointmentId, thread, startsAt });
    }
    await app.idle();
    return { meera, priya, demos };
  }
  /** Until all that waits has been tried again. */
  async function settle(): Promise<void> {
    for (let n = 0; n < 8; n++) {
      await app.idle();
      app.clock.advance(40_000);
    }
    await app.idle();
  }
  const next = async (before: Date) =>
    (
      await TimerModel.findOne({ dueAt: { $lt: before }, _id: /^appointment:/ })
        .sort({ dueAt: 1 })
        .lean()
    )?.dueAt;

  it.each([2])(
    'is told of to each exactly once, whatever fails meanwhile: %i [M46] [M47] [M48] [M49]',
    async (seed) => {
      const { meera, priya, demos } = await prepare(2);
      const said: { to: string; text: string }[] = [];
      const collect = () => {
        for (const { to, content } of app.sent.splice(0))
          said.push({ to, text: (content as { text: string }).text });
      };
      const failures = failing(seeded(seed));
      const sure = async (act: () => Promise<unknown>) => {
        // Whoever pressed the button and got an error presses it again.
        for (;;)
          try {
            return await act();
          } catch (error) {
            // Done it was, only the answer was lost.
            if ((error as { code?: string }).code === 'appointment.over') return;
            if (!/the database/.test((error as Error).message)) throw error;
          }
      };
      for (const { appointmentId } of demos)
        await sure(() => app.bus.command(confirmAppointment, { appointmentId }, priya));
      await settle();
      collect();

      const end = new Date('2026-04-24T16:00:00Z');
      for (let due = await next(end); due; due = await next(end)) {
        if (due > app.clock.now()) app.clock.set(due);
        await settle();
        collect();
        if (due >= new Date('2026-04-24T10:00:00Z') && due < new Date('2026-04-24T10:30:00Z')) {
          // In the middle of the day the server is started anew.
          const now = app.clock.now();
          jest.restoreAllMocks();
          await app.stop();
          await open(now);
          failing(seeded(seed + 100));
        }
      }
      app.clock.set(end);
      for (const { appointmentId } of demos)
        await sure(() => app.bus.command(completeAppointment, { appointmentId }, priya));
      await settle();
      collect();
      jest.restoreAllMocks();

      expect(failures()).toBeGreaterThan(0);
      const hours = ['2:00 PM', '3:00 PM'];
      for (const [n, { thread }] of demos.entries()) {
        const when = `ON Date: Fri, 24 Apr 2026 and Time: ${hours[n]}`;
        expect(said.filter(({ to }) => to === thread).map(({ text }) => text)).toEqual([
          `Thank you for confirming the demo with RSoft ${when}`,
          `Your Appointment with RSOFT ${when}`,
          `Your Appointment with RSOFT ${when}`,
          `Thank you for completing the demo with RSoft ${when}`,
        ]);
      }
      const told = await NotificationModel.find({ rule: /^(demo-c|appointment-)/ }).lean();
      const count = (userId: string, rule: string) =>
        told.filter((one) => one.userId === userId && one.rule === rule).length;
      const rules = ['demo-confirmed', 'appointment-day', 'appointment-hour', 'demo-completed'];
      expect(rules.map((rule) => count(priya.id, rule))).toEqual([2, 2, 2, 2]);
      expect(rules.map((rule) => count(meera.id, rule))).toEqual([2, 0, 2, 2]);
      // 7 A.M. of summer time is 04:00 UTC; what failed came within minutes.
      for (const { at } of told.filter(({ rule }) => rule === 'appointment-day')) {
        expect(at.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-04-24T04:00:00Z'));
        expect(at.getTime()).toBeLessThan(Date.parse('2026-04-24T04:10:00Z'));
      }
    },
    120_000,
  );
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMinutes } from '../../../src/core/zone.ts';
import { endOfQuiet, isQuiet, waitFor } from '../../../src/domain/notifications/quiet.ts';

const zone = 'Asia/Kolkata';
const at = (local: string) => new Date(`${local}:00+05:30`);
const night = { from: '21:00', to: '08:00' };
const usual = { urgent: false, digest: 'none' as const, quiet: [night], dailyAt: '09:00', zone };

describe('a notice waits', () => {
  it('in quiet hours until their end, over midnight [M50]', () => {
    expect(waitFor(at('2026-03-11T22:10'), usual)).toEqual({ until: at('2026-03-12T08:00'), why: 'quiet' });
    expect(waitFor(at('2026-03-12T02:00'), usual)).toEqual({ until: at('2026-03-12T08:00'), why: 'quiet' });
    expect(waitFor(at('2026-03-12T08:00'), usual)).toBeUndefined();
    expect(waitFor(at('2026-03-12T20:59'), usual)).toBeUndefined();
  });
  it('not when it is urgent, nor when it would come too late', () => {
    const now = at('2026-03-11T22:10');
    expect(waitFor(now, { ...usual, urgent: true })).toBeUndefined();
    expect(waitFor(now, { ...usual, about: at('2026-03-12T07:30') })).toBeUndefined();
    expect(waitFor(now, { ...usual, about: at('2026-03-12T11:00') })?.until).toEqual(at('2026-03-12T08:00'));
    // What it tells of is over already: it can wait.
    expect(waitFor(now, { ...usual, about: at('2026-03-11T18:00') })?.until).toEqual(at('2026-03-12T08:00'));
  });
  it('for the next full hour or the day’s time, as it is gathered', () => {
    const now = at('2026-03-11T14:10');
    expect(waitFor(now, { ...usual, digest: 'hourly' })).toEqual({
      until: at('2026-03-11T15:00'),
      why: 'hourly',
    });
    expect(waitFor(now, { ...usual, digest: 'daily' })).toEqual({
      until: at('2026-03-12T09:00'),
      why: 'daily',
    });
    expect(waitFor(at('2026-03-11T08:30'), { ...usual, digest: 'daily' })?.until).toEqual(
      at('2026-03-11T09:00'),
    );
    // The hour that begins with quiet hours ends with them.
    expect(waitFor(at('2026-03-11T20:30'), { ...usual, digest: 'hourly' })?.until).toEqual(
      at('2026-03-12T08:00'),
    );
  });
  it('through windows that follow upon one another, and not for ever where they leave no gap', () => {
    const now = at('2026-03-11T22:10');
    const own = { from: '07:00', to: '10:30' };
    expect(waitFor(now, { ...usual, quiet: [night, own] })?.until).toEqual(at('2026-03-12T10:30'));
    expect(waitFor(now, { ...usual, quiet: [night, { from: '08:00', to: '21:00' }] })).toBeUndefined();
  });
});

describe('quiet hours', () => {
  const zones = [
    'Asia/Kolkata',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Africa/Cairo',
    'Asia/Beirut',
  ];
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  // Nights in which some zone changes its clock are met often.
  const moments = fc.oneof(
    fc.integer({ min: 0, max: 525_600 }).map((n) => addMinutes(new Date('2026-01-01T00:00:00Z'), n)),
    fc
      .tuple(
        fc.constantFrom('2026-03-28', '2026-10-24', '2026-03-07', '2026-10-31', '2026-04-04', '2026-10-03'),
        fc.integer({ min: 0, max: 2880 }),
      )
      .map(([day, n]) => addMinutes(new Date(`${day}T00:00:00Z`), n)),
  );

  it('end at the first minute that is not quiet, in every zone and over every change of the clock [M48]', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, clock, clock, (where, now, from, to) => {
        fc.pre(from !== to);
        const window = [{ from, to }];
        const end = endOfQuiet(now, window, where);
        if (!isQuiet(now, window, where)) return expect(end).toEqual(now);
        expect(isQuiet(end, window, where)).toBe(false);
        expect(end > now).toBe(true);
        expect(isQuiet(addMinutes(end, -1), window, where)).toBe(true);
        // Nobody waits longer than a day, be it one of 25 hours.
        expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
      }),
      { numRuns: 1000, seed: 46 },
    );
  });
});

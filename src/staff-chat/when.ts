/** Finds the time in what was typed and leaves the rest: "tomorrow 5pm send the brochure" is a time and a note. */
import { DateTime } from 'luxon';
import type { DateReading } from '../nlu/types.ts';

export type ReadWhen = (
  text: string,
  options: { now: Date; timezone: string; expecting?: boolean },
) => DateReading;

export type When =
  /** A moment, and what stood after it. */
  | { kind: 'moment'; at: Date; rest: string }
  /** Said, but not enough to act on: a day without a time, or several readings; `guess` prefills the question. */
  | { kind: 'unclear'; text: string; options: Date[]; guess?: Date; rest: string }
  | { kind: 'past'; at: Date; rest: string }
  | { kind: 'none' };

export type WhenSetting = {
  now: Date;
  zone: string;
  readWhen: ReadWhen /** Opening time, for a day without a time. */;
  opening: string;
};

/** Words that join a date and its time, so that the reading may go on behind them. */
const joins = new Set([
  'at',
  'on',
  'by',
  'in',
  'around',
  'about',
  'the',
  'of',
  'to',
  'or',
  'next',
  'this',
  'coming',
  'after',
  'before',
  'from',
  'between',
  'and',
  'half',
  'past',
  'ko',
  'baje',
  'subah',
  'shaam',
  'sham',
  'dopahar',
  'raat',
  'agle',
  'half-past',
]);
const maxWords = 10;

/** @param text starts with the time: what is not part of it comes back as `rest`. */
export function readLeading(text: string, setting: WhenSetting, expecting = true): When {
  const words = [...text.matchAll(/\S+/g)];
  let best: { reading: DateReading; end: number } | undefined;
  let joinsPending = 0;
  for (const [index, word] of words.slice(0, maxWords).entries()) {
    const end = word.index + word[0].length;
    const prefix = text.slice(0, end);
    const reading = setting.readWhen(prefix, { now: setting.now, timezone: setting.zone, expecting });
    const isWhole = reading.kind !== 'none' && covers(reading.text, prefix);
    if (isWhole) {
      best = { reading, end };
      joinsPending = 0;
    } else if (joins.has(word[0].toLowerCase()) || /^\d/.test(word[0])) {
      if (++joinsPending > 3) break;
    } else if (index > 0 || best) break;
  }
  if (!best) return { kind: 'none' };
  return toWhen(best.reading, text.slice(best.end).trim(), setting);
}

/** The reading took everything that was typed so far, but for a joining word in front. */
function covers(read: string, prefix: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}:./]+/gu, ' ')
      .trim()
      .split(' ')
      .filter((word) => !joins.has(word))
      .join(' ');
  return plain(read) === plain(prefix);
}

function toWhen(reading: DateReading, rest: string, { now, zone, opening }: WhenSetting): When {
  const { kind, local, alternatives = [], text, part } = reading;
  const usual = (part && usualTimes[part]) ?? opening;
  if (kind === 'ambiguous') {
    const options = alternatives.map((one) => moment(one, zone, usual)).filter((one) => one > now);
    return { kind: 'unclear', text, options, rest, ...(options[0] && { guess: options[0] }) };
  }
  if (!local) return { kind: 'unclear', text, options: [], rest };
  const at = moment(local, zone, usual);
  if (!local.includes('T'))
    return { kind: 'unclear', text, options: [], rest, ...(at > now && { guess: at }) };
  return at <= now ? { kind: 'past', at, rest } : { kind: 'moment', at, rest };
}

/** What somebody means by a part of the day when they name no hour: a proposal, never a decision. */
const usualTimes: Partial<Record<NonNullable<DateReading['part']>, string>> = {
  morning: '10:00',
  noon: '12:00',
  afternoon: '15:00',
  evening: '18:00',
  night: '20:00',
};

/** A local time of the reading as an instant; a day alone at the opening time. */
function moment(local: string, zone: string, opening: string): Date {
  return DateTime.fromISO(local.includes('T') ? local : `${local}T${opening}`, { zone }).toJSDate();
}

/** From a reading to an agreed time: parts put together over messages, then checked against what is open. */
import type { Choice } from '../../core/messaging.ts';
import type { Slot } from '../definition.ts';
import type { Reading } from '../nlu.ts';
import {
  dayAfter,
  fits,
  inSpan,
  matches,
  namesDay,
  nearAgreed,
  nextDay,
  onKnownDay,
  sameWeekday,
  split,
  withinSpan,
} from './moment-rules.ts';
import { isClosedDay, isOpenDay, opening, type SlotAnswer, wakingHours } from './openings.ts';
import { fill } from './slots.ts';
import { localeOf, type Run, type Talk } from './talk.ts';
import { instantOf, localOf, officeLetters, readOut, readOutDay, readOutShort } from './zone.ts';

/** @param text key of the question's texts: `.time`, `.past`, `.closed`, `.taken`, `.soon`, `.which`, `.day`. */
export function* takeMoment(
  talk: Talk,
  name: string,
  slot: Slot,
  text: string,
  read: Reading,
  ownWords: boolean,
): Run {
  const { memory } = talk;
  const now = localOf(talk.input.now, talk.zone);
  const reading = nearAgreed(withinSpan(read, memory.moment), talk.vars[name], now);
  const known = {
    ...split((talk.vars[name] as string | undefined) ?? memory.moment.before),
    ...memory.moment,
  };
  const next = nextDay.test(reading.text) ? dayAfter(talk.vars[name]) : undefined;
  if (next) return yield* takeLocal(talk, name, slot, text, next, ownWords);
  const meant =
    memory.moment.options?.filter((option) => reading.kind !== 'exact' && matches(option, reading)) ?? [];
  if (meant.length === 1 && meant[0]!.includes('T'))
    return yield* takeLocal(talk, name, slot, text, meant[0]!, ownWords);
  if (reading.kind === 'ambiguous') {
    const options = sensible(talk, reading, known);
    if (options.length > 1) return which(talk, text, options);
    if (options.length === 1 && options[0]!.includes('T'))
      return yield* takeLocal(talk, name, slot, text, options[0]!, ownWords);
    if (options.length === 1 && known.time)
      return yield* takeLocal(talk, name, slot, text, `${options[0]}T${known.time}`, ownWords);
    if (options.length === 1) {
      memory.moment = { date: options[0]! };
      return yield* wantTime(talk, slot, text, options[0]!);
    }
  }
  if (reading.kind === 'range' && !reading.local?.includes('T')) {
    const same = sameWeekday(known, reading);
    if (same) return yield* takeLocal(talk, name, slot, text, same, ownWords);
    memory.moment = {
      ...memory.moment,
      ...(reading.time && { time: reading.time }),
      ...(reading.part && { part: reading.part }),
    };
    if (reading.date && reading.date === reading.end) memory.moment.date = reading.date;
    else if (reading.local && reading.end)
      Object.assign(memory.moment, { from: reading.local, to: reading.end });
    talk.problem = { key: `${text}.day`, expecting: 'date-time' };
    return;
  }
  if ((reading.kind === 'exact' || reading.kind === 'range') && reading.local?.includes('T')) {
    return yield* takeLocal(talk, name, slot, text, onKnownDay(reading, known.date), ownWords);
  }
  const date = reading.date ?? (reading.kind === 'date-only' ? reading.local : undefined);
  if (reading.kind === 'date-only' && date) {
    const day = date.slice(0, 10);
    if (reading.past || day < now.slice(0, 10))
      return yield* refuseMoment(talk, name, slot, text, `${day}T12:00`, 'past');
    const time = reading.time ?? (fits(known.time, reading.part) ? known.time : undefined);
    if (time) return yield* takeLocal(talk, name, slot, text, `${day}T${time}`, ownWords);
    memory.moment = { date: day, part: reading.part ?? known.part };
    return yield* wantTime(talk, slot, text, day);
  }
  if (reading.kind === 'time-only') {
    const time = reading.time ?? reading.local?.slice(11);
    if (!time) {
      memory.moment = { ...memory.moment, date: known.date, part: reading.part };
      if (known.date) yield* wantTime(talk, slot, text, known.date);
      else talk.problem = { key: `${text}.day`, expecting: 'date-time' };
      return;
    }
    if (known.date) return yield* takeLocal(talk, name, slot, text, `${known.date}T${time}`, ownWords);
    if (reading.local?.includes('T'))
      return yield* takeLocal(talk, name, slot, text, reading.local, ownWords);
  }
}

/** A complete time: taken when it is to come and open; otherwise said why not, with alternatives. */
export function* takeLocal(
  talk: Talk,
  name: string,
  slot: Slot,
  text: string,
  local: string,
  ownWords = true,
): Run {
  const now = localOf(talk.input.now, talk.zone);
  if (local < now) return yield* refuseMoment(talk, name, slot, text, local, 'past');
  if (slot.check) {
    const answer = yield* opening(talk, slot.check, local);
    if (!answer.open) return yield* refused(talk, slot, text, local, answer);
  }
  talk.memory.moment = {};
  if (ownWords || talk.vars[name] === undefined) talk.problem = undefined;
  fill(talk, name, local);
}

function* refuseMoment(
  talk: Talk,
  _name: string,
  slot: Slot,
  text: string,
  local: string,
  reason: string,
): Run {
  const answer = slot.check ? yield* opening(talk, slot.check, local) : { open: false };
  yield* refused(talk, slot, text, local, { ...answer, open: false, reason });
}

function* refused(talk: Talk, slot: Slot, text: string, local: string, answer: SlotAnswer): Run {
  const key =
    answer.reason === 'past'
      ? 'past'
      : answer.reason === 'too-soon'
        ? 'soon'
        : answer.reason === 'taken'
          ? 'taken'
          : 'closed';
  const [date, time] = local.split('T') as [string, string];
  // The day is no good, or the hour: what is good of it is kept for the next answer ("Monday then").
  const dayIsGood = key !== 'past' && (key !== 'closed' || (yield* isOpenDay(talk, slot, date)));
  talk.memory.moment = dayIsGood ? { date } : { time };
  const suggestions = (yield* wakingHours(talk, slot, date, answer)).slice(0, 3);
  if (suggestions[0]) talk.memory.moment.offer = suggestions[0];
  talk.problem = {
    key: `${text}.${key}`,
    fields: {
      asked: readOut(local, talk.zone, localeOf(talk)),
      hours:
        answer.hoursText &&
        `${answer.hoursText}${officeLetters(talk.zone, talk.app.organisation.timezone, talk.input.now)}`,
      suggestion: suggestions[0] && readOut(suggestions[0], talk.zone, localeOf(talk)),
    },
    choices: suggestions.map((at) => choiceOf(talk, at)),
    expecting: 'date-time',
  };
}

/** The next times that are free, where the customer leaves the choice to us. */
export function* proposeTimes(talk: Talk, slot: Slot, text: string): Run {
  if (!slot.check) return;
  const { date, from } = talk.memory.moment;
  // From the day they named, from the beginning of the week they named, or from now.
  const at = date
    ? instantOf(`${date}T00:00`, talk.zone)
    : from
      ? instantOf(`${from}T00:00`, talk.zone)
      : talk.input.now;
  const answer = yield* opening(talk, slot.check, at);
  const options = (answer.suggestions ?? []).slice(0, 3).map((free) => localOf(new Date(free), talk.zone));
  if (!options.length) return;
  talk.progress = true;
  which(talk, text, options);
  talk.problem!.key = `${text}.free`;
}

function* wantTime(talk: Talk, slot: Slot, text: string, day: string): Run {
  if (slot.check) {
    // A day on which nothing is open is refused before its hour is asked for.
    const noon = yield* opening(talk, slot.check, `${day}T00:00`);
    if (isClosedDay(talk, noon, day)) {
      yield* refused(talk, slot, text, `${day}T12:00`, noon);
      talk.memory.moment = {};
      talk.problem!.fields!.asked = readOutDay(day, talk.zone, localeOf(talk));
      return;
    }
  }
  talk.progress = true;
  talk.problem = {
    key: `${text}.time`,
    fields: { day: readOutDay(day, talk.zone, localeOf(talk)) },
    expecting: 'date-time',
  };
}

/** "Yes" to "which do you mean?" chooses none of them. */
export function asksWhich(talk: Talk, text: string): boolean {
  const { options } = talk.memory.moment;
  if (!options || options.length < 2) return false;
  which(talk, text, options);
  return true;
}

function which(talk: Talk, text: string, options: string[]): void {
  talk.progress = true;
  const choices = options.slice(0, 3).map((local) => choiceOf(talk, local));
  talk.memory.moment.options = options;
  talk.problem = {
    key: `${text}.which`,
    fields: { options: choices.map((choice) => choice.label).join(' / ') },
    choices,
    expecting: 'date-time',
  };
}

const choiceOf = (talk: Talk, local: string): Choice => ({
  label: local.includes('T')
    ? readOutShort(local, talk.zone)
    : readOutDay(local, talk.zone, localeOf(talk))
        .replace(/,? \d{4}$/, '')
        .slice(0, 20)
        .trim(),
  value: `demoAt=${local}`,
});

/** The alternatives that are thinkable: to come, and on the day that is already agreed. */
function sensible(talk: Talk, reading: Reading, known: { date?: string; time?: string }): string[] {
  const now = localOf(talk.input.now, talk.zone);
  const options = inSpan(reading.alternatives ?? [], talk.memory.moment).filter((local) =>
    local.includes('T')
      ? local >= now
      : // a day whose agreed hour is over is not thinkable
        known.time
        ? `${local}T${known.time}` > now
        : local >= now.slice(0, 10),
  );
  if (known.date && (!reading.date || !namesDay.test(reading.text))) {
    const times = [
      ...new Set(
        options.filter((local) => local.includes('T')).map((local) => `${known.date}T${local.slice(11)}`),
      ),
    ];
    if (times.length) return times;
  }
  // "The 13th is a holiday, do the 16th": what is agreed already is not what is wished now.
  const agreed = talk.vars.demoAt as string | undefined;
  const others = agreed ? options.filter((local) => !agreed.startsWith(local)) : options;
  if (others.length === 1) return others;
  const timed = options.filter((local) => local.includes('T'));
  const open = timed.filter((local) => local.slice(11) >= '08:00' && local.slice(11) <= '20:30');
  return open.length ? open : options;
}

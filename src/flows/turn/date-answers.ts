/** A date or time in a message: whether it answers anything, before its parts are put together. */
import type { Slot } from '../definition.ts';
import type { Understanding } from '../nlu.ts';
import { sure } from './asides.ts';
import { textOf } from './choices.ts';
import { takeMoment } from './moments.ts';
import { without } from './plain-answer.ts';
import type { Run, Talk } from './talk.ts';

/** A time counts when one was asked for, or when the message is not about something else that has a time. */
export function* takeDate(
  talk: Talk,
  name: string,
  slot: Slot,
  text: string,
  read: Understanding,
  asked: boolean,
): Run {
  const reading = read.entities.dateTime;
  if (!reading) return;
  if (reading.kind === 'none') {
    if (asked && reading.problem) talk.problem = { key: 'heard.day', fields: { heard: reading.text } };
    return;
  }
  if (
    isOrdinal.test(reading.text) ||
    (read.wantsHuman && !isOnly(text, reading.text) && !read.acts.includes('book_appointment'))
  )
    return;
  const expected =
    asked ||
    talk.memory.expecting === 'date-time' ||
    (slot.changed !== undefined && talk.memory.asked?.step === slot.changed) ||
    (talk.vars[name] !== undefined && changesMind.test(text)) ||
    isOnly(text, reading.text);
  const main = sure(read);
  const elsewhere = otherTimes.some(
    (label) =>
      label === main ||
      (read.acts.includes(label) &&
        !read.acts.includes('book_appointment') &&
        read.intents.some((intent) => intent.label === label && intent.score >= 0.2)),
  );
  if (!expected && elsewhere) return;
  // "Cancel tomorrow's demo" names the one that is booked; "cancel it, tomorrow 10 am" a new one.
  if (
    callInstead.test(text) ||
    (!asked &&
      (callTime.test(text) || (callMe.test(text) && !shown.test(text))) &&
      !read.acts.includes('book_appointment'))
  )
    return;
  const cancels = read.acts.includes('cancel_appointment') && !read.acts.includes('reschedule_appointment');
  if (
    cancels &&
    (talk.vars[name] === undefined || reading.kind !== 'exact' || reading.local === talk.vars[name])
  )
    return;
  if (
    !expected &&
    (reading.past || reading.part === 'now') &&
    talk.vars[name] === undefined &&
    (main !== 'book_appointment' || isTold.test(text))
  )
    return;
  yield* takeMoment(talk, name, slot, textOf(talk, name), reading, expected);
}
/** "My colleague booked one yesterday" */
const isTold =
  /\b(booked|had|attended|saw|called|came|visited|did|took|was|were|met|spoke|liya tha|kiya tha|hua tha|dekha tha|aaya tha)\b/i;
/** "Call me tomorrow at 11 instead of the demo" */
const callInstead =
  /\b(call|ring|phone)\b.{0,40}\b(instead of|rather than|not|no|in place of)\s+(a |the |any )?(demo|meeting|visit)\b/i;
/** "Call on 94440… after 6": when to ring. */
const callTime =
  /\b(?:call|ring|phone|reach|contact)\b.{0,40}\b(?:after|before|between|only|post|around|baad|pehle)\b/i;
/** "Give me a call tomorrow" */
const callMe = /\b(?:call|ring|phone) me\b|\bgive (?:me )?a (?:call|ring)\b/i;
const shown = /\b(?:demo|meeting|visit|appointment|slot)\b/i;
/** "The first one", "speak to somebody first": neither the 1st nor one o'clock. */
const isOrdinal = /^(the )?(first|second|third|last|one)( one)?$/i;
const changesMind =
  /\b(wait|sorry|actually|instead|rather|change|shift|move|make it|kar sakte|ho sakta|ho payega|ruko|badal\w*)\b|बदल|रुक/i;
const otherTimes = [
  'call_back',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'ask_hours',
  'give_feedback',
  'out_of_scope',
];

/** Nothing is said beside these words. */
export const isOnly = (text: string, words: string): boolean =>
  !/[\p{L}]{3}/u.test(
    without(text, words).replace(
      /\b(then|okay|please|pls|and|the|for|sir|haan|theek|hai|could|works?|fine|good|make|let|say)\b|है|ठीक/giu,
      '',
    ),
  );

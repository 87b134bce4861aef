/** Takes from a message whatever it answers: what was asked, what was not asked yet, what corrects an earlier answer. */
import { type Slot, stepById } from '../definition.ts';
import type { Entities, Reading, Understanding } from '../nlu.ts';
import { isAside, isBareProduct, isRefusal, sure } from './asides.ts';
import { textOf } from './choices.ts';
import { isFarewell } from './clean.ts';
import { isOnly, takeDate } from './date-answers.ts';
import { returnToCaller } from './frames.ts';
import { proposeTimes } from './moments.ts';
import { isFuller } from './names.ts';
import { isAllowed, takePlain } from './plain-answer.ts';
import { isCorrected } from './reading.ts';
import { askedSlot, clear, fill, slotOf } from './slots.ts';
import type { Run, Talk } from './talk.ts';
import { isPutOff, takenBack } from './withdraw.ts';

export function* takeAnswers(
  talk: Talk,
  text: string,
  read: Understanding,
  plain: 'yes' | 'no' | undefined,
): Run {
  const asked = askedSlot(talk);
  const before = talk.progress;
  const filled = talk.filled.length;
  const { dateTime } = read.entities;
  if (asked?.slot.type === 'date-time' && isAnyTime(text) && (!dateTime || isWholeDay(dateTime))) {
    if (dateTime?.date) talk.memory.moment.date = dateTime.date;
    yield* proposeTimes(talk, asked.slot, asked.step.text);
    if (talk.problem) delete read.entities.dateTime;
  }
  for (const [name, slot] of Object.entries(talk.slots)) {
    if (!isOpenTo(talk, name, slot, text, read)) continue;
    if (slot.type === 'date-time') yield* takeDate(talk, name, slot, text, read, asked?.name === name);
    else takeValue(talk, name, slot, text, read, asked?.name === name);
  }
  takeBack(talk, text, read);
  if (goesOn(talk, filled)) returnToCaller(talk);
  const now = talk.filled.slice(filled);
  const beside =
    now.length > 0 && wants(read, text) && now.every((name) => besides.includes(talk.slots[name]!.type));
  if (!asked || (talk.progress !== before && !beside) || talk.problem || talk.vars[asked.name] !== undefined)
    return;
  if (asked.slot.type === 'file' && !isAside(read, asked.slot) && plain === undefined && !isPutOff(text))
    talk.problem = { key: `${asked.step.text}.invalid` };
  else if (asked.slot.type === 'phone' && (read.entities.phoneProblem || digits(text) >= 4))
    talk.problem = { key: `${asked.step.text}.invalid`, fields: { heard: heardNumber(text) } };
  else if (asked.slot.type === 'email' && (/@/.test(text) || /\b(gmail|yahoo|outlook|hotmail)\b/i.test(text)))
    talk.problem = { key: `${asked.step.text}.invalid` };
  else if (
    plain === undefined &&
    !isFarewell(text) &&
    !isAside(read, asked.slot) &&
    (!talk.unasked || read.acts.includes('enquire_product') || read.acts.includes('request_quote'))
  )
    takePlain(talk, asked.name, asked.slot, text, read);
  if (
    talk.vars[asked.name] === undefined &&
    !talk.problem &&
    !talk.memory.offered &&
    talk.input.session !== null &&
    (plain === 'no' || isPutOff(text) || isRefusal(read))
  ) {
    clear(talk, asked.name, true);
    talk.progress = true;
  }
}

const personal: Slot['type'][] = ['name', 'phone', 'email', 'company', 'city'];

/**
 * While a called flow runs, its caller's slots too: who somebody is always, what they want when they say that they
 * want it. With a time for the caller the called flow is left: the customer has gone on.
 */
function isOpenTo(talk: Talk, name: string, { type }: Slot, text: string, read: Understanding): boolean {
  if (talk.flow.slots[name] || personal.includes(type)) return true;
  // "We sell billing machines" tells the called flow what it asked.
  if (type !== 'date-time' && askedSlot(talk)?.slot.type === 'free') return false;
  if (type !== 'date-time')
    return !isComplaint(read) && (wants(read, text) || (type === 'product' && text.split(/\s+/).length <= 3));
  const { dateTime } = read.entities;
  if (!dateTime || dateTime.kind === 'none' || dateTime.past || talk.silent) return false;
  const books = read.acts.includes('book_appointment') || read.acts.includes('reschedule_appointment');
  if (!books && !isOnly(text, dateTime.text)) return false;
  while (!talk.flow.slots[name] && returnToCaller(talk));
  return true;
}

/** The question that was open before another flow came between is answered, and not that flow's: it is left. */
function goesOn(talk: Talk, from: number): boolean {
  const frame = talk.memory.stack.at(-1);
  const caller = talk.callers.at(-1);
  const open = frame?.asked && !frame.resting ? stepById(caller!, frame.asked.step) : undefined;
  return (
    open?.kind === 'ask' &&
    !talk.flow.slots[open.ask] &&
    personal.includes(talk.slots[open.ask]?.type ?? 'free') &&
    talk.filled.slice(from).includes(open.ask)
  );
}

const wants = (read: Understanding, text: string): boolean =>
  read.acts.includes('enquire_product') ||
  read.acts.includes('request_quote') ||
  /\b(need|want|looking for|require|interested|show me|dikhao|dikhaiye|chahiye)\b|चाहिए|दिखाइए|दिखाओ/i.test(
    text,
  );

/** What is said in the same breath as what is wanted: "20 office chairs in Pune". */
const besides: Slot['type'][] = ['quantity', 'budget', 'city', 'company'];

const isOffered = (talk: Talk, product: unknown): boolean =>
  talk.app.organisation.products.some(({ name }) => name === product);

/** An entity for its slot. What was told before is only replaced by what is meant to replace it. */
function takeValue(
  talk: Talk,
  name: string,
  slot: Slot,
  text: string,
  read: Understanding,
  asked: boolean,
): void {
  const value = entityFor(slot.type, read.entities);
  if (
    value !== undefined &&
    !isAllowed(slot, slot.type === 'quantity' ? read.entities.quantity!.value : value)
  ) {
    if (asked) talk.problem = { key: `${textOf(talk, name)}.invalid` };
    return;
  }
  if (value === undefined) {
    // A ticket's ID looks like half a number.
    const other = askedSlot(talk)?.slot.type === 'free' || /\p{L}[-/ ]?\d{2,4}[-/ ]\d+/u.test(text);
    if (slot.type === 'phone' && !asked && !other && read.entities.phoneProblem && givesDetails(read))
      talk.problem = { key: `${textOf(talk, name)}.invalid`, fields: { heard: heardNumber(text) } };
    return;
  }
  const known = talk.vars[name];
  // "Your sales person" is no wish for sales software.
  if (slot.type === 'product' && read.wantsHuman && known !== undefined) return;
  if (
    slot.type === 'product' &&
    isComplaint(read) &&
    !isCorrected(text) &&
    !isBareProduct(read, text) &&
    !wishes.test(text) &&
    !endsBarely.test(text)
  )
    return;
  const corrects =
    talk.memory.lastFilled.includes(name) &&
    /^(no|not|sorry|oops|wait|nahi|nahin|nhi|arre|नहीं)\b/iu.test(text);
  if (
    known !== undefined &&
    slot.type === 'name' &&
    !asked &&
    !corrects &&
    !isFuller(String(known), String(value)) &&
    !/\b(name|naam|i am|i'm|this is|myself|call me|spell|actually|sorry|correct)\b|नाम|मैं/i.test(text)
  )
    return;
  if (isOffered(talk, known) && slot.type === 'product' && (isQuestion(read) || asksOf.test(text))) return;
  // "Do you have a branch in Delhi?" does not say where the customer is.
  if (slot.type === 'city' && asksAbout(text, String(value)) && !read.acts.includes('become_dealer')) return;
  fill(talk, name, value);
}

/** "Your form does not work. Want the CRM" */
const wishes = /(?:[.!;]|\bso|\bbut|\bhere)\s+(?:i |we )?(?:want|need|looking for|require)\b[^.!?]*$/i;
/** "You called, I missed it. CRM" */
const endsBarely = /[.!;]\s*\S{2,15}(?:\s\S{2,15})?[.!]?$/;
/** "Which is better?", "I have a doubt about the service desk, too" */
const asksOf = /^(do|does|is|are|can|what|how|which)\b.*\?$|\b(doubts?|questions?|quer(y|ies))\b/i;

const asksAbout = (text: string, place: string): boolean =>
  text
    .split(/(?<=[.!?\n])/)
    .some(
      (sentence) =>
        sentence.toLowerCase().includes(place.toLowerCase()) &&
        (/\?\s*$/.test(sentence) || /\b(do|is|are) (you|there)\b|\bkya aap/i.test(sentence)) &&
        !/\b(from|based in|we are in|i am in)\b/i.test(sentence),
    );

function entityFor(type: Slot['type'], entities: Entities): unknown {
  if (type === 'name') return entities.person;
  // "5 users" rates nothing
  if (type === 'number') return entities.quantity?.unit === 'users' ? undefined : entities.quantity?.value;
  if (
    type === 'phone' ||
    type === 'email' ||
    type === 'product' ||
    type === 'quantity' ||
    type === 'budget' ||
    type === 'city' ||
    type === 'company'
  )
    return entities[type];
  return undefined;
}

function takeBack(talk: Talk, text: string, read: Understanding): void {
  for (const type of takenBack(text)) {
    const name = slotOf(talk, type);
    if (!name) continue;
    const replaced =
      type === 'date-time'
        ? read.entities.dateTime && read.entities.dateTime.kind !== 'none'
        : entityFor(type, read.entities) !== undefined;
    // A booked demo is cancelled by its own way, with a question; here only what was said is taken back.
    if (
      replaced ||
      (type === 'date-time' && (talk.vars.appointment || read.acts.includes('reschedule_appointment')))
    )
      continue;
    if (talk.vars[name] === undefined && askedSlot(talk)?.name !== name && type !== 'date-time') continue;
    clear(talk, name, true);
    talk.problem = undefined;
    talk.progress = true;
  }
}

/** "You tell me", "anytime", "jaldi se jaldi": the choice is ours. */
const isAnyTime = (text: string): boolean =>
  /\b(any ?time|whenever|any day|you (tell|suggest|decide|choose)|(what|which) (times?|slots?|days?)|(slots?|times?|days?|dates?)( (are|is))? (available|free|open)|(available|free) (slots?|times?|days?|dates?)|^available\??$|earliest|soonest|asap|as soon as possible|kabhi bhi|koi bhi|aap (bata|batao|bataiye)|jaldi)\b|कभी भी|कोई भी|आप (बताइए|बताओ|बता)|जल्दी/i.test(
    text,
  );

/** A day to come, and no part of it. */
const isWholeDay = ({ kind, part, past }: Reading): boolean => kind === 'date-only' && !part && !past;

/** What is complained about is no new wish. */
const isComplaint = (read: Understanding): boolean =>
  read.intents.some(
    ({ label, score }) => score >= 0.6 && (label === 'raise_complaint' || label === 'ticket_status'),
  );
const isQuestion = (read: Understanding) =>
  ['ask_price', 'ask_hours', 'ask_location', 'request_brochure'].includes(sure(read));
const givesDetails = (read: Understanding) =>
  read.acts.includes('give_details') || read.intents[0]?.label === 'give_details';
const digits = (text: string) => text.replace(/\D/g, '').length;
const heardNumber = (text: string) => /(?<!\d)[+\d][\d\s().-]{2,22}\d(?!\d)/.exec(text)?.[0].trim();

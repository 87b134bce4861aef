/** Reads a message with what is expected, and once more where people correct themselves in the middle of it. */
import { stepById } from '../definition.ts';
import type { Expecting, Reading, Understanding } from '../nlu.ts';
import {
  bareName,
  behalfOf,
  besideNumber,
  firstSentence,
  fuller,
  lastSentence,
  nameSaid,
  someoneElse,
  titled,
  withoutVerb,
} from './names.ts';
import { patchedNumber } from './patched-number.ts';
import { respelt } from './respelt.ts';
import { secondLook } from './second-look.ts';
import { productsOf } from './several-products.ts';
import { askedSlot } from './slots.ts';
import type { Talk } from './talk.ts';
import { tempered } from './tempered.ts';
import { understand } from './understand.ts';
import { takenBack } from './withdraw.ts';
import { isName, nameFrom, tidied } from './words.ts';

const expectations: Record<string, Expecting> = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  'date-time': 'date-time',
  product: 'product',
  choice: 'choice',
  number: 'number',
  quantity: 'number',
};

/** What an answer would be about now: the open question, or the time that is being agreed. */
export function expectingOf(talk: Talk): Expecting | undefined {
  if (talk.unasked) return undefined;
  if (talk.memory.expecting) return talk.memory.expecting as Expecting;
  const asked = askedSlot(talk);
  if (asked) return expectations[asked.slot.type] ?? 'free';
  const step = stepById(talk.flow, talk.memory.asked?.step ?? '');
  if (step?.kind !== 'choose') return undefined;
  return Object.values(talk.slots).some((slot) => slot.type === 'date-time' && slot.changed === step.id)
    ? 'date-time'
    : 'choice';
}

export function readText(talk: Talk, said: string): Understanding {
  const text = respelt(said, talk.vars.demoAt !== undefined);
  const expecting = expectingOf(talk);
  // "Fri 10 30"
  // "17": a day of the month, unless the day is known already
  const day =
    /(?:^|\b(?:ok|okay|then|fine|accha|achha|phir|no|nahi|haan|or) )(1[3-9]|2\d|3[01])(?: then)? ?[.!?]?$/i.exec(
      text,
    )?.[1];
  if (expecting === 'date-time' && !talk.memory.moment.date && day)
    return readAs(talk, `on ${day}th`, expecting);
  if (expecting === 'date-time')
    return readAs(talk, text.replace(/\b(\d{1,2}) (00|15|30|45)\b/g, '$1:$2'), expecting);
  return readAs(talk, text, expecting);
}

function readAs(talk: Talk, text: string, expecting: Expecting | undefined): Understanding {
  const read = tempered(talk, text, understand(talk, text, expecting));
  const entities = { ...read.entities };
  const second = afterCorrection(text);
  if (second) {
    // "A CRM, sorry, I mean an ERP": what comes after counts. Of dates the language engine sees to that itself.
    const { dateTime, ...later } = understand(talk, second, expecting).entities;
    Object.assign(entities, later);
    entities.dateTime ??= dateTime;
  }
  if (entities.phone && numericDay.test(text))
    entities.phone = understand(talk, text.replace(numericDay, ' '), undefined).entities.phone;
  if (!entities.phone) delete entities.phone;
  const rest = afterNo(text);
  if (rest && !entities.dateTime)
    entities.dateTime = understand(talk, rest, expecting ?? 'date-time').entities.dateTime;
  const moves =
    read.intents[0]?.label === 'reschedule_appointment' ||
    (talk.vars.demoAt !== undefined && moving.test(text));
  if (!entities.dateTime && moves) entities.dateTime = understand(talk, text, 'date-time').entities.dateTime;
  const clause = read.acts.includes('call_back')
    ? text.split(/[,.;\n]| and | aur | और /i).find((part) => appointment.test(part))
    : undefined;
  if (clause && clause.length < text.length) {
    // "Call me after five, and a demo on Saturday at noon": the demo's time is the one that counts.
    const own = understand(talk, clause, 'date-time').entities.dateTime;
    if (own)
      return {
        ...read,
        acts: [...read.acts, 'book_appointment'],
        intents: [{ label: 'book_appointment', score: 1 }, ...read.intents],
        entities: { ...entities, dateTime: own },
      };
  }
  if (!entities.dateTime) delete entities.dateTime;
  const { phone: known } = talk.vars;
  const patched = typeof known === 'string' && !entities.phone ? patchedNumber(known, text) : undefined;
  if (patched) {
    // Its digits are nothing else.
    for (const key of ['phoneProblem', 'dateTime', 'quantity', 'budget'] as const) delete entities[key];
    entities.phone = patched;
    return { ...read, entities };
  }
  if (!entities.product && mayNameSeveral(read, expecting))
    entities.product = productsOf(text, (words) => understand(talk, words, 'product').entities)[0];
  entities.dateTime = lastTime(talk, text, entities.dateTime, expecting);
  if (!entities.dateTime) delete entities.dateTime;
  secondLook(text, entities, (words) => understand(talk, words, expecting).entities, talk.vars.quantity);

  if (!hasAny(entities) && talk.memory.lastFilled.some((name) => talk.slots[name]?.type === 'quantity'))
    entities.quantity = understand(talk, text, 'number').entities.quantity;

  if (othersDetails.test(text)) {
    // "Add my colleague Arun, arun@…, to the invite": whom to write to besides.
    for (const key of ['person', 'phone', 'email'] as const)
      if (talk.vars[key === 'person' ? 'name' : key] !== undefined || !isAskedFor(expecting, key))
        delete entities[key];
  }
  const named = nameSaid(text);
  if (named) entities.person = named;
  else if (rest && talk.memory.lastFilled.includes('name') && !hasAny(entities) && !takenBack(text).length)
    entities.person = nameFrom(rest) ?? nameFrom(withoutVerb(rest));
  else if (second && expecting === 'name' && !entities.person) entities.person = nameFrom(second);
  else if (entities.person && expecting === 'name') {
    // Expecting a name makes any few words look like one: what they are by themselves decides.
    const plain = tempered(talk, text, understand(talk, text, undefined));
    if (isRequest(plain)) {
      if (plain.entities.person === undefined) delete entities.person;
      return { ...plain, entities: { ...plain.entities, ...entities } };
    }
  }
  if (talk.vars.name !== undefined && someoneElse.test(text)) delete entities.person;
  else if (expecting === 'name') entities.person ??= behalfOf(text);
  entities.person = fuller(talk.vars.name, text) ?? entities.person;
  entities.person ??=
    titled(talk, text) ??
    firstSentence(talk, text, entities) ??
    besideNumber(talk, text, entities) ??
    lastSentence(text, expecting);
  const first = /^([^,;\n]{2,40})[,;\n]/.exec(text)?.[1];
  if (first && expecting === 'name' && !entities.person && (entities.phone || entities.email))
    entities.person = understand(talk, first, 'name').entities.person;
  if (!hasAny(entities) && expecting !== 'name' && talk.vars.name === undefined)
    entities.person = bareName(talk, text, expecting);
  if (entities.product && expecting === 'name' && text.split(/\s+/).length <= 3 && !named)
    delete entities.person;
  entities.person = entities.person && tidied(entities.person);
  const { dateTime, person } = entities;
  // "somvar" is a day, whatever was asked
  const isDay =
    person &&
    /(vaar|v[ae]r|war|day)$|^(mon|tues?|weds?|thu|thurs?|fri|sat|sun)$/i.test(person) &&
    dateTime?.text.toLowerCase().includes(person.toLowerCase());
  if (!person || !isName(person) || isDay) delete entities.person;
  return { ...read, entities };
}

/** Somebody beside the customer who shall be told or invited. */
const othersDetails =
  /\b(?:add|include|invite|cc|copy|loop in|keep|inform|mark)\b[^.!?\n]{0,30}\b(?:colleague|partner|boss|manager|husband|wife|son|daughter|brother|sister|assistant|team|director|accountant|friend|him|her|them|also|as well|too|bhi)\b|\b(?:to|in|on) the invite\b/iu;
const isAskedFor = (expecting: Expecting | undefined, key: 'person' | 'phone' | 'email'): boolean =>
  expecting === (key === 'person' ? 'name' : key);
/** "I have a dentist at 3. 5?", "is that a Sunday? Then the 16th": the time of the last sentence is the one that is wished. */
function lastTime(
  talk: Talk,
  text: string,
  whole: Reading | undefined,
  expecting: Expecting | undefined,
): Reading | undefined {
  const excused = talk.vars.demoAt !== undefined && !whole && excuse.test(text);
  const unclear =
    expecting === 'date-time' && (!whole || ['none', 'ambiguous', 'range'].includes(whole.kind));
  if (!excused && !unclear) return whole;
  const last = text
    .split(/[.;!?\n](?=\s*\S)|\b(?:so|can we|could we|let'?s|make it|how about|what about)\b/i)
    .at(-1)!;
  if (last.length === text.length) return whole;
  const own = understand(talk, last, 'date-time').entities.dateTime;
  return own && own.kind !== 'none' ? own : whole;
}
const excuse =
  /\b(?:can'?t|cannot|can not|won'?t|not possible|not free|not available|busy|travel\w*|out of (?:town|station|office)|on leave|holiday|another|have (?:a|an|my|to)|got (?:a|an|to)|clash\w*|nahi ho payega|nahi aa)\b/i;
/** Only who speaks of what they want, or was asked for it, may want two things. */
const mayNameSeveral = ({ acts }: Understanding, expecting: Expecting | undefined): boolean =>
  expecting === 'product' || acts.some((act) => wishes.has(act));
const wishes = new Set(['enquire_product', 'request_quote', 'book_appointment', 'request_brochure']);

const appointment = /\b(demo|appointment|meeting|visit)\b|डेमो|मीटिंग/i;
const moving =
  /\b(move|shift|resched\w*|change|postpone|prepone|make it|push|kar sakte|ho sakta|ho payega|possible|can we|could we|can you do|badal\w*)\b|बदल/i;
const numericDay = /\b\d{1,2}\/\d{1,2}\/\d{2,4}([ ,T]+\d{1,2}[:.]\d{2})?/;

const requests = [
  'ask_price',
  'request_quote',
  'request_brochure',
  'ask_location',
  'ask_hours',
  'book_appointment',
  'reschedule_appointment',
  'cancel_appointment',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'talk_to_human',
  'call_back',
  'enquire_product',
  'become_dealer',
  'deny',
];
const isRequest = ({ intents: [main] }: Understanding): boolean =>
  main !== undefined && main.score >= 0.7 && requests.includes(main.label);
const hasAny = (entities: object) => Object.values(entities).some((value) => value !== undefined);

const correcting =
  /(?:^(?:no,? )?not [^,]{2,30},|\b(?:oh |no,? |sorry,? |wait,? )*(?:i mean|i meant|no wait|scratch that|correction)\b|^actually\b(?=.{1,40}\bnot\b)|\bmatlab\b|मतलब)[,:\s]*(?<rest>[\s\S]+)$/i;
/** "अनिल कपूर नहीं, अनिल कुमार", "Monday nahi, Tuesday" */
const denied = /^[^,.\n]{2,30}\s(?:नहीं|नही|nahi+n?|nhi|not)\s*[,।]\s*(?<rest>[^,]{2,60})$/iu;
const afterCorrection = (text: string): string | undefined =>
  correcting.exec(text)?.groups?.rest ?? denied.exec(text)?.groups?.rest;

export const isCorrected = (text: string): boolean => correcting.test(text);

const saysNo =
  /^(?:(?:hmm+|umm*|uh|accha|achha|ok|okay|no|nope|not that|nahi|nahin|nhi|na|sorry|oops|wait|arre|actually|नहीं|नही|माफ़? ?कीजिए)[,.!\s]+)+(?:(?:it'?s|its|i am|i'm|make it|let'?s|take|rather)\s+)?(?<rest>[\s\S]+)$/i;
/** "No, Friday" → "Friday" */
const afterNo = (text: string): string | undefined => saysNo.exec(text)?.groups?.rest;

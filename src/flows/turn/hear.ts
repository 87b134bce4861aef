/** One thing that reached us: understood, its answers taken, its questions answered. What to ask next comes after. */
import type { ContactCard, InboundEvent, MediaRef } from '../../core/messaging.ts';
import { stepById } from '../definition.ts';
import type { Understanding } from '../nlu.ts';
import { asksHowLong, asksWhatWeAre, asksWhy, findsDear } from './about-us.ts';
import { booksIt, sameTime, yesAnd, yesBut } from './agreeing.ts';
import { takeAnswers } from './answers.ts';
import { sendsAnother } from './attendance.ts';
import { choose, offered, press, textOf } from './choices.ts';
import { cleaned, hasWords, plainMeaning } from './clean.ts';
import { isStart, isStop, optIn, optOut } from './consent.ts';
import { answerIntents, note } from './interrupts.ts';
import { consult, wasDenied } from './knowledge.ts';
import { follow, languageAsked } from './language.ts';
import { asksWhich } from './moments.ts';
import { handOff } from './person.ts';
import { expectingOf, readText } from './reading.ts';
import { renew } from './renew.ts';
import { restored } from './restore.ts';
import { say } from './say.ts';
import { prefersWriting } from './second-look.ts';
import { hearSignal, isSignal } from './signals.ts';
import { askedSlot, clear, fill, slotOf } from './slots.ts';
import { certain, hearSigns, remark, smalltalk } from './smalltalk.ts';
import { takeUp } from './take-up.ts';
import type { Run, Talk } from './talk.ts';

/** @param already intents answered earlier in this turn: a burst that asks twice is answered once. */
export function* hear(talk: Talk, event: InboundEvent, already: Set<string>): Run {
  const { body } = event;
  if (body.kind === 'signal') return isSignal(body) ? hearSignal(talk, body) : undefined;
  talk.heard = true;
  Object.assign(talk.memory, { heardAt: talk.input.now.toISOString(), reminded: 0, released: false });
  if (body.kind === 'text') return yield* hearText(talk, body.text, already);
  if (body.kind === 'press') return yield* hearPress(talk, body.value, body.label, already);
  if (body.kind === 'media') return yield* hearMedia(talk, body.media, body.text, already);
  if (talk.optedOut) return;
  if (body.kind === 'contact') return yield* hearContact(talk, body.contacts, already);
  if (body.kind === 'location') return remark(talk, 'heard.location');
  if (body.kind === 'unknown') return remark(talk, 'heard.unknown');
}

function* hearMedia(talk: Talk, media: MediaRef[], caption: string | undefined, already: Set<string>): Run {
  const asked = askedSlot(talk);
  if (asked?.slot.type === 'file' && media[0]) fill(talk, asked.name, fileOf(media[0]));
  else if (!talk.optedOut) remark(talk, 'heard.media');
  if (caption && hasWords(cleaned(caption))) yield* hearText(talk, caption, already);
}

/** Their own card, where we asked for what stands on it; else somebody of whom they tell us. */
function* hearContact(talk: Talk, contacts: ContactCard[], already: Set<string>): Run {
  const [{ name, phones, emails } = { name: '', phones: [], emails: [] }] = contacts;
  const said: Record<string, string | undefined> = { name, phone: phones[0], email: emails[0] };
  const wanted = said[askedSlot(talk)?.slot.type ?? ''];
  if (wanted) return yield* hearText(talk, wanted, already);
  for (const card of contacts)
    note(
      talk,
      `Contact card: ${[card.name, card.company, ...card.phones, ...card.emails].filter(Boolean).join(', ')}`,
    );
  remark(talk, 'heard.noted');
}

/** What is remembered of a file: enough to find it again. */
const fileOf = ({ type, id, url, filename, mime }: MediaRef) => ({
  type,
  ...(id && { id }),
  ...(url && { url }),
  ...(filename && { filename }),
  ...(mime && { mime }),
});

function* hearPress(talk: Talk, value: string, label: string, already: Set<string>): Run {
  if (talk.optedOut) {
    if (isStart(label) || isStart(value)) yield* optIn(talk, label);
    return;
  }
  remember(talk, label);
  if (talk.silent) return;
  if (yield* press(talk, value)) return;
  // The button of another question, or of an older flow: what it says is still something.
  if (label && label !== value) return yield* hearText(talk, label, already);
  talk.answered = true;
}

function* hearText(talk: Talk, raw: string, already: Set<string>): Run {
  const said = cleaned(raw);
  const text = cancelsDemo(talk, said) ? 'cancel my demo' : said;
  if (talk.optedOut) {
    if (isStart(text) || (hasWords(text) && readText(talk, text).optIn)) yield* optIn(talk, text);
    return;
  }
  if (!hasWords(text)) return hearSigns(talk, text);
  if (isStop(text)) return yield* optOut(talk, text);
  if (!talk.silent && (yield* takeUp(talk, text))) return;
  remember(talk, said);
  const pressed = talk.silent ? undefined : offered(talk, text, countsChoices(talk));
  if (pressed !== undefined && (yield* press(talk, pressed))) return;

  const read = readText(talk, text);
  talk.read = read;
  follow(talk, text, read);
  talk.mood = moodOf(read);
  if (read.optOut) return yield* optOut(talk, text);
  if (!talk.silent) renew(talk, read);
  keepJunk(talk, read);
  if (prefersWriting(text)) note(talk, `Would rather be written to than called: ${text.slice(0, 200)}`);
  if (sendsAnother(text)) {
    note(talk, `About who comes: ${text.slice(0, 200)}`);
    talk.answered = true;
    say(talk, 'heard.noted');
  }
  const meaning = plainMeaning(text);
  if (talk.memory.offered && meaning) {
    yield* press(talk, meaning === 'yes' ? '!person' : '!continue');
    return;
  }
  const { offer } = talk.memory.moment;
  const dated = offer && meaning === 'yes' && !talk.silent ? slotOf(talk, 'date-time') : undefined;
  if (dated && (yield* press(talk, `${dated}=${offer}`))) return;
  // Whatever else is said, the time that we proposed was not taken.
  delete talk.memory.moment.offer;
  if (declinesTime(talk, text, read)) talk.answered = true;
  if (!talk.silent && wasDenied(talk, text)) return;
  const old = restored(talk, text);
  const progressBefore = talk.progress;
  talk.progress = false;
  if (old) fill(talk, old.name, old.value);
  else if (!chosenPlainly(talk, text, read, meaning) || yesAnd.test(text))
    yield* takeAnswers(talk, text, read, meaning);
  const advanced = talk.progress;
  talk.progress ||= progressBefore;
  if (!advanced && languageAsked(text)) return remark(talk, 'smalltalk.ok');
  if (asksWhatWeAre(text)) return remark(talk, 'smalltalk.bot');
  if (!advanced && asksWhy(text)) return remark(talk, 'smalltalk.why');
  if (!advanced && !talk.silent && findsDear(text) && !talk.callers.length) {
    note(talk, `About the price: ${text.slice(0, 200)}`);
    return remark(talk, 'smalltalk.dear');
  }
  if (!advanced && !talk.silent && asksHowLong(text)) return remark(talk, 'smalltalk.howLong');
  if (read.wantsHuman) {
    talk.memory.wantsHuman = true;
    if (!talk.silent) handOff(talk, 'person.handoff');
    return;
  }
  if (talk.silent) return;
  const answeredBefore = talk.answered;
  talk.answered = false;
  const { flow } = talk;
  const left = yield* consult(talk, text, read);
  if (left) answerIntents(talk, left, left === text ? read : readText(talk, left), already);
  // What begins another flow may hold its answers: "the printer in Pune is dead, it is urgent".
  if (talk.flow !== flow) yield* takeAnswers(talk, text, read, meaning);
  if (!advanced && !talk.answered && !talk.problem) smalltalk(talk, text, read, meaning);
  if (!advanced && !talk.answered && !talk.problem && !goesOtherwise(talk)) talk.missed = true;
  talk.answered ||= answeredBefore;
}

/** A bare "cancel" is a carrier's stop word; where a demo stands, and no carrier listens, it means that. */
const cancelsDemo = ({ vars, input }: Talk, text: string): boolean =>
  /^cancel( (it|that|pls|please|karo|kar do|kardo))?[.! ]*$/i.test(text) &&
  input.conversation.channel !== 'sms' &&
  (vars.appointment !== undefined || vars.demoAt !== undefined);

/** Words that are none of the options, where the flow takes these, too. */
function goesOtherwise(talk: Talk): boolean {
  const step = stepById(talk.flow, talk.memory.asked?.step ?? '');
  if (step?.kind !== 'choose' || !step.otherwise || talk.unasked) return false;
  talk.step = step.otherwise;
  talk.memory.asked = undefined;
  talk.progress = true;
  return true;
}

const moodOf = ({ urgency, sentiment }: Understanding): Talk['mood'] => ({
  ...(urgency && { urgency: urgency.level }),
  ...(sentiment && { sentiment: sentiment.score }),
});

/** "No thanks" to a time that is being agreed: none is wanted, rather than another. */
function declinesTime(talk: Talk, text: string, read: Understanding): boolean {
  const step = stepById(talk.flow, talk.memory.asked?.step ?? '');
  if (
    step?.kind !== 'choose' ||
    talk.silent ||
    read.entities.dateTime ||
    !/^(no|nahi|nahin|नहीं)[, ]*(thanks|thank you|thankyou|thx|need|zaroorat|jarurat|dhanyavad|shukriya|धन्यवाद)/i.test(
      text,
    )
  )
    return false;
  const name = Object.entries(talk.slots).find(([, slot]) => slot.changed === step.id)?.[0];
  const ask = talk.flow.steps.find((known) => known.kind === 'ask' && known.ask === name);
  if (!name || !ask) return false;
  clear(talk, name, true);
  talk.step = ask.id;
  talk.memory.asked = undefined;
  talk.progress = true;
  return true;
}

/** A bare "2" is the second choice, unless an hour or an amount was asked for. */
const countsChoices = (talk: Talk): boolean => {
  const expecting = expectingOf(talk);
  return expecting === 'date-time' ? talk.memory.moment.options !== undefined : expecting !== 'number';
};

/** A plain yes or no to an open choice; with a new time in it, it is the time that counts. */
function chosenPlainly(
  talk: Talk,
  text: string,
  read: Understanding,
  meaning: 'yes' | 'no' | undefined,
): boolean {
  const step = stepById(talk.flow, talk.memory.asked?.step ?? '');
  if (step?.kind !== 'choose' || talk.silent) return false;
  if (sameTime.test(text) && !read.entities.dateTime?.date && slotOf(talk, 'date-time')) {
    // nothing changes, which is an answer
    talk.progress = true;
    return true;
  }
  const timed = read.entities.dateTime && read.entities.dateTime.kind !== 'none';
  const main = certain(read);
  const means =
    meaning ??
    (booksIt.test(text) || (!timed && (yesBut.test(text) || yesAnd.test(text))) ? 'yes' : undefined) ??
    (timed ? undefined : main === 'affirm' ? 'yes' : main === 'deny' ? 'no' : undefined);
  if (!means || (timed && meaning === undefined)) return false;
  if (yesBut.test(text)) note(talk, text.slice(0, 200));
  const dated = means === 'yes' ? slotOf(talk, 'date-time') : undefined;
  if (dated && talk.slots[dated]!.changed === step.id && asksWhich(talk, textOf(talk, dated))) return true;
  const option = step.options.find((known) => known.means === means);
  return option ? choose(talk, step, option.value) : false;
}

/** The first text's language, before anything is said. */
export function firstLanguage(talk: Talk): void {
  for (const { body } of talk.input.events) {
    const text = body.kind === 'text' ? cleaned(body.text) : '';
    if (!hasWords(text)) continue;
    follow(talk, text, readText(talk, text));
    return;
  }
}

function remember(talk: Talk, text: string): void {
  const { memory } = talk;
  talk.said = text.slice(0, 4000);
  memory.words = [...memory.words, text.slice(0, 300)].slice(-6);
  if (talk.vars.enquiry === undefined && memory.opening.join('').length < 2000)
    memory.opening.push(text.slice(0, 1000));
}

/** What speaks most for junk, until the enquiry is recorded; a customer who then talks sense is none. */
function keepJunk(talk: Talk, read: Understanding): void {
  if (talk.vars.enquiry !== undefined) return;
  const { label, score, reasons } = read.junk;
  if (talk.memory.junk === undefined || talk.memory.junk.label === 'ok' || label === 'ok')
    talk.memory.junk = { label, score, reasons: reasons.slice(0, 5) };
}

/**
 * Questions are answered with what the organisation has written, word for word and with its source; the flow then goes
 * on. What nobody has written is not made up: it is passed on to a colleague, which is said once.
 */
import { isAppError } from '../../core/errors.ts';
import type { Understanding } from '../nlu.ts';
import { wordings } from '../texts.ts';
import { questionsIn, wasNoHelp } from './questions.ts';
import { expectingOf } from './reading.ts';
import { say } from './say.ts';
import { clear } from './slots.ts';
import { localeOf, type Run, type Talk } from './talk.ts';
import { understand } from './understand.ts';

/** What a turn has to note: entries given, questions asked in vain, an entry after which they ask on. */
export type Consulted = {
  given: {
    entryId: string;
    question: string;
    /** What stands in it, for whoever may say it in other words. */
    phrase: { title: string; text: string; language: string };
  }[];
  unknown: { question: string; entryId?: string }[];
  askedAgain?: string;
};
/** In a session: what was given last, and what was passed on lately. */
export type KnowledgeMemory = { given?: { entryId: string; question: string }; passedOn: string[] };

type Answer = { id: string; title: string; text: string; language?: string; certain: boolean };

/** What asks for something to be done: only an answer that is meant for sure comes before it. */
const wishes = [
  'request_quote',
  'request_brochure',
  'ask_location',
  'ask_hours',
  'ask_price',
  'book_appointment',
  'reschedule_appointment',
  'cancel_appointment',
  'raise_complaint',
  'ticket_status',
  'order_status',
  'payment_query',
  'call_back',
  'give_feedback',
  'become_dealer',
];
const passedOnKept = 5;

/**
 * Answers the message's questions as far as something was written about them.
 * @returns what of the message is left to be answered otherwise; undefined: nothing
 */
export function* consult(talk: Talk, text: string, read: Understanding): Run<string | undefined> {
  const before = takeLast(talk);
  if (talk.problem || isJunk(read)) return text;
  const questions = questionsIn(text);
  let left = text;
  for (const question of questions.length ? questions : isKeyword(talk, text, read) ? [text] : []) {
    const about = question === text ? read : understand(talk, question, undefined);
    if (isAboutTime(talk, about) || isEcho(talk, text, question)) continue;
    const answer = yield* find(talk, question);
    if (answer === 'unavailable') return text;
    const taken = takenAs(talk, text, question, about);
    const isFree = questions.length > 0 && taken !== 'answer';
    const fits = answer && (answer.certain || (isFree && !isWish(about)));
    if (!fits && !(isFree && isOpen(talk, question, about))) continue;
    if (taken && taken !== 'answer') takeBack(talk, taken);
    const isAgain = answer !== undefined && answer.id === before?.entryId;
    if (before && (isAgain || !fits)) noteAgain(talk, before.entryId);
    if (fits && !isAgain) give(talk, question, answer);
    else passOn(talk, question, isAgain ? answer.id : undefined);
    left = left.replace(question, ' ');
  }
  return /\p{L}{2}/u.test(left) ? left : undefined;
}

/** "Refund policy please" asks, too; what gave an answer to our own question does not. */
function isKeyword({ filled }: Talk, text: string, { intents: [main] }: Understanding): boolean {
  return (
    !filled.length && text.length < 80 && main !== undefined && main.score >= 0.5 && matters.has(main.label)
  );
}
const matters = new Set(['enquire_product', 'out_of_scope', 'ask_price', 'ask_hours', 'payment_query']);

const isWish = ({ intents: [main] }: Understanding): boolean =>
  main !== undefined && main.score >= 0.5 && wishes.includes(main.label);

const isJunk = ({ junk }: Understanding): boolean =>
  junk.label !== 'ok' && (junk.score >= 0.8 || !['vendor_pitch', 'job_seeker'].includes(junk.label));

/** "My name? Sumit": our own question, said again before the answer. */
const isEcho = ({ filled }: Talk, text: string, question: string): boolean =>
  filled.length > 0 &&
  question.length < text.length &&
  question.split(/\s+/).length <= 3 &&
  /\b(?:name|naam|number|no|phone|mobile|mail|e-?mail|time|day|date|product|which one)\b|नाम|नंबर/i.test(
    question,
  );

/** "Is Friday at three possible?" where a time is being agreed. */
const isAboutTime = (talk: Talk, { entities: { dateTime } }: Understanding): boolean =>
  dateTime !== undefined && dateTime.kind !== 'none' && expectingOf(talk) === 'date-time';

/**
 * What the question was taken for, where it is all that was said: an answer to ours, or the slot that got its words only
 * because they were free ("is training included" as what is looked for).
 */
function takenAs(
  talk: Talk,
  text: string,
  question: string,
  { entities }: Understanding,
): 'answer' | string | undefined {
  const rest = text.replace(question, ' ').replace(greeting, ' ');
  if (!talk.filled.length || /\p{L}{3}/u.test(rest)) return undefined;
  const [name, ...others] = talk.filled;
  const isFree = talk.slots[name!]?.type === 'product' && !others.length && entities.product === undefined;
  // "Does the CRM work offline?" names the product, and asks.
  if (
    talk.slots[name!]?.type === 'product' &&
    entities.product &&
    !others.length &&
    isSpecific(talk, question) &&
    !goods.test(question)
  )
    return undefined;
  return isFree && !goods.test(question) ? name : 'answer';
}
const greeting =
  /\b(?:hi+|hello|hey|namaste|namaskar|good (?:morning|afternoon|evening)|sir|madam|please|thanks)\b|नमस्ते/giu;
/** "Do you have laptops?" names what is wanted. */
const goods =
  /\b(?:have|sell|selling|offer|provide|make|deal|deals|stock|supply|need|want|looking|buy|purchase|chahiye|bechte|rakhte|milta|milega|milte|milegi)\b|चाहिए|बेचते|मिलता|मिलेग/i;

function takeBack(talk: Talk, name: string): void {
  clear(talk, name, false);
  talk.filled = talk.filled.filter((filled) => filled !== name);
  talk.progress = false;
}

/** "That is not what I asked": the answer that was given is taken for none, and the question goes to a colleague. */
export function wasDenied(talk: Talk, text: string): boolean {
  const given = talk.memory.knowledge?.given;
  if (!given || !wasNoHelp(text)) return false;
  takeLast(talk);
  noteAgain(talk, given.entryId);
  passOn(talk, given.question, given.entryId);
  return true;
}

function* find(talk: Talk, question: string): Run<Answer | undefined | 'unavailable'> {
  const { product } = talk.vars;
  const { language } = talk.memory;
  try {
    const found = (yield {
      command: 'knowledge.find',
      input: {
        question,
        ...(language && { language }),
        ...(typeof product === 'string' && { product }),
      },
    }) as { answer?: Answer };
    return found.answer;
  } catch (error) {
    if (isAppError(error)) return 'unavailable';
    throw error;
  }
}

function give(talk: Talk, question: string, { id, title, text, language = 'en' }: Answer): void {
  if (noted(talk).given.some(({ entryId }) => entryId === id)) return;
  noted(talk).given.push({ entryId: id, question, phrase: { title, text, language } });
  const [source] = wordings(talk.texts, localeOf(talk), 'knowledge.source', () => title);
  const words = talk.phrased?.source.id === id ? talk.phrased.text : text;
  talk.parts.push({ text: [words, source].filter(Boolean).join('\n'), key: 'knowledge.answer' });
  memoryOf(talk).given = { entryId: id, question };
  talk.answered = true;
}

/** @param entryId what was given, and did not help */
function passOn(talk: Talk, question: string, entryId?: string): void {
  const memory = memoryOf(talk);
  const bare = question
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  const isRepeated = memory.passedOn.includes(bare);
  say(
    talk,
    isRepeated ? 'knowledge.still' : memory.passedOn.length ? 'knowledge.unknown-too' : 'knowledge.unknown',
  );
  talk.answered = true;
  if (isRepeated) return;
  memory.passedOn = [...memory.passedOn, bare].slice(-passedOnKept);
  noted(talk).unknown.push({ question, ...(entryId && { entryId }) });
}

/** A question to the business about which none of the shipped answers says anything. */
function isOpen(talk: Talk, question: string, { acts, intents: [main] }: Understanding): boolean {
  if (acts.some((act) => wishes.includes(act))) return false;
  if (!main || main.label === 'enquire_product') return isSpecific(talk, question);
  // The world at large is not ours to answer; what speaks of us or of themselves may be.
  if (main.label === 'out_of_scope')
    return (main.score < 0.9 || ours.test(question)) && isSpecific(talk, question);
  return (
    (main.score < 0.5 || (!courtesies.has(main.label) && ours.test(question))) && isSpecific(talk, question)
  );
}
const courtesies = new Set([
  'greet',
  'thanks',
  'affirm',
  'deny',
  'give_details',
  'opt_out',
  'opt_in',
  'talk_to_human',
]);
const ours =
  /\b(?:you|your|u|we|our|my|i|me|aap|aapka|aapki|aapke|apka|apki|hum|hamara|hamari|mera|meri|mujhe|product|software|company|service)\b|आप|हम|मेर|मुझ/i;

/** Not "what do you offer?" and "tell me about the CRM": something is asked of it. */
function isSpecific({ app }: Talk, question: string): boolean {
  const names = app.organisation.products.flatMap(({ name, aliases }) => [name, ...aliases]);
  const bare = names.reduce((text, name) => text.replaceAll(name.toLowerCase(), ' '), question.toLowerCase());
  const words = bare.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length > 2 && !general.has(word)).length > 0;
}
const general = new Set(
  `what which how when where who why are the your you yours our ours for and with about tell more know want need can could will would
  does did have has any all some other else this that these those there here please pls offer offers offering provide provides
  sell sells product products service services software softwares system systems solution solutions company business detail
  details info information feature features available help give show explain something anything one use used using work works
  working get got good best kya hai hain aap aapka aapki aapke apka apki kaun kaunsa konsa kaise kaisa kitna bata batao bataiye
  chahiye mujhe mere mera hum humein hamare iska iske isme mein kar karta karte karti hota hoti sakta sakte kuch bare baare
  jankari kaam milega milta hello sir madam क्या है हैं आप आपका आपकी आपके कौन कैसे कैसा कितना बताइए बताओ चाहिए मुझे हम हमारे इसके
  बारे में कुछ जानकारी काम करता करते मिलेगा देते दिखाइए और का की के को से पर`.split(/\s+/),
);

const noted = (talk: Talk): Consulted => {
  talk.consulted ??= { given: [], unknown: [] };
  return talk.consulted;
};
const memoryOf = ({ memory }: Talk): KnowledgeMemory => {
  memory.knowledge ??= { passedOn: [] };
  return memory.knowledge;
};
function noteAgain(talk: Talk, entryId: string): void {
  noted(talk).askedAgain = entryId;
}

/** What was given before this message; only the next one can say that it did not help. */
function takeLast(talk: Talk): { entryId: string; question: string } | undefined {
  const { knowledge } = talk.memory;
  const given = knowledge?.given;
  if (knowledge) delete knowledge.given;
  return given;
}

/** At the end of the turn: what came of it is counted, and what was passed on is kept. */
export function* noteConsulted(talk: Talk): Run {
  // Whoever wants a person after an answer did not get it.
  const given = talk.memory.knowledge?.given;
  if (given && talk.mode === 'human' && !talk.consulted) {
    noteAgain(talk, given.entryId);
    takeLast(talk);
  }
  if (!talk.consulted) return;
  const { language } = talk.memory;
  const { product } = talk.vars;
  try {
    yield {
      command: 'knowledge.note',
      input: {
        conversationId: talk.input.conversation.id,
        ...talk.consulted,
        given: talk.consulted.given.map(({ entryId, question }) => ({ entryId, question })),
        ...(language && { language }),
        ...(typeof product === 'string' && { product }),
      },
    };
  } catch (error) {
    // It was said; that it cannot be counted is nothing to fail for.
    if (!isAppError(error)) throw error;
  }
}

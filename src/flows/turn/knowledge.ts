/**
 * Questions are answered with what the organisation has written, word for word and with its source; the flow then goes
 * on. What nobody has written is not made up: it is passed on to a colleague, which is said once.
 */
import { isAppError } from '../../core/errors.ts';
import type { Understanding } from '../nlu.ts';
import { wordings } from '../texts.ts';
import { questionsIn, sentencesOf, wasNoHelp } from './questions.ts';
import { expectingOf } from './reading.ts';
import { say } from './say.ts';
import { localeOf, type Run, type Talk } from './talk.ts';

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
  if (!mayAsk(talk, read)) return text;
  const sentences = sentencesOf(text);
  const questions = questionsIn(text);
  const isTaken = talk.filled.length > 0 && sentences.length < 2;
  const main = read.intents[0];
  // "Refund policy please" asks, too; what gave an answer to our own question does not.
  const isKeyword =
    !talk.filled.length &&
    text.length < 80 &&
    main !== undefined &&
    main.score >= 0.5 &&
    matters.has(main.label);
  const asked = questions.length ? questions : isKeyword ? [text] : [];
  const wants = main !== undefined && main.score >= 0.5 && wishes.includes(main.label);
  let left = text;
  for (const question of asked) {
    const answer = yield* find(talk, question);
    if (answer === 'unavailable') return text;
    const fits = answer && (answer.certain || (questions.length > 0 && !wants && !isTaken));
    if (fits && answer.id === before?.entryId) {
      noteAgain(talk, answer.id);
      passOn(talk, question, answer.id);
    } else if (fits) give(talk, question, answer);
    else if (!questions.length || isTaken || !isOpen(talk, question, read)) continue;
    else {
      if (before) noteAgain(talk, before.entryId);
      passOn(talk, question);
    }
    left = left.replace(question, ' ');
  }
  return /\p{L}{2}/u.test(left) ? left : undefined;
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

/** Whether there is anything to look up: no hour where a time is being agreed, no junk. */
function mayAsk(talk: Talk, { junk, entities }: Understanding): boolean {
  if (junk.label !== 'ok' || talk.problem) return false;
  const timed = entities.dateTime !== undefined && entities.dateTime.kind !== 'none';
  return !timed || expectingOf(talk) !== 'date-time';
}
const matters = new Set(['enquire_product', 'out_of_scope', 'ask_price', 'ask_hours', 'payment_query']);

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
  return main.score < 0.5 && isSpecific(talk, question);
}
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

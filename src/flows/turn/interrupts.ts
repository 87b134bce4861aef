/** What an intent does wherever it comes up; the flow then returns to what it was asking. */
import type { Interrupt, Slot } from '../definition.ts';
import { holds, mapped } from '../expressions.ts';
import type { Understanding } from '../nlu.ts';
import { sendBrochure, sendLocation } from '../steps/send.ts';
import { isBareProduct } from './asides.ts';
import { callFlow, isRunning, restingPlace } from './frames.ts';
import { handOff } from './person.ts';
import { isCorrected } from './reading.ts';
import { say } from './say.ts';
import { scopeOf } from './scope.ts';
import { askedSlot } from './slots.ts';
import type { Talk } from './talk.ts';
import { takenBack } from './withdraw.ts';

const most = 3;

/** Answers the message's intents, each once a turn; what the flow says of an intent wins over what all flows say. */
export function answerIntents(talk: Talk, text: string, read: Understanding, already: Set<string>): void {
  const acts = read.acts.length
    ? read.acts
    : read.intents
        .slice(0, 1)
        .filter((intent) => intent.score >= 0.5)
        .map((intent) => intent.label);
  let answered = 0;
  for (const act of acts) {
    if (already.has(act) || answered === most) continue;
    // "No phone" wishes for no call.
    if (act === 'call_back' && takenBack(text).includes('phone')) continue;
    // "asha at shop dot example" is an address of another kind
    if (act === 'ask_location' && read.entities.email && scoreOf(read, act) < 0.6) continue;
    // "My phone is 98…" is no wish to be rung.
    if (act === 'call_back' && read.entities.phone && !rings.test(text)) continue;
    // "You can call me Biju" tells a name.
    if (act === 'call_back' && read.entities.person && callMe.test(text)) continue;
    // "Not ERP, CRM" sounds cross and is a correction.
    if (act === 'raise_complaint' && (isCorrected(text) || isBareProduct(read, text))) continue;
    const interrupt = talk.flow.on.find(
      (known) =>
        known.intents.includes(act) &&
        !(known.call && (isRunning(talk, known.call) || !isSure(talk, read, act))) &&
        holds(known.when, scopeOf(talk)),
    );
    if (!interrupt) continue;
    for (const known of interrupt.intents) already.add(known);
    answered++;
    perform(talk, interrupt);
    if (interrupt.handoff || interrupt.call) return;
  }
}

const rings =
  /\b(?:call\w*|ring|ringing|phone (?:me|kar\w*)|contact|speak|talk|reach|dial|baat|bula\w*|anruf\w*|r[üu]ckruf\w*|ll[aá]m\w*|appel\w*|rappel\w*)\b|कॉल|फ़ोन कर|फोन कर|बात/i;
const callMe =
  /\b(?:call|calls|address) me (?:as )?(?!back|later|now|at|on|when|tomorrow|today|after|before|please|asap)\p{L}/iu;

/**
 * Another flow takes over only for what the message is about, not for what it may be about besides; and hardly where
 * the message tells who somebody is, or when: "mail me at … is best" answers, and is no feedback.
 */
function isSure(talk: Talk, read: Understanding, act: string): boolean {
  const score = scoreOf(read, act);
  const told = talk.filled.some((name) => answers.includes(talk.slots[name]?.type ?? 'free'));
  // "Service desk sounds good" chooses.
  if (told || (act === 'give_feedback' && talk.filled.length)) return score >= 0.8;
  // A ticket is not opened on a guess while something else is being asked, and nothing sounds wrong.
  if (act === 'raise_complaint' && score < 0.8 && askedSlot(talk) && !soundsWrong(read)) return false;
  return read.intents[0]?.label === act || score >= 0.5;
}
const soundsWrong = ({ sentiment, urgency }: Understanding): boolean =>
  (sentiment?.score ?? 0) < 0 || urgency?.level === 'high';
const scoreOf = (read: Understanding, act: string) =>
  read.intents.find(({ label }) => label === act)?.score ?? 0;
const answers: Slot['type'][] = ['name', 'phone', 'email', 'date-time'];

function perform(talk: Talk, interrupt: Interrupt): void {
  for (const name of interrupt.clear) {
    // "Move it to the 17th" keeps the hour that was agreed.
    if (talk.slots[name]?.type === 'date-time' && typeof talk.vars[name] === 'string' && !talk.problem)
      talk.memory.moment = { time: talk.vars[name].slice(11) };
    delete talk.vars[name];
    talk.memory.refused = talk.memory.refused.filter((refused) => refused !== name);
  }
  Object.assign(talk.vars, mapped(interrupt.set, scopeOf(talk)));
  if (interrupt.note) note(talk, interrupt.note.replace('{text}', talk.memory.words.at(-1) ?? ''));
  if (interrupt.say) say(talk, interrupt.say);
  if (interrupt.send === 'brochure') sendBrochure(talk);
  if (interrupt.send === 'location') sendLocation(talk);
  if (interrupt.goto) {
    talk.step = interrupt.goto;
    talk.memory.asked = undefined;
    talk.memory.resting = false;
    talk.progress = true;
  }
  if (interrupt.call) begin(talk, interrupt.call, interrupt.after);
  if (interrupt.handoff) handOff(talk, interrupt.handoff);
  talk.answered = true;
}

function begin(talk: Talk, name: string, after: Interrupt['after']): void {
  const end = after === 'rest' ? restingPlace(talk.flow) : undefined;
  if (end) talk.memory.resting = true;
  if (!callFlow(talk, name, end ?? talk.memory.asked?.step ?? talk.step)) return;
  talk.problem = undefined;
  talk.progress = true;
}

/** For the enquiry: what they asked for, with their words where these are short. */
export function note(talk: Talk, text: string): void {
  if (!talk.memory.notes.includes(text)) talk.memory.notes.push(text);
}

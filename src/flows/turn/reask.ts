/** When nothing came forward: say what was wrong, ask differently, then offer a person, then bring one. */

import { type Fields, wordings } from '../texts.ts';
import { returnToCaller } from './frames.ts';
import { handOff } from './person.ts';
import { say } from './say.ts';
import { askedSlot } from './slots.ts';
import { localeOf, type Talk } from './talk.ts';
import { askedAgain } from './walk.ts';

/** Small talk and questions are welcome, but not without end. */
const idleLimit = 8;
/** How many more misses after a person was offered until one is called. */
const patience = 3;
/** Misses in a flow that was called from an open question, until that is taken up again. */
const sideLimit = 2;

export function judge(talk: Talk): void {
  const { memory } = talk;
  if (talk.silent || talk.mode === 'human') return;
  if (talk.progress && !talk.problem) {
    memory.misses = 0;
    memory.idle = 0;
    memory.offered = false;
    // An answer to what was not asked is acknowledged before the question is put again.
    if (!talk.parts.length && talk.filled.length && (memory.resting || isStillOpen(talk)))
      say(talk, 'heard.noted');
    return;
  }
  if (talk.answered && !talk.problem) {
    if (!memory.resting && ++memory.idle > idleLimit) talk.missed = true;
    else return;
  }
  // Half an answer is a step forward.
  const half = talk.progress && /\.(time|which|day|free)$/.test(talk.problem?.key ?? '');
  if (!half) {
    memory.misses++;
    askedAgain(talk);
  }
  // A side way that leads nowhere is left before anybody is bothered.
  if (memory.misses === sideLimit && isAside(talk) && returnToCaller(talk)) {
    memory.misses = 0;
    talk.problem = undefined;
    say(talk, 'heard.nothing');
    return;
  }
  if (memory.misses >= talk.app.bot.reaskLimit + patience) handOff(talk, 'person.called');
  else if (memory.misses === talk.app.bot.reaskLimit) offerPerson(talk);
  else if (talk.problem) {
    say(talk, talk.problem.key, talk.problem.fields as Fields, talk.problem.choices);
    talk.quiet = true;
  } else if (talk.missed) say(talk, 'heard.nothing');
}

/** Another flow was called from a question that is still open. */
const isAside = ({ memory }: Talk): boolean => memory.stack.at(-1)?.resting === false;

/** What was asked before this turn has not been answered in it. */
function isStillOpen(talk: Talk): boolean {
  const before = (talk.input.session?.state as { asked?: { step: string } } | undefined)?.asked?.step;
  const asked = askedSlot(talk);
  return before !== undefined && asked?.step.id === before && talk.vars[asked.name] === undefined;
}

function offerPerson(talk: Talk): void {
  const label = (key: string) => wordings(talk.texts, localeOf(talk), key, () => undefined)[0] ?? key;
  say(talk, 'person.offer', {}, [
    { label: label('person.yes'), value: '!person' },
    { label: label('person.no'), value: '!continue' },
  ]);
  talk.memory.offered = true;
  talk.quiet = true;
}

/** When nothing came forward: say what was wrong, ask differently, then offer a person, then bring one. */
import { handOff } from './person.ts';
import { say } from './say.ts';
import { askedSlot } from './slots.ts';
import { type Fields, wordings } from '../texts.ts';
import { localeOf, type Talk } from './talk.ts';

/** Small talk and questions are welcome, but not without end. */
const idleLimit = 8;
/** How many more misses after a person was offered until one is called. */
const patience = 3;

export function judge(talk: Talk): void {
  const { memory } = talk;
  if (talk.silent || talk.mode === 'human') return;
  if (talk.progress && !talk.problem) {
    memory.misses = 0;
    memory.idle = 0;
    memory.offered = false;
    // An answer to what was not asked is acknowledged before the question is put again.
    if (!talk.parts.length && talk.filled.length && talk.input.session && talk.vars[askedSlot(talk)?.name ?? ''] === undefined && askedSlot(talk)) say(talk, 'heard.noted');
    return;
  }
  if (talk.answered && !talk.problem) {
    if (!memory.resting && ++memory.idle > idleLimit) talk.missed = true;
    else return;
  }
  const soft = talk.problem?.key.endsWith('.time') || talk.problem?.key.endsWith('.which') || talk.problem?.key.endsWith('.day') || talk.problem?.key.endsWith('.free');
  if (!soft || !talk.progress) memory.misses++;
  if (memory.misses >= talk.app.bot.reaskLimit + patience) return handOff(talk, 'person.called');
  if (memory.misses === talk.app.bot.reaskLimit) return offerPerson(talk);
  if (talk.problem) {
    say(talk, talk.problem.key, talk.problem.fields as Fields, talk.problem.choices);
    talk.quiet = true;
  } else if (talk.missed && !(memory.resting && memory.misses === 0)) say(talk, 'heard.nothing');
}

function offerPerson(talk: Talk): void {
  const label = (key: string) => wordings(talk.flow.texts, localeOf(talk), key, {})[0] ?? key;
  say(talk, 'person.offer', {}, [
    { label: label('person.yes'), value: '!person' }, { label: label('person.no'), value: '!continue' },
  ]);
  talk.memory.offered = true;
  talk.quiet = true;
}

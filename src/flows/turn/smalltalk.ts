/** What is met with a word of courtesy: signs, thanks, greetings, a farewell, an offer to us. */
import { stepById } from '../definition.ts';
import type { Understanding } from '../nlu.ts';
import { choose } from './choices.ts';
import { emojiMeaning, isBusy, isFarewell, isGratitude } from './clean.ts';
import { say } from './say.ts';
import { askedSlot } from './slots.ts';
import type { Talk } from './talk.ts';

/** Signs without a word: a thumb is a yes or a no where one is asked for; anything else is met kindly. */
export function hearSigns(talk: Talk, text: string): void {
  if (talk.silent) return;
  const meaning = emojiMeaning(text);
  const step = stepById(talk.flow, talk.memory.asked?.step ?? '');
  const option =
    step?.kind === 'choose' && meaning ? step.options.find((known) => known.means === meaning) : undefined;
  if (option && step?.kind === 'choose' && choose(talk, step, option.value)) return;
  if (!/\p{Extended_Pictographic}/u.test(text)) talk.missed = true;
  else if (talk.memory.resting && meaning) remark(talk, 'smalltalk.ok');
  else {
    say(talk, 'heard.emoji');
    talk.answered = true;
  }
}

export function smalltalk(
  talk: Talk,
  text: string,
  read: Understanding,
  meaning: 'yes' | 'no' | undefined,
): void {
  const main = read.intents[0]?.label;
  const greeted = read.acts.includes('greet') || main === 'greet';
  if (isFarewell(text)) {
    talk.quiet = true;
    remark(talk, 'smalltalk.bye');
  } else if (read.acts.includes('thanks') || main === 'thanks' || isGratitude(text))
    remark(talk, 'smalltalk.thanks');
  else if (greeted && talk.input.session === null) talk.answered = true;
  else if (greeted) remark(talk, returned(talk) ? 'smalltalk.back' : 'smalltalk.greet');
  else if (talk.memory.resting && (meaning || ['affirm', 'deny'].includes(certain(read) ?? '')))
    remark(talk, 'smalltalk.ok');
  else if (isBusy(text)) {
    talk.quiet = true;
    remark(talk, 'smalltalk.later');
  }
  // "Yes" to "which day?" is good will, and the question stands.
  else if ((meaning === 'yes' || certain(read) === 'affirm') && askedSlot(talk)) talk.answered = true;
  else if (read.junk.label === 'abuse' && read.junk.score >= 0.8) remark(talk, 'smalltalk.abuse');
  else if ((read.junk.label === 'vendor_pitch' || read.junk.label === 'job_seeker') && read.junk.score >= 0.8)
    remark(talk, `smalltalk.${read.junk.label === 'job_seeker' ? 'job' : 'vendor'}`);
}

const awayHours = 6;
function returned(talk: Talk): boolean {
  const { lastAt } = talk.memory;
  return (
    lastAt !== undefined && talk.input.now.getTime() - new Date(lastAt).getTime() > awayHours * 3_600_000
  );
}

/** Booking wants a real yes: not what one letter or a row of them looks most like. */
export function certain({ intents: [main], junk }: Understanding): string | undefined {
  if (!main || junk.label !== 'ok') return undefined;
  return main.score >= (main.label === 'affirm' ? 0.7 : 0.5) ? main.label : undefined;
}

export function remark(talk: Talk, key: string): void {
  say(talk, key);
  talk.answered = true;
}

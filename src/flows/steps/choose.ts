import type { StepOf } from '../definition.ts';
import { wordings } from '../texts.ts';
import { fieldsOf } from '../turn/fields.ts';
import { say } from '../turn/say.ts';
import { localeOf, type Talk } from '../turn/talk.ts';

/** A question with buttons; the answer was taken when it came (turn/choices.ts), so here it is only put. */
export function chooseStep(talk: Talk, step: StepOf<'choose'>): undefined {
  const times = talk.memory.asked?.step === step.id ? talk.memory.asked.times : 0;
  talk.memory.asked = { step: step.id, times: times + 1 };
  if (talk.quiet) return undefined;
  const choices = step.options.map((option) => ({
    label: wordings(talk.texts, localeOf(talk), option.label, fieldsOf(talk))[0] ?? option.label,
    value: `${step.id}=${option.value}`,
  }));
  say(talk, `${step.choose}.${times ? 'again' : 'ask'}`, {}, choices);
  return undefined;
}

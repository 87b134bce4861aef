import type { Choice } from '../../core/messaging.ts';
import { following, type StepOf } from '../definition.ts';
import { holds } from '../expressions.ts';
import { wordings } from '../texts.ts';
import { fieldsOf } from '../turn/fields.ts';
import { say } from '../turn/say.ts';
import { scopeOf } from '../turn/scope.ts';
import { localeOf, type Talk } from '../turn/talk.ts';
import { readOutDay } from '../turn/zone.ts';

/** Asks for a slot until it is filled or declined; says where to go on, or undefined to wait. */
export function askStep(talk: Talk, step: StepOf<'ask'>): string | undefined {
  if (talk.vars[step.ask] !== undefined) return following(talk.flow, step);
  if (talk.memory.refused.includes(step.ask)) return step.refuse ?? following(talk.flow, step);
  const times = talk.memory.asked?.step === step.id ? talk.memory.asked.times : 0;
  const most = step.enough && holds(step.enough, scopeOf(talk)) ? 1 : step.most;
  if (most !== undefined && times >= most && !talk.problem && !talk.quiet) {
    talk.memory.refused.push(step.ask);
    return step.refuse ?? following(talk.flow, step);
  }
  talk.memory.asked = { step: step.id, times: times + 1 };
  if (talk.quiet) return undefined;
  const { date } = talk.memory.moment;
  const isDate = talk.slots[step.ask]?.type === 'date-time';
  const key = isDate && date ? 'time' : times ? 'again' : 'ask';
  say(
    talk,
    `${step.text}.${key}`,
    isDate && date ? { day: readOutDay(date, talk.zone, localeOf(talk)) } : {},
    choicesOf(talk, step),
  );
  return undefined;
}

function choicesOf(talk: Talk, step: StepOf<'ask'>): Choice[] {
  if (!step.choices) return [];
  if (step.choices === 'products')
    return talk.app.organisation.products
      .slice(0, 10)
      .map(({ name }) => ({ label: name, value: `${step.ask}=${name}` }));
  return step.choices.map(({ label, value }) => ({
    label: wordings(talk.texts, localeOf(talk), label, fieldsOf(talk))[0] ?? label,
    value: `${step.ask}=${value}`,
  }));
}

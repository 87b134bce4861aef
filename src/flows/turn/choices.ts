/** Buttons: what was offered, what a press or its label typed out means. */
import { type StepOf, stepById } from '../definition.ts';
import { takeLocal } from './moments.ts';
import { handOff } from './person.ts';
import { clear, fill } from './slots.ts';
import type { Run, Talk } from './talk.ts';

/** The offered choice that a text spells out: its label, its number, "the first one". */
export function offered(talk: Talk, text: string, numbers: boolean): string | undefined {
  const { choices } = talk.memory;
  if (!choices.length) return undefined;
  const said = plain(text).replace(around, '');
  const exact = choices.find((choice) => plain(choice.label) === said || choice.value === text);
  if (exact) return exact.value;
  const number = numbers
    ? (/^(?:option |number |no\.? |#)?(\d)[).]?$/.exec(said)?.[1] ??
      ordinals.findIndex((pattern) => pattern.test(said)) + 1)
    : 0;
  if (
    numbers === false &&
    choices.every(({ value }) => value.includes('=20')) &&
    text.split(/\s+/).length <= 5 &&
    /\b(first|1st|earliest|pehla|pehle wala)\b|पहला/i.test(text)
  )
    return choices[0]!.value;
  return Number(number) >= 1 ? choices[Number(number) - 1]?.value : undefined;
}

/** "Ok, I want the first one please" */
const around =
  /^(?:(?:ok|okay|yes|haan|ha|ji|hmm|so|well|then|i|we|ll|will|want|need|would|like|prefer|take|choose|pick|go|with|let s|lets|give|show|me|mujhe|for) )+(?=(?:the )?(?:first|second|third|1st|2nd|3rd|pehl|pahl|doosr|dusr|teesr|tisr)\S*(?: |$))|(?<=^(?:\S+ ){0,6}(?:first|second|third|1st|2nd|3rd|pehla|pahla|doosra|dusra|teesra|tisra)(?: one| option| wala)?) (?:please|pls|chahiye|wala|hi|sir|then)+$/g;
const ordinals = [
  /^(the )?(first|1st)( one| option)?$|^pehla|^pahla|^पहला/,
  /^(the )?(second|2nd)( one| option)?$|^doosra|^dusra|^दूसरा/,
  /^(the )?(third|3rd)( one| option)?$|^teesra|^tisra|^तीसरा/,
];
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s:#.)]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A press: `step=value` of a choose step, `slot=value`, or one of the engine's own (`!person`, `!continue`). */
export function* press(talk: Talk, value: string): Run<boolean> {
  if (value === '!person') {
    handOff(talk, 'person.handoff');
    return true;
  }
  if (value === '!continue') {
    talk.memory.offered = false;
    talk.memory.misses = 0;
    talk.answered = true;
    return true;
  }
  const [target, ...rest] = value.split('=');
  const chosen = rest.join('=');
  const step = stepById(talk.flow, target!);
  if (step?.kind === 'choose') return choose(talk, step, chosen);
  const slot = talk.slots[target!];
  if (!slot || !chosen) return false;
  if (slot.type === 'date-time') {
    if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(chosen)) return false;
    if (chosen.includes('T')) yield* takeLocal(talk, target!, slot, textOf(talk, target!), chosen);
    else talk.memory.moment = { ...talk.memory.moment, date: chosen };
    talk.progress = true;
  } else fill(talk, target!, chosen);
  return true;
}

/** An option of the open question; a button of a question that is over does nothing. */
export function choose(talk: Talk, step: StepOf<'choose'>, value: string): boolean {
  const option = step.options.find((known) => known.value === value);
  if (!option || talk.memory.asked?.step !== step.id) return false;
  for (const name of option.clear) {
    const before = talk.vars[name];
    clear(talk, name, false);
    // Who chooses to be asked does not refuse any more.
    talk.memory.refused = talk.memory.refused.filter((refused) => refused !== name);
    // "No" – "2 pm": another hour of the same day, "Friday" the same hour of another.
    if (talk.slots[name]?.type === 'date-time' && typeof before === 'string') talk.memory.moment = { before };
  }
  talk.step = option.goto;
  talk.memory.asked = undefined;
  talk.progress = true;
  return true;
}

/** The texts of the question that asks for a slot. */
export function textOf(talk: Talk, slot: string): string {
  const step = talk.flow.steps.find((known) => known.kind === 'ask' && known.ask === slot);
  return step?.kind === 'ask' ? step.text : slot;
}

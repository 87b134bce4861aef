/** Filling, changing and taking back what the customer tells us. */
import { type Slot, type StepOf, stepById } from '../definition.ts';
import { wordings } from '../texts.ts';
import { fieldsOf } from './fields.ts';
import { say } from './say.ts';
import { localeOf, type Talk } from './talk.ts';
import { inWords } from './words.ts';
import { readOut } from './zone.ts';

/** The slot that is being asked for, if any. */
export function askedSlot(talk: Talk): { step: StepOf<'ask'>; name: string; slot: Slot } | undefined {
  const step = stepById(talk.flow, talk.memory.asked?.step ?? '');
  if (step?.kind !== 'ask') return undefined;
  return { step, name: step.ask, slot: talk.slots[step.ask]! };
}

export const slotOf = (talk: Talk, type: Slot['type']): string | undefined =>
  Object.entries(talk.slots).find(([, slot]) => slot.type === type)?.[0];

/** Takes a value. A different one before it is corrected, and said to be; the flow goes back where that matters. */
export function fill(talk: Talk, name: string, given: unknown): void {
  const slot = talk.slots[name]!;
  const before = talk.vars[name];
  const value = slot.type === 'quantity' ? inUnitOf(before, given) : given;
  talk.progress = true;
  talk.memory.refused = talk.memory.refused.filter((refused) => refused !== name);
  if (JSON.stringify(before) === JSON.stringify(value)) return;
  if (before !== undefined) talk.memory.before = { ...talk.memory.before, [name]: before };
  talk.vars[name] = value;
  talk.filled.push(name);
  if (slot.changed && isAtOrPast(talk, slot.changed)) {
    talk.step = slot.changed;
    talk.memory.asked = undefined;
    talk.memory.resting = false;
  } else if (before !== undefined)
    say(talk, 'corrected', { label: labelOf(talk, slot), value: shown(talk, slot, value) });
}

/** "10 users" – "actually 12": users, too. */
function inUnitOf(before: unknown, given: unknown): unknown {
  const known = before as { unit?: string } | undefined;
  const value = given as { value: number; unit?: string };
  return known?.unit && (!value.unit || value.unit === 'units') ? { ...value, unit: known.unit } : given;
}

/** Takes a value back; `refuse` means that it will not be asked for again. */
export function clear(talk: Talk, name: string, refuse: boolean): void {
  delete talk.vars[name];
  if (talk.slots[name]?.type === 'date-time') talk.memory.moment = {};
  if (refuse && !talk.memory.refused.includes(name)) talk.memory.refused.push(name);
}

function isAtOrPast(talk: Talk, stepId: string): boolean {
  const index = (wanted: string) => talk.flow.steps.findIndex((step) => step.id === wanted);
  return index(talk.step) >= index(stepId);
}

export const labelOf = (talk: Talk, slot: Slot): string =>
  wordings(talk.texts, localeOf(talk), slot.label, fieldsOf(talk))[0] ?? slot.label;

export function shown(talk: Talk, slot: Slot, value: unknown): string {
  if (slot.type === 'date-time') return readOut(String(value), talk.zone, localeOf(talk));
  return inWords(value);
}

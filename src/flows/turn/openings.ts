/** Whether a time is open, and which are near it: what the slot's query says, in the customer's own hours. */
import type { Slot } from '../definition.ts';
import type { Run, Talk } from './talk.ts';
import { instantOf, localOf } from './zone.ts';

export type SlotAnswer = { open: boolean; reason?: string; hoursText?: string; suggestions?: string[] };
const ownLead = (talk: Talk) => {
  const leadId = (talk.vars.enquiry as { leadId?: string } | undefined)?.leadId;
  return leadId ? { leadId } : {};
};

/** @param at local in the customer's zone, or an instant */
export function* opening(talk: Talk, check: string, at: string | Date): Run<SlotAnswer> {
  const instant = typeof at === 'string' ? instantOf(at, talk.zone) : at;
  return (yield { command: check, input: { at: instant.toISOString(), ...ownLead(talk) } }) as SlotAnswer;
}

/** Free times in the customer's own day: the office may open while they sleep. */
export function* wakingHours(talk: Talk, slot: Slot, day: string, answer: SlotAnswer): Run<string[]> {
  const local = ({ suggestions = [] }: SlotAnswer) =>
    suggestions.map((at) => localOf(new Date(at), talk.zone));
  const near = local(answer);
  const awake = near.filter((at) => at.slice(11) >= '07:30' && at.slice(11) <= '20:30');
  if (awake.length || !near.length || !slot.check || talk.zone === talk.app.organisation.timezone)
    return awake.length ? awake : near;
  const from = day < near[0]!.slice(0, 10) ? near[0]!.slice(0, 10) : day;
  const morning = yield* opening(talk, slot.check, `${from}T08:00`);
  if (morning.open) return [`${from}T08:00`, ...near];
  const later = local(morning).filter((time) => time.slice(11) >= '07:30' && time.slice(11) <= '20:30');
  return later.length ? later : near;
}

export function* isOpenDay(talk: Talk, slot: Slot, day: string): Run<boolean> {
  if (!slot.check) return true;
  const noon = yield* opening(talk, slot.check, `${day}T00:00`);
  return !isClosedDay(talk, noon, day);
}

export const isClosedDay = (talk: Talk, noon: SlotAnswer, day: string): boolean =>
  !noon.open &&
  noon.reason === 'closed' &&
  !noon.suggestions?.some((at) => localOf(new Date(at), talk.zone).startsWith(day));

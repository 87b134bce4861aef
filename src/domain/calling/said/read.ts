/**
 * A call told in plain words, or a voice note's transcript → what is to be logged. Every field names the words that it
 * was read from; what was not said is not there, and what is unclear is asked. Pure.
 */
import { DateTime } from 'luxon';
import { readDate } from '../../../nlu/dates/read.ts';
import { readBudget } from '../../../nlu/entities/budget.ts';
import type { DateReading } from '../../../nlu/types.ts';
import type { SaidOutcome } from '../../activities/contract.ts';
import { type Found, readOutcome } from './outcome.ts';

export type Setting = { now: Date; zone: string; currency: string };
export type Said = {
  leadNumber?: Found<number>;
  /** Of whom it is said that they were spoken with. */
  name?: string;
  outcome?: Found<SaidOutcome>;
  /** When to call again. */
  at?: Found<Date>;
  demoAt?: Found<Date>;
  /** When the call took place, if that was said. */
  calledAt?: Found<Date>;
  budget?: Found<string>;
  /** What cannot be acted on, in words, with the field that it is about. */
  unclear: { field: 'outcome' | 'at' | 'demoAt'; why: string; words: string }[];
};

const demoWords = /\b(?:demo|demonstration|presentation)\b|डेमो/iu;
const againWords =
  /\b(?:call|ring|phone|callback|call-back|follow(?:[ -]?up)?|remind|back|again|later|baad)\b|कॉल|फ़ोन/iu;
const doneWords = /\b(?:spoke|spoken|talked|called|rang|discussed|baat)\b|बात/iu;

export function readCall(text: string, setting: Setting): Said {
  const { outcome, torn } = readOutcome(text);
  const said: Said = { unclear: [], ...(outcome && { outcome }) };
  if (torn)
    said.unclear.push({
      field: 'outcome',
      why: `“${torn[0]!.words}” and “${torn[1]!.words}” contradict each other`,
      words: torn.map(({ words }) => words).join(' … '),
    });
  const number = /#\s?(\d{1,9})\b/.exec(text);
  if (number) said.leadNumber = { value: Number(number[1]), words: number[0] };
  const name = nameIn(text);
  if (name) said.name = name;
  const clauses = clausesOf(text);
  for (const [place, clause] of clauses.entries()) readClause(said, clause, clauses[place - 1], setting);
  return said;
}

/** "spoke to Ravi, wants demo friday 4pm and call back on monday" → its parts; a time stays with what it is about. */
const clausesOf = (text: string): string[] =>
  text
    .split(/[,;।\n]+|\.(?=\s|$)|\s+(?:and|then|aur|but)\s+(?=\p{L})/iu)
    .map((clause) => clause.trim())
    .filter(Boolean);

function readClause(said: Said, clause: string, before: string | undefined, setting: Setting): void {
  const budget = readBudget(clause, { currency: setting.currency });
  if (budget && !said.budget) {
    const amount = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 2 }).format(budget.amount);
    said.budget = { value: `${budget.currency} ${amount}`, words: clause };
  }
  // A bare amount is no time: "5 lakh" reads like a clock to nobody but a machine.
  const reading = readDate(clause, { now: setting.now, timezone: setting.zone });
  if (reading.kind === 'none' && !reading.problem) return;
  if (budget && reading.kind === 'time-only') return;
  const topic =
    topicOf(clause) ?? (before === undefined || doneWords.test(before) ? undefined : topicOf(before));
  if (topic === 'calledAt' || (reading.past && doneWords.test(clause))) {
    const at = momentOf(reading, setting.zone);
    if (at && at <= setting.now) said.calledAt = { value: at, words: reading.text || clause };
    return;
  }
  const field = topic ?? (said.outcome?.value === 'callback' ? 'at' : undefined);
  if (!field || said[field]) return;
  settle(said, field, reading, clause, setting);
}

function topicOf(clause: string): 'at' | 'demoAt' | 'calledAt' | undefined {
  if (demoWords.test(clause)) return 'demoAt';
  if (doneWords.test(clause) && !/\b(?:back|again|later)\b/i.test(clause)) return 'calledAt';
  return againWords.test(clause) ? 'at' : undefined;
}

const labels = { at: 'the next call', demoAt: 'the demo' };

function settle(
  said: Said,
  field: 'at' | 'demoAt',
  reading: DateReading,
  clause: string,
  setting: Setting,
): void {
  const words = reading.text || clause;
  const at = momentOf(reading, setting.zone);
  const refuse = (why: string) => said.unclear.push({ field, why, words });
  if (reading.problem) return void refuse(`“${words}” is no date`);
  if (!at) return void refuse(`“${words}”: at what time is ${labels[field]}?`);
  if (at <= setting.now) return void refuse(`“${words}” has passed`);
  said[field] = { value: at, words };
}

/** A day without a time, a range and what can be read two ways are asked for. */
function momentOf({ kind, local }: DateReading, zone: string): Date | undefined {
  if ((kind !== 'exact' && kind !== 'time-only') || !local?.includes('T')) return undefined;
  const moment = DateTime.fromISO(local, { zone });
  return moment.isValid ? moment.toJSDate() : undefined;
}

const nameLead =
  /\b(?:(?:spoke|spoken|talked|speaking|word|chat|call) (?:to|with)|called|rang|phoned|from)\s+(?:(?:mr|mrs|ms|dr|shri|smt)\.?\s+)?((?:\p{Lu}\.\s?)*\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]*){0,2})/u;

/** After "spoke to" and the like, as names are written: with capitals. */
function nameIn(text: string): string | undefined {
  return nameLead.exec(text.replace(/^\p{L}/u, (first) => first.toLowerCase()))?.[1];
}

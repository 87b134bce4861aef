/** A typed line against a command's slots, left to right. What is missing or unclear is told, never guessed. */
import type { ChatSlot, ChatUsage } from '../core/chat-grammar.ts';
import { AppError } from '../core/errors.ts';
import { readLeading, type When, type WhenSetting } from './when.ts';

export type Filled = {
  input: Record<string, unknown>;
  /** Times understood, to be said back. */
  moments: Date[];
  /** Slots that must be asked for: absent though required, or a time that cannot be acted on. */
  open: { slot: ChatSlot; when?: When }[];
};

/** Looks up what stands for a record, as whoever typed it. */
export type Lookups = {
  lead(number: number): Promise<string>;
  user(typed: string): Promise<{ id: string; rest: string }>;
};
export type SlotSetting = WhenSetting & Lookups & { example: string };

/** @throws AppError chat.not_understood, record.not_found */
export async function fillSlots(usage: ChatUsage, line: string, setting: SlotSetting): Promise<Filled> {
  const filled: Filled = { input: { ...usage.fixed }, moments: [], open: [] };
  let rest = line.trim();
  for (const [index, slot] of usage.slots.entries()) {
    const before = slot.type === 'when' && slot.keyword ? aside(rest, slot.keyword) : undefined;
    rest = before ? before.after : rest;
    const taken = rest ? await take(slot, rest, setting, Boolean(before)) : undefined;
    if (!taken) {
      if (!slot.optional || before) filled.open.push({ slot });
      continue;
    }
    if ('value' in taken) filled.input[slot.name] = taken.value;
    if ('moment' in taken && taken.moment) filled.moments.push(taken.moment);
    if ('when' in taken && taken.when) filled.open.push({ slot, when: taken.when });
    rest = [before?.before, taken.rest].filter(Boolean).join(' ').trim();
    if (filled.open.length && index === usage.slots.length - 1) rest = '';
  }
  // Behind a required slot that could not be filled, the words belong to nobody yet.
  if (rest && !filled.open.length) throw notUnderstood(`I do not understand “${rest}”.`, setting);
  return filled;
}

type Taken = { rest: string; value?: unknown; moment?: Date; when?: When };

async function take(
  slot: ChatSlot,
  rest: string,
  setting: SlotSetting,
  announced: boolean,
): Promise<Taken | undefined> {
  switch (slot.type) {
    case 'lead':
      return slot.optional && !rest.startsWith('#') ? undefined : takeLead(rest, setting);
    case 'user': {
      const isNamed = /^[@<]/.test(rest);
      if (slot.optional && !isNamed) return undefined;
      const { id, rest: left } = await setting.user(rest);
      return { value: id, rest: left };
    }
    case 'choice':
      return takeChoice(slot, rest, setting);
    case 'when':
      return takeWhen(slot, rest, setting, announced);
    case 'word': {
      const [word = ''] = rest.split(/\s+/, 1);
      return { value: word, rest: rest.slice(word.length).trim() };
    }
    default:
      return { value: rest, rest: '' };
  }
}

async function takeLead(rest: string, setting: SlotSetting): Promise<Taken | undefined> {
  const match = /^#?(\d{1,9})(?=\s|$)/.exec(rest);
  if (!match) throw notUnderstood(`“${rest.split(/\s+/, 1)[0]}” is not a lead’s number.`, setting);
  return { value: await setting.lead(Number(match[1])), rest: rest.slice(match[0].length).trim() };
}

/** "CALL BACK", "call-back" and "callback" are one; the longest wording that fits counts. */
function takeChoice(
  slot: Extract<ChatSlot, { type: 'choice' }>,
  rest: string,
  setting: SlotSetting,
): Taken | undefined {
  const byWords = new Map(
    Object.entries(slot.options).flatMap(
      ([key, value]) =>
        [
          [squeeze(key), value],
          [squeeze(value), value],
        ] as const,
    ),
  );
  const words = [...rest.matchAll(/\S+/g)].slice(0, 5);
  for (const word of words.toReversed()) {
    const end = word.index + word[0].length;
    const value = byWords.get(squeeze(rest.slice(0, end)));
    if (value !== undefined) return { value, rest: rest.slice(end).trim() };
  }
  if (slot.optional) return undefined;
  throw notUnderstood(`“${words[0]?.[0]}” is none of ${Object.keys(slot.options).join(', ')}.`, setting);
}

/** Without its keyword a time counts only when day and time are both said: a note may begin with "today", too. */
function takeWhen(
  slot: Extract<ChatSlot, { type: 'when' }>,
  rest: string,
  setting: SlotSetting,
  announced: boolean,
): Taken | undefined {
  const sure = announced || !slot.keyword;
  const when = readLeading(rest, setting, sure);
  if (when.kind === 'none') {
    if (!sure) return undefined;
    return slot.optional && !announced ? undefined : { when, rest };
  }
  if (when.kind === 'moment') return { value: when.at.toISOString(), moment: when.at, rest: when.rest };
  return sure ? { when, rest: when.rest } : undefined;
}

/** What stands before and after a keyword that is a word of its own. */
function aside(text: string, keyword: string): { before: string; after: string } | undefined {
  const match = new RegExp(`(?:^|\\s)${keyword}(?=\\s|$)`, 'i').exec(text);
  return match
    ? { before: text.slice(0, match.index).trim(), after: text.slice(match.index + match[0].length).trim() }
    : undefined;
}

export const squeeze = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const notUnderstood = (problem: string, { example }: SlotSetting): AppError =>
  new AppError('chat.not_understood', { problem, example });

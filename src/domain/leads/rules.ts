/** The pipeline as a state machine, lost reasons, hot leads, search: pure. */
import type { NeededField, Pipeline } from '../../core/config-pipelines.ts';
import { AppError } from '../../core/errors.ts';
import { beginsWith } from '../../core/fields.ts';
import { all } from '../../core/filter.ts';
import type { StateMachine } from '../../core/state-machine.ts';
import { invalid } from '../../core/validate.ts';
import { wordsOf } from '../../core/words.ts';

export type StageKind = 'open' | 'won' | 'lost';

export const machineOf = (pipeline: Pipeline): StateMachine => ({
  name: pipeline.name,
  initial: pipeline.initial,
  states: Object.fromEntries(pipeline.stages.map(({ key, label, to }) => [key, { label, to }])),
});

export const stageOf = (pipeline: Pipeline, key: string) =>
  pipeline.stages.find((stage) => stage.key === key);
export const kindOf = (pipeline: Pipeline, key: string): StageKind => stageOf(pipeline, key)?.kind ?? 'open';
export const stagesOfKind = (pipeline: Pipeline, kind: StageKind): string[] =>
  pipeline.stages.filter((stage) => stage.kind === kind).map(({ key }) => key);

/** Stages in which nobody has reached the client yet. */
export const notAttemptedStages = (pipeline: Pipeline): string[] =>
  pipeline.notAttempted ?? [pipeline.initial];

/** `FOLLOW-UP`, `follow up` and `follow-up` are one stage; `won` and `lost` do for the closing ones. */
export function resolveStage(pipeline: Pipeline, said: string): string {
  const wanted = plain(said);
  const found =
    pipeline.stages.find(({ key, label }) => plain(key) === wanted || plain(label) === wanted) ??
    pipeline.stages.find(({ kind }) => kind !== 'open' && kind === wanted);
  if (found) return found.key;
  throw invalid('stage', `is none of ${pipeline.stages.map(({ label }) => label).join(', ')}`);
}

const fieldWords: Record<NeededField, string> = {
  phone: 'phone',
  email: 'e-mail',
  city: 'area',
  product: 'product',
  quantity: 'quantity',
  budget: 'budget',
  value: 'what the deal is worth',
};

/** What a stage asks for is known. @throws lead.fields_needed */
export function assertKnown(
  { label, needs = [] }: Pipeline['stages'][number],
  lead: Partial<Record<NeededField, unknown>>,
): void {
  const missing = needs.filter((field) => lead[field] === undefined || lead[field] === '');
  if (!missing.length) return;
  throw new AppError('lead.fields_needed', {
    stage: label,
    fields: missing.map((field) => fieldWords[field]).join(', '),
    missing,
  });
}

export const reasonsOffered = ({ lostReasons }: Pipeline): Pipeline['lostReasons'] =>
  lostReasons.filter(({ retired }) => !retired);

/**
 * Why a lead was lost. In chat the reason is the beginning of the note: `status #12 lost price they found a cheaper one`.
 * @throws lead.reason_required
 */
export function resolveLost(
  pipeline: Pipeline,
  reason?: string,
  note?: string,
): { reason: string; note?: string } {
  const reasons = reasonsOffered(pipeline);
  const given =
    reason &&
    reasons.find(({ key, label }) => plain(key) === plain(reason) || plain(label) === plain(reason));
  if (given) return { reason: given.key, ...(note && { note }) };
  if (!reason && note) {
    const words = note.trim().split(/\s+/);
    for (let count = Math.min(words.length, 5); count > 0; count--) {
      const start = plain(words.slice(0, count).join(' '));
      const meant = reasons.find(({ key, label }) => plain(key) === start || plain(label) === start);
      const rest = words.slice(count).join(' ');
      if (meant) return { reason: meant.key, ...(rest && { note: rest }) };
    }
  }
  throw new AppError('lead.reason_required', {
    reasons: reasons.map(({ label, key }) => `${label} (${key})`).join(', '),
  });
}

export const lostReasonLabel = (pipeline: Pipeline, key?: string): string | undefined =>
  key && (pipeline.lostReasons.find((reason) => reason.key === key)?.label ?? key);

/** Hot Leads are those from Website and Google. */
export const isHot = (source: string): boolean => /\b(web ?site|google)\b/i.test(source);

/** Came over the internet, not by hand, from print or by word of mouth. */
export const isOnline = ({ source, medium }: { source: string; medium: string }): boolean =>
  !/manual|offline|import|hoarding|brochure|poster|banner|newspaper|pamphlet|referral|walk/i.test(
    `${source} ${medium}`,
  );

/**
 * What a lead is found by, for prefix search: each two words of the name (`ravi kumar`, `kumar ravi`: they begin with
 * each of its words) or its only one, the mail address, the number as dialled at home and with its country code, and (after `<`) the number backwards, so
 * that its last digits are a prefix too.
 */
export function searchTokens({
  name,
  phone,
  email,
}: {
  name?: string;
  phone?: string;
  email?: string;
}): string[] {
  const digits = phone?.replace(/\D/g, '') ?? '';
  const national = digits.length > 10 ? digits.slice(-10) : '';
  const words = wordsOf(name ?? '', 12);
  const few = words.slice(0, 4);
  return [
    ...new Set([
      ...(few.length > 1 ? words.slice(4) : words),
      ...few.flatMap((first, at) =>
        few.filter((_, other) => other !== at).map((second) => `${first} ${second}`),
      ),
      ...(email ? [email.toLowerCase()] : []),
      ...(digits ? [digits, `<${backwards(digits)}`] : []),
      ...(national ? [national] : []),
    ]),
  ];
}

type Condition = Record<string, unknown>;

/**
 * How to search for what was typed: `#12`, `98450 12345`, `…2345`, `ravi kumar`, `ravi@`. The groups are tried in turn
 * until one finds something; of a group, every condition is asked and the answers are joined. Each condition is served
 * by one range of the index on `search`.
 * @param hides by what the searcher finds nothing: `phone`, `email`
 */
export function searchPlan(text: string, hides: (field: string) => boolean = () => false): Condition[][] {
  const startsWith = (word: string) => ({ search: beginsWith(word, hides) ?? nothing });
  const trimmed = text.trim().toLowerCase();
  const number = /^#\s*(\d{1,9})$/.exec(trimmed);
  // One that was merged away is found by the number it had.
  if (number) return [[{ number: Number(number[1]) }], [{ search: `#${Number(number[1])}` }]];
  const digits = trimmed.replace(/[\s()+.-]/g, '');
  if (/^\d{2,15}$/.test(digits)) {
    const dialled = startsWith(digits.replace(/^0+(?=\d{5,})/, ''));
    return [digits.length < 4 ? [dialled] : [dialled, startsWith(`<${backwards(digits)}`)]];
  }
  const words = trimmed.includes('@') ? [trimmed] : wordsOf(trimmed, 5);
  if (words.length < 2) return [[startsWith(words[0] ?? trimmed)]];
  const each = words.toSorted((a, b) => b.length - a.length).map(startsWith);
  // The first two words as they stand find most at once; whoever typed only beginnings is served by the second try.
  const pair = startsWith(`${words[0]} ${words[1]}`);
  return [[all([pair, ...words.slice(2).map(startsWith)])], [{ $and: each }]];
}

const backwards = (digits: string): string => [...digits].reverse().join('');
const nothing = { $in: [] };
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** What a lead is after a merge: pure. */
import type { LeadChoice } from '../contract.ts';
import type { LeadDocument } from '../model.ts';
import { type StageKind, searchTokens } from '../rules.ts';

/** Fields that only make sense together. */
const bundles = {
  stage: ['stage', 'lostReason', 'closedAt', 'cameFrom'],
  value: ['value', 'currency'],
  assignee: ['assigneeId', 'teamIds', 'projectId'],
} as const;
const single = [
  'name',
  'phone',
  'email',
  'city',
  'product',
  'quantity',
  'budget',
  'source',
  'medium',
  'campaign',
  'industry',
  'segment',
  'size',
] as const;

/** @param kindOf of a stage: open, won or lost */
export function mergedFields(
  kept: LeadDocument,
  gone: LeadDocument,
  choice: LeadChoice,
  kindOf: (stage: string) => StageKind,
): Partial<LeadDocument> {
  const isOpen = ({ stage }: LeadDocument) => kindOf(stage) === 'open';
  const from = {
    // Somebody still wants something: that must not vanish behind a lead that was closed.
    stage: choice.stage ? chosen(choice.stage) : isOpen(kept) || !isOpen(gone) ? kept : gone,
    value: choice.value ? chosen(choice.value) : kept.value === undefined ? gone : kept,
    assignee: choice.assignee ? chosen(choice.assignee) : kept.assigneeId ? kept : gone,
  };
  function chosen(side: 'keep' | 'merge'): LeadDocument {
    return side === 'merge' ? gone : kept;
  }
  return {
    ...Object.fromEntries(
      single.map((field) => [
        field,
        (choice[field] === 'merge' ? gone : kept)[field] || kept[field] || gone[field],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(bundles).flatMap(([name, fields]) =>
        fields.map((field) => [field, from[name as keyof typeof from][field]]),
      ),
    ),
    hot: kept.hot || gone.hot,
    lastCallOutcome: kept.lastCallOutcome ?? gone.lastCallOutcome,
    demoAt: earlier(kept.demoAt, gone.demoAt),
  } as Partial<LeadDocument>;
}

const earlier = (a?: Date, b?: Date): Date | undefined => (a && b ? (a < b ? a : b) : (a ?? b));

/** What it is found by: its own, and what those were found by that it took in. */
export const tokensOf = (lead: LeadDocument, also: string[]): string[] => [
  ...new Set([...searchTokens(lead), ...also]),
];

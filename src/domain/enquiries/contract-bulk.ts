/** A whole file of enquiries: the same check as `enquiry.record`, hundreds in one transaction. Never offered to a person. */
import { z } from 'zod';
import type { Actor } from '../../core/actor.ts';
import { defineCommand, defineQuery } from '../../core/define.ts';
import type { Taught } from '../contacts/contract.ts';
import type { Fillable, LeadBefore } from '../leads/contract.ts';
import type { Evidence, Verdict } from './contract.ts';

/** An enquiry as a file has it, checked field by field already; `n` is its row there. */
export type BulkRow = {
  n: number;
  name?: string;
  phone?: string;
  email?: string;
  city?: string;
  company?: string;
  industry?: string;
  segment?: string;
  size?: string;
  product?: string;
  quantity?: string;
  budget?: string;
  note?: string;
  source: string;
  medium: string;
  campaign?: string;
  junk?: { label: string; score: number; reasons?: string[] };
  /** For this colleague; absent: whoever the organisation's rules say. */
  assigneeId?: string;
};

/** What becomes of an enquiry whose person is known. New ones become leads, junk is kept without one, whatever is said. */
export const bulkPolicy = z.object({
  /** Somebody with an open lead. `skip`: nothing is recorded; `add`: an enquiry; `fill`: what the lead lacks. */
  known: z.enum(['skip', 'add', 'fill']).default('add'),
  /** Somebody whose leads are closed or silent: back into the pipeline, or nothing. */
  silent: z.enum(['reopen', 'skip']).default('reopen'),
});
export type BulkPolicy = z.output<typeof bulkPolicy>;

export const bulkActions = ['opened', 'added', 'filled', 'reopened', 'skipped', 'kept'] as const;
export type BulkAction = (typeof bulkActions)[number];
export type BulkOutcome = {
  n: number;
  verdict: Verdict;
  action: BulkAction;
  evidence: Evidence[];
  contactId?: string;
  enquiryId?: string;
  leadId?: string;
  leadNumber?: number;
  /** Whose the new lead is. */
  assigneeId?: string;
  madeContact?: boolean;
  filled?: Fillable[];
  /** Whose a known contact without a lead was before. */
  ownerBefore?: { assigneeId?: string; teamIds: string[] };
};
/** What it takes to undo a batch. */
export type BulkUndo = {
  at: Date;
  /** Events after this one tell that somebody went on with a record. */
  mark: string;
  taught: Taught[];
  before: Record<string, LeadBefore>;
};

const rows = z.custom<BulkRow[]>((value) => Array.isArray(value) && value.length <= 1000);
const outcomes = z.custom<BulkOutcome[]>(Array.isArray);
/** Who brings them: stands on the timelines; what they may not change is not filled. */
const actor = z.custom<Actor>((value) => typeof value === 'object' && value !== null);
const undo = z.custom<BulkUndo>((value) => typeof value === 'object' && value !== null);

export const foreseeEnquiries = defineQuery({
  name: 'enquiry.foresee',
  summary: 'What enquiries of a file would become (internal)',
  permission: 'system',
  input: z.object({ rows, policy: bulkPolicy, actor }),
  output: z.object({ outcomes }),
});
export const recordEnquiries = defineCommand({
  name: 'enquiry.recordMany',
  summary: 'Record the enquiries of a file, each with its verdict (internal)',
  permission: 'system',
  input: z.object({
    rows,
    policy: bulkPolicy,
    actor,
    /** Names each entry that is no enquiry of its own. */
    ref: z.string(),
  }),
  output: z.object({ outcomes, undo }),
});
export const retractEnquiries = defineCommand({
  name: 'enquiry.retractMany',
  summary: 'Take back the enquiries of a file that nobody has gone on with (internal)',
  permission: 'system',
  input: z.object({ outcomes, undo, ref: z.string() }),
  output: z.object({
    removed: z.number(),
    stayed: z.array(z.object({ n: z.number(), leadId: z.string().optional(), why: z.string() })),
  }),
});

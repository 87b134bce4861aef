import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { bulkActions, bulkPolicy, evidence, verdict } from '../enquiries/contract.ts';

/** What a column of a file can be. */
export const targets = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'email',
  'company',
  'city',
  'industry',
  'segment',
  'size',
  'product',
  'quantity',
  'budget',
  'note',
  'source',
  'medium',
  'campaign',
  'assignee',
] as const;
export type Target = (typeof targets)[number];
export const targetLabels: Record<Target, string> = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  email: 'E-mail',
  company: 'Company',
  city: 'City',
  industry: 'Industry',
  segment: 'Segment',
  size: 'Size',
  product: 'Looking for',
  quantity: 'Quantity',
  budget: 'Budget',
  note: 'Note',
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  assignee: 'Assigned to (name or e-mail)',
};

/** How a file is to be read, and what to do with whom we know; remembered for the next file with the same header. */
export const importPlan = bulkPolicy.extend({
  /** Which of the first rows names the columns; -1: none does. What stands above it is left out. */
  headerRow: z.number().int().min(-1).max(19),
  /** By column; `null`: left out. */
  mapping: z.array(z.enum(targets).nullable()).max(500),
  /** Where a row says nothing of it. */
  source: text(80).default('Import'),
  medium: text(80).default('import'),
  campaign: text(200).optional(),
  /** Columns that go nowhere stand in the note, each with its name. */
  keepRest: z.boolean().default(false),
  /** A colleague, or `rules`: whose turn it is. Absent: mine where I may not assign, else by the rules. */
  assignTo: z.string().max(60).optional(),
});
export type ImportPlan = z.output<typeof importPlan>;

export const importStatuses = ['ready', 'running', 'stopped', 'done', 'undoing', 'undone', 'failed'] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** `bad`: could not be read, with the reasons in the error file. The others: what became of the row. */
const counts = z.object({
  ...(Object.fromEntries(bulkActions.map((action) => [action, z.number()])) as Record<
    (typeof bulkActions)[number],
    z.ZodNumber
  >),
  bad: z.number(),
});
export type ImportCounts = z.output<typeof counts>;

export const importView = z.object({
  id: z.string(),
  filename: z.string(),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  sheet: z.string().optional(),
  at: z.string(),
  by: z.string(),
  /** Whether the asker brought it. */
  mine: z.boolean(),
  status: z.enum(importStatuses),
  /** Rows under the header. */
  rows: z.number(),
  /** Rows done, or taken back. */
  done: z.number(),
  counts,
  /** New leads by colleague, the most first. */
  given: z.array(z.object({ name: z.string(), count: z.number() })),
  removed: z.number(),
  stayed: z.number(),
  problem: z.string().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
});
export type ImportView = z.output<typeof importView>;

const byId = z.object({ importId: z.string() });
const create = { action: 'create', subject: 'Lead' } as const;

export const listImports = defineQuery({
  name: 'import.list',
  summary: 'Imports, newest first',
  permission: create,
  path: '/imports',
  input: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(importView), nextCursor: z.string().optional(), total: z.number() }),
});
export const getImport = defineQuery({
  name: 'import.get',
  summary: 'One import: how far it is, how its file begins, how it is best read',
  permission: create,
  path: '/imports/:importId',
  input: byId,
  output: importView.extend({
    /** The first rows as they stand in the file. */
    head: z.array(z.array(z.string())),
    plan: importPlan,
    /** The plan is that of the last file with this header. */
    remembered: z.boolean(),
    targets: z.array(z.object({ target: z.enum(targets), label: z.string() })),
    /** Whom the leads may be given to; empty: only oneself. */
    assignees: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Whether they may be left to the organisation's rules. */
    byRules: z.boolean(),
  }),
});

const problem = z.object({ field: z.string(), message: z.string() });
export const previewImport = defineQuery({
  name: 'import.preview',
  summary: 'What the first rows of an import would become',
  permission: create,
  input: byId.extend({ plan: importPlan }),
  output: z.object({
    columns: z.array(z.string()),
    rows: z.array(
      z.object({
        /** Its line in the file. */
        n: z.number(),
        fields: z.partialRecord(z.enum(targets), z.string()),
        problems: z.array(problem),
        verdict: verdict.optional(),
        verdictLabel: z.string().optional(),
        action: z.enum(bulkActions).optional(),
        evidence: z.array(evidence).default([]),
      }),
    ),
  }),
});

export const startImport = defineCommand({
  name: 'import.start',
  summary: 'Import an uploaded file, in the background',
  permission: create,
  input: byId.extend({ plan: importPlan }),
  output: z.object({ import: importView }),
});
export const stopImport = defineCommand({
  name: 'import.stop',
  summary: 'Stop an import; what is done stays',
  permission: create,
  input: byId,
  output: z.object({ import: importView }),
});
export const resumeImport = defineCommand({
  name: 'import.resume',
  summary: 'Go on with a stopped import',
  permission: create,
  input: byId,
  output: z.object({ import: importView }),
});
export const undoImport = defineCommand({
  name: 'import.undo',
  summary: 'Take back an import, as far as nobody has gone on with its leads',
  permission: create,
  input: byId,
  output: z.object({ import: importView }),
});
export const discardImport = defineCommand({
  name: 'import.discard',
  summary: 'Throw an upload away that was not imported',
  permission: create,
  input: byId,
  output: z.object({ ok: z.literal(true) }),
});

/** Page by page: rows that were kept aside, as they stood in the file, with the reasons. */
export const importErrors = defineQuery({
  name: 'import.errors',
  summary: 'Rows of an import that could not be taken, and why',
  permission: create,
  input: byId.extend({ page: z.coerce.number().int().min(0).default(0) }),
  output: z.object({
    filename: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.object({ n: z.number(), cells: z.array(z.string()), problems: z.array(problem) })),
    nextPage: z.number().optional(),
  }),
});
export const importLeftovers = defineQuery({
  name: 'import.leftovers',
  summary: 'What of an undone import stayed, and why',
  permission: create,
  input: byId.extend({ page: z.coerce.number().int().min(0).default(0) }),
  output: z.object({
    rows: z.array(
      z.object({
        n: z.number(),
        why: z.string(),
        lead: z.object({ id: z.string(), number: z.number(), name: z.string() }).optional(),
      }),
    ),
    nextPage: z.number().optional(),
  }),
});

const told = z.object({ importId: z.string() });
export const importStarted = defineEvent('import.started', 'An import, or its undoing, was begun', told);
export const importProgressed = defineEvent('import.progressed', 'An import went on by some rows', told);
export const importFinished = defineEvent(
  'import.finished',
  'An import, or its undoing, came to its end',
  told.extend({ leads: z.number() }),
);

/** How a row is read, for whatever else brings leads in fields of its own names. */
export { suggestMapping } from './columns.ts';
export { readRow } from './row.ts';

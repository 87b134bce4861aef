import mongoose, { Schema } from 'mongoose';
import type { BulkOutcome, BulkUndo } from '../enquiries/contract.ts';
import type { ImportCounts, ImportPlan, ImportStatus } from './contract.ts';
import type { About, RawRow } from './read/reader.ts';

export type ImportDocument = About & {
  _id: string;
  filename: string;
  at: Date;
  /** Whose it is: who uploaded it. */
  assigneeId: string;
  by: string;
  status: ImportStatus;
  columns: number;
  /** All rows of the file, those above the header among them. */
  rows: number;
  pages: number;
  plan?: ImportPlan;
  /** The next page to work on; when it is taken back, one more than the next. */
  next: number;
  /** Rows worked on, or taken back. */
  done: number;
  counts: ImportCounts;
  /** New leads by colleague. */
  given: Record<string, number>;
  removed: number;
  stayed: number;
  problem?: string;
  startedAt?: Date;
  finishedAt?: Date;
  /** The worker that has it, and until when; another takes over after that. */
  holder?: string;
  heldUntil?: Date;
  servedAt?: Date;
  failures: number;
};
const schema = new Schema<ImportDocument>(
  {
    _id: String,
    filename: String,
    format: String,
    encoding: String,
    delimiter: String,
    sheet: String,
    at: { type: Date, required: true },
    assigneeId: { type: String, required: true },
    by: String,
    status: { type: String, required: true },
    columns: Number,
    rows: Number,
    pages: Number,
    plan: { type: Schema.Types.Mixed },
    next: { type: Number, default: 0 },
    done: { type: Number, default: 0 },
    counts: { type: Schema.Types.Mixed },
    given: { type: Schema.Types.Mixed },
    removed: { type: Number, default: 0 },
    stayed: { type: Number, default: 0 },
    problem: String,
    startedAt: Date,
    finishedAt: Date,
    holder: String,
    heldUntil: Date,
    servedAt: Date,
    failures: { type: Number, default: 0 },
  },
  { versionKey: false, minimize: false },
);
schema.index({ assigneeId: 1, _id: -1 });
schema.index({ status: 1, servedAt: 1 });
export const ImportModel = mongoose.model<ImportDocument>('Import', schema, 'imports');

export type BadRow = { n: number; problems: { field: string; message: string }[] };
/** Some hundred rows of a file, what became of them, and what it takes to undo that. */
export type PageDocument = {
  /** `<import>:<page>` */
  _id: string;
  importId: string;
  page: number;
  rows: RawRow[];
  outcomes?: Omit<BulkOutcome, 'evidence'>[];
  bad?: BadRow[];
  undo?: BulkUndo;
  stayed?: { n: number; leadId?: string; why: string }[];
};
const pageSchema = new Schema<PageDocument>(
  {
    _id: String,
    importId: { type: String, required: true },
    page: { type: Number, required: true },
    rows: [{ type: Schema.Types.Mixed }],
    outcomes: { type: [Schema.Types.Mixed], default: undefined },
    bad: { type: [Schema.Types.Mixed], default: undefined },
    undo: { type: Schema.Types.Mixed },
    stayed: { type: [Schema.Types.Mixed], default: undefined },
  },
  { versionKey: false, minimize: false },
);
pageSchema.index({ importId: 1, page: 1 });
export const PageModel = mongoose.model<PageDocument>('ImportPage', pageSchema, 'import_pages');
export const pageId = (importId: string, page: number): string => `${importId}:${page}`;

/** By the header's names: how a file like this was read last. */
export type RememberedDocument = { _id: string; plan: ImportPlan; at: Date };
export const RememberedModel = mongoose.model<RememberedDocument>(
  'ImportMapping',
  new Schema<RememberedDocument>(
    { _id: String, plan: { type: Schema.Types.Mixed }, at: Date },
    { versionKey: false, minimize: false },
  ),
  'import_mappings',
);

export const noCounts = (): ImportCounts => ({
  opened: 0,
  added: 0,
  filled: 0,
  reopened: 0,
  skipped: 0,
  kept: 0,
  bad: 0,
});

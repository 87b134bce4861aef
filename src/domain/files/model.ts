import mongoose, { Schema } from 'mongoose';
import type { FileType } from './rules.ts';

/** The bytes, once for all who send them: named by their SHA-256. */
export type ContentDocument = {
  _id: string;
  /** The vault's key. */
  file: string;
  bytes: number;
  scan: { state: 'waiting' | 'passed' | 'infected'; found?: string; by?: string; at?: Date };
  /** Nothing has pointed at it since: removed a day later. */
  orphanedAt?: Date;
  createdAt: Date;
};
const contentSchema = new Schema<ContentDocument>(
  {
    _id: String,
    file: { type: String, required: true },
    bytes: Number,
    scan: { _id: false, state: { type: String, required: true }, found: String, by: String, at: Date },
    orphanedAt: Date,
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);
contentSchema.index({ createdAt: 1 });
contentSchema.index({ orphanedAt: 1 }, { partialFilterExpression: { orphanedAt: { $exists: true } } });
export const ContentModel = mongoose.model<ContentDocument>('FileContent', contentSchema, 'file_contents');

export type FileState = 'fetching' | 'checking' | 'ready' | 'infected' | 'failed' | 'removed';

/** One sending of a file: in a message, or uploaded and waiting for one. */
export type FileDocument = {
  _id: string;
  direction: 'in' | 'out';
  type: FileType;
  mime: string;
  filename: string;
  bytes?: number;
  state: FileState;
  /** Why not, in words. */
  problem?: string;
  /** Who uploaded it: `visitor:<id>`, `user:<id>`; only they may put it into a message. */
  owner?: string;
  /** In no message yet. */
  loose?: true;
  /** Where the provider has it. */
  source?: { channel: string; account: string; ref: Record<string, unknown> };
  conversationId?: string;
  messageId?: string;
  /** Its place among the files of the message. */
  place?: number;
  hash?: string;
  attempts: number;
  nextAt: Date;
  createdAt: Date;
};
const fileSchema = new Schema<FileDocument>(
  {
    _id: String,
    direction: { type: String, required: true },
    type: { type: String, required: true },
    mime: String,
    filename: String,
    bytes: Number,
    state: { type: String, required: true },
    problem: String,
    owner: String,
    loose: Boolean,
    source: { type: Schema.Types.Mixed, default: undefined },
    conversationId: String,
    messageId: String,
    place: Number,
    hash: String,
    attempts: { type: Number, default: 0 },
    nextAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
fileSchema.index({ conversationId: 1, createdAt: -1, _id: -1 });
fileSchema.index({ nextAt: 1 }, { partialFilterExpression: { state: { $in: ['fetching', 'checking'] } } });
fileSchema.index({ hash: 1 });
fileSchema.index({ createdAt: 1 }, { partialFilterExpression: { loose: { $exists: true } } });
fileSchema.index({ state: 1, createdAt: 1 });
export const FileModel = mongoose.model<FileDocument>('File', fileSchema, 'files');

import mongoose, { Schema } from 'mongoose';
import type { entryKinds, entryStates, questionStates } from './contract.ts';

export type EntryFields = {
  kind: (typeof entryKinds)[number];
  title: string;
  wordings: string[];
  text: string;
  language: string;
  /** What it shares with its translations: the id of the first of them. */
  group: string;
  products: string[];
  links: { label: string; url: string }[];
  state: (typeof entryStates)[number];
};
export type EntryDocument = EntryFields & {
  _id: string;
  version: number;
  by: string;
  at: Date;
  createdAt: Date;
  /** Small words of title and wordings, for the list's search. */
  search: string[];
  /** Where in config/knowledge it came from, and a print of what stood there when it was taken over. */
  source?: { file: string; key: string; print: string };
};
const entry = new Schema<EntryDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    title: { type: String, required: true },
    wordings: [String],
    text: { type: String, required: true },
    language: { type: String, required: true },
    group: { type: String, required: true },
    products: [String],
    links: [{ _id: false, label: String, url: String }],
    state: { type: String, required: true },
    version: { type: Number, required: true },
    by: String,
    at: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    search: [String],
    source: { type: { file: String, key: String, print: String }, default: undefined, _id: false },
  },
  { versionKey: false },
);
entry.index({ at: -1, _id: -1 });
entry.index({ state: 1, at: -1, _id: -1 });
entry.index({ group: 1 });
entry.index({ search: 1 });
entry.index({ 'source.file': 1, 'source.key': 1 });
export const EntryModel = mongoose.model<EntryDocument>('KnowledgeEntry', entry, 'knowledge');

export type EntryVersionDocument = {
  _id: string;
  entryId: string;
  version: number;
  entry: EntryFields;
  by: string;
  at: Date;
};
const version = new Schema<EntryVersionDocument>(
  {
    _id: String,
    entryId: { type: String, required: true },
    version: { type: Number, required: true },
    entry: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
version.index({ entryId: 1, version: -1 }, { unique: true });
export const EntryVersionModel = mongoose.model<EntryVersionDocument>(
  'KnowledgeVersion',
  version,
  'knowledgeversions',
);

/** One document: the mark of the last change to what is published. Whoever has read another reads the entries anew. */
export type ShelfDocument = { _id: 'shelf'; mark: string };
export const ShelfModel = mongoose.model<ShelfDocument>(
  'KnowledgeShelf',
  new Schema<ShelfDocument>({ _id: String as never, mark: String }, { versionKey: false }),
  'knowledgeshelf',
);

/** An entry was given to somebody. One document each: a popular one is no place where conversations meet. */
export type UseDocument = {
  _id: string;
  entryId: string;
  conversationId: string;
  at: Date;
  by: 'bot' | 'user';
  question?: string;
  /** They asked on after it, or wanted a person. */
  askedAgain: boolean;
};
const use = new Schema<UseDocument>(
  {
    _id: String,
    entryId: { type: String, required: true },
    conversationId: { type: String, required: true },
    at: { type: Date, required: true, expires: 400 * 24 * 3600 },
    by: { type: String, required: true },
    question: String,
    askedAgain: { type: Boolean, default: false },
  },
  { versionKey: false },
);
use.index({ entryId: 1, at: -1 });
use.index({ conversationId: 1, entryId: 1, _id: -1 });
export const UseModel = mongoose.model<UseDocument>('KnowledgeUse', use, 'knowledgeuses');

export type Asker = { conversationId: string; text: string; at: Date; answeredAt?: Date };
export type QuestionDocument = {
  _id: string;
  text: string;
  alsoAsked: string[];
  /** Its words by what they stand for: those that share them may be the same question. */
  keys: string[];
  language?: string;
  product?: string;
  state: (typeof questionStates)[number];
  count: number;
  /** Each conversation once. */
  askers: Asker[];
  /** Of these, without an answer. */
  waiting: number;
  entryId?: string;
  firstAt: Date;
  lastAt: Date;
};
const question = new Schema<QuestionDocument>(
  {
    _id: String,
    text: { type: String, required: true },
    alsoAsked: [String],
    keys: [String],
    language: String,
    product: String,
    state: { type: String, required: true },
    count: { type: Number, required: true },
    askers: [{ _id: false, conversationId: String, text: String, at: Date, answeredAt: Date }],
    waiting: { type: Number, required: true },
    entryId: String,
    firstAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
  },
  { versionKey: false },
);
question.index({ state: 1, count: -1, _id: -1 });
question.index({ keys: 1, state: 1 });
question.index({ 'askers.conversationId': 1 });
export const QuestionModel = mongoose.model<QuestionDocument>(
  'KnowledgeQuestion',
  question,
  'knowledgequestions',
);

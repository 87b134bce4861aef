import mongoose, { Schema } from 'mongoose';
import type { Repeat } from '../../core/recurrence.ts';
import type { TaskPriority, TaskRule, TaskStatus } from './contract.ts';

export type TaskDocument = {
  _id: string;
  number: number;
  title: string;
  note?: string;
  status: TaskStatus;
  /** Open or in progress. */
  active: boolean;
  priority: TaskPriority;
  /** 1 is urgent: the order of the lists. */
  rank: number;
  assigneeId: string;
  /** Absent: a rule gave it. */
  initiatorId?: string;
  initiatorName: string;
  watcherIds: string[];
  /** Whoever has it, gave it or watches it: the rights are written on this. */
  partyIds: string[];
  /** The assignee's, as on every record of work. */
  teamIds: string[];
  dueAt?: Date;
  minutes?: number;
  remind: number[];
  /** On the newest task of a series only. */
  repeat?: Repeat;
  /** What it is about: one of these, or nothing. */
  leadId?: string;
  contactId?: string;
  ticketId?: string;
  report?: string;
  createdAt: Date;
  updatedAt: Date;
  startedAt?: Date;
  closedAt?: Date;
  /** What gave it, once. */
  key?: string;
  search: string[];
};

const schema = new Schema<TaskDocument>(
  {
    _id: String,
    number: { type: Number, required: true },
    title: { type: String, required: true },
    note: String,
    status: { type: String, required: true },
    active: { type: Boolean, required: true },
    priority: { type: String, required: true },
    rank: { type: Number, required: true },
    assigneeId: { type: String, required: true },
    initiatorId: String,
    initiatorName: String,
    watcherIds: [String],
    partyIds: [String],
    teamIds: [String],
    dueAt: Date,
    minutes: Number,
    remind: [Number],
    repeat: { type: { rule: String, from: String }, default: undefined, _id: false },
    leadId: String,
    contactId: String,
    ticketId: String,
    report: String,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    startedAt: Date,
    closedAt: Date,
    key: String,
    search: [String],
  },
  { versionKey: false, minimize: false },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ key: 1 }, { unique: true, partialFilterExpression: { key: { $exists: true } } });
for (const about of ['leadId', 'contactId', 'ticketId']) schema.index({ [about]: 1, _id: -1 });
schema.index({ search: 1, _id: -1 });
// Lists, for those who see everything and for those whom a task concerns; `dueAt` is the calendar's.
for (const owner of [{}, { partyIds: 1 }, { assigneeId: 1 }] as Record<string, 1>[]) {
  schema.index({ ...owner, active: 1, dueAt: 1, _id: 1 });
  schema.index({ ...owner, active: 1, _id: -1 });
  schema.index({ ...owner, dueAt: 1, _id: 1 });
  if (Object.keys(owner).length) schema.index({ ...owner, _id: -1 });
}
schema.index({ initiatorId: 1, active: 1, dueAt: 1, _id: 1 });
schema.index({ watcherIds: 1, active: 1, dueAt: 1, _id: 1 });
schema.index({ createdAt: 1 });
schema.index({ closedAt: 1 });
export const TaskModel = mongoose.model<TaskDocument>('Task', schema, 'tasks');

export type TaskEntryDocument = {
  _id: string;
  taskId: string;
  at: Date;
  kind: 'given' | 'status' | 'changed' | 'comment';
  title: string;
  text?: string;
  by: string;
};
const entrySchema = new Schema<TaskEntryDocument>(
  {
    _id: String,
    taskId: { type: String, required: true },
    at: { type: Date, required: true },
    kind: String,
    title: String,
    text: String,
    by: String,
  },
  { versionKey: false },
);
entrySchema.index({ taskId: 1, _id: 1 });
export const TaskEntryModel = mongoose.model<TaskEntryDocument>('TaskEntry', entrySchema, 'task_entries');

const CounterModel = mongoose.model<{ _id: string; value: number }>(
  'TaskCounter',
  new Schema<{ _id: string; value: number }>({ _id: String, value: Number }, { versionKey: false }),
  'task_counters',
);
export async function nextTaskNumber(): Promise<number> {
  const counter = await CounterModel.findOneAndUpdate(
    { _id: 'task' },
    { $inc: { value: 1 } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return counter!.value;
}

/** A version of all rules; the highest one counts. */
export type TaskRulesDocument = { _id: string; version: number; rules: TaskRule[]; by: string; at: Date };
const rulesSchema = new Schema<TaskRulesDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    rules: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
rulesSchema.index({ version: -1 }, { unique: true });
export const TaskRulesModel = mongoose.model<TaskRulesDocument>('TaskRules', rulesSchema, 'task_rules');

/** Every change has an author, a time and, where it can be, its undoing. Written in the change's own transaction. */
import mongoose, { Schema } from 'mongoose';

const schema = new Schema(
  {
    _id: String,
    at: { type: Date, required: true },
    actorId: { type: String, required: true },
    actorName: String,
    /** Support that acted as the actor. */
    byId: String,
    surface: String,
    command: String,
    input: Schema.Types.Mixed,
    /** What the command changed, each with how to undo it. */
    changes: [
      {
        _id: false,
        kind: { type: String },
        id: String,
        text: String,
        before: Schema.Types.Mixed,
        after: Schema.Types.Mixed,
        undo: { type: { command: String, input: Schema.Types.Mixed }, default: undefined, _id: false },
      },
    ],
    undone: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
);
schema.index({ actorId: 1, _id: -1 });
schema.index({ 'changes.id': 1, _id: -1 });
export const AuditModel = mongoose.model('Audit', schema, 'audit');

/** Remembers a caller's idempotency key with the answer given, so that a repeat gets the same answer and no effect. */
const requestSchema = new Schema(
  { _id: String, output: Schema.Types.Mixed, at: { type: Date, required: true, expires: 24 * 3600 } },
  { versionKey: false, minimize: false },
);
export const RequestModel = mongoose.model('Request', requestSchema, 'requests');

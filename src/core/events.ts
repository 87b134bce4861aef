/**
 * Domain events: written in the transaction of what they tell of, handed to subscribers after it. Each subscriber runs
 * in its own transaction, which also strikes its name from the event: at least one attempt, one effect.
 */
import mongoose, { Schema } from 'mongoose';
import type { Actor } from './actor.ts';
import type { Subscriber } from './define.ts';
import type { RecordKind } from './rights.ts';

export type DomainEvent<P = unknown> = {
  id: string;
  name: string;
  payload: P;
  at: Date;
  actorId: string;
  subject?: { kind: RecordKind; id: string };
  cause: { id: string; depth: number };
};

/** A chain of events that cause events ends here: a loop between subscribers must not run for ever. */
export const maxDepth = 12;

const schema = new Schema(
  {
    _id: String,
    name: { type: String, required: true },
    payload: Schema.Types.Mixed,
    at: { type: Date, required: true },
    actorId: String,
    subject: { kind: { type: String }, id: { type: String } },
    cause: { id: String, depth: Number },
    pending: [String],
    /** True while somebody still has to handle it: the partial index keeps the queue short. */
    open: Boolean,
    nextAt: Date,
    /** Whose it is: that process has told its own screens already. */
    process: String,
    /** The worker's that has it in hand until `nextAt`. */
    claim: String,
    failures: { type: [{ subscriber: String, message: String, at: Date, _id: false }], default: undefined },
  },
  { versionKey: false, minimize: false },
);
schema.index({ open: 1, nextAt: 1, _id: 1 }, { partialFilterExpression: { open: true } });
schema.index({ 'subject.id': 1, _id: 1 });
export const EventModel = mongoose.model('DomainEvent', schema, 'events');

export type NewEvent = Omit<DomainEvent, 'id' | 'at' | 'actorId'>;

/** The event's document, with the subscribers that wait for it. */
export function eventDocument(
  event: NewEvent,
  subscribers: Subscriber[],
  by: { id: string; at: Date; actor: Actor; process?: string },
) {
  const pending =
    event.cause.depth >= maxDepth
      ? []
      : subscribers.filter(({ event: name }) => name === event.name).map(({ name }) => name);
  return {
    _id: by.id,
    name: event.name,
    payload: event.payload,
    at: by.at,
    actorId: by.actor.id,
    subject: event.subject,
    cause: event.cause,
    pending,
    open: pending.length > 0,
    nextAt: by.at,
    process: by.process,
  };
}
export type EventDocument = ReturnType<typeof eventDocument>;

export const eventOf = ({ _id, ...event }: EventDocument): DomainEvent => ({ ...event, id: _id });

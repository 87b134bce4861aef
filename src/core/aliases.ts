/**
 * The ids of records that were merged away go on to be understood: whoever still names one (a link, a button, a timer,
 * a flow that runs) means the record that it went into. The bus replaces them before a handler sees them.
 */
import mongoose, { Schema } from 'mongoose';
import type { RecordKind } from './rights.ts';

export type AliasDocument = {
  /** The id that is no record's any more. */
  _id: string;
  kind: RecordKind;
  into: string;
  mergeId: string;
  /** What people call it: #15. */
  number?: number;
};
const schema = new Schema<AliasDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    into: { type: String, required: true },
    mergeId: { type: String, required: true },
    number: Number,
  },
  { versionKey: false },
);
schema.index({ into: 1 });
schema.index({ kind: 1, number: 1 }, { partialFilterExpression: { number: { $exists: true } } });
export const AliasModel = mongoose.model<AliasDocument>('Alias', schema, 'aliases');

/** Fields of inputs that hold ids of records that can be merged. */
const fields = ['leadId', 'contactId', 'leadIds', 'contactIds'] as const;
type Input = Record<string, unknown>;

/** The ids in an input that may have been merged away. */
export function idsIn(input: unknown): string[] {
  if (!input || typeof input !== 'object') return [];
  return fields.flatMap((field) => (input as Input)[field] ?? []).filter((id) => typeof id === 'string');
}

/** Old id → the id of the record that stands for it now; those that are nobody's alias are absent. */
export async function survivorsOf(ids: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let asking = ids.map((id) => ({ old: id, at: id }));
  // A record that took others in may have been merged itself.
  while (asking.length) {
    const aliases = await AliasModel.find({ _id: { $in: asking.map(({ at }) => at) } }).lean();
    const into = new Map(aliases.map(({ _id, into }) => [_id, into]));
    asking = asking.flatMap(({ old, at }) => {
      const next = into.get(at);
      if (next) found.set(old, next);
      return next ? [{ old, at: next }] : [];
    });
  }
  return found;
}

export const survivorOf = async (id: string): Promise<string> => (await survivorsOf([id])).get(id) ?? id;

/** The input with the survivors in the places of those that were merged away. */
export function withSurvivors<T>(input: T, survivors: Map<string, string>): T {
  if (!survivors.size) return input;
  const put = (value: unknown): unknown =>
    Array.isArray(value)
      ? [...new Set(value.map(put))]
      : typeof value === 'string'
        ? (survivors.get(value) ?? value)
        : value;
  const changed = fields
    .filter((field) => (input as Input)[field] !== undefined)
    .map((field) => [field, put((input as Input)[field])]);
  return { ...input, ...Object.fromEntries(changed) };
}

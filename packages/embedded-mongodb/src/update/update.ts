import { compare } from '../bson/compare.ts';
import { show } from '../bson/ejson.ts';
import { identical } from '../bson/identical.ts';
import { type Doc, typeName, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { FilterOptions } from '../query/operators.ts';
import { compileOperators } from './operators.ts';
import { compilePipelineUpdate } from './pipeline.ts';

export interface UpdateOptions extends FilterOptions {
  arrayFilters?: Doc[] | undefined;
}

export interface UpdateContext {
  /** The document is made by an upsert: `$setOnInsert` counts, and `_id` may be set. */
  isInsert?: boolean;
  /** The index that the positional `$` stands for; see `compilePositional`. */
  matchedArrayIndex?: number | undefined;
  /** For `$currentDate` and `$$NOW`: milliseconds since 1970. */
  now?: number;
  /** For `$currentDate: {$type: 'timestamp'}`. */
  timestamp?: () => Value;
}

/** Gives a new document (the old one is left as it is) and tells whether anything changed, to the byte. */
export type Update = ((doc: Doc, context?: UpdateContext) => { doc: Doc; modified: boolean }) & {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** The positional `$` occurs, so `matchedArrayIndex` is wanted. */
  readonly needsPosition: boolean;
};

/** Compiles an update: operators, a whole replacement, or a pipeline. Throws MongoDB's parse errors. */
export function compileUpdate(update: Doc | Doc[], options: UpdateOptions = {}): Update {
  if (Array.isArray(update)) {
    if (options.arrayFilters?.length)
      throw fault('FailedToParse', 'arrayFilters may not be specified for pipeline-syle updates');
    return finish('pipeline', false, compilePipelineUpdate(update, options));
  }
  const first = update.keys().next().value;
  if (first?.startsWith('$')) {
    const compiled = compileOperators(update, options);
    return finish('operators', compiled.needsPosition, compiled.apply);
  }
  if (options.arrayFilters?.length)
    throw fault('FailedToParse', 'arrayFilters may not be specified for replacement-style updates');
  for (const name of update.keys())
    if (name.startsWith('$'))
      throw fault(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  return finish('replacement', false, (doc) => replace(doc, update));
}

function finish(
  kind: Update['kind'],
  needsPosition: boolean,
  apply: (doc: Doc, context: UpdateContext) => Doc,
): Update {
  const run = (doc: Doc, context: UpdateContext = {}) => {
    const applied = apply(doc, context);
    const next = context.isInsert ? idFirst(applied) : applied;
    if (next === doc) return { doc, modified: false };
    checkId(doc, next, kind, context);
    return { doc: next, modified: !identical(doc, next) };
  };
  return Object.assign(run, { kind, needsPosition });
}

/** A new document has its `_id` in the first place. */
function idFirst(doc: Doc): Doc {
  const id = doc.get('_id');
  if (id === undefined || doc.keys().next().value === '_id') return doc;
  return new Map([['_id', id], ...doc]);
}

/** The replacement keeps the old `_id` in its first place. */
function replace(doc: Doc, replacement: Doc): Doc {
  const id = doc.get('_id');
  if (id === undefined || replacement.has('_id')) return new Map(replacement);
  return new Map([['_id', id], ...replacement]);
}

function checkId(before: Doc, after: Doc, kind: Update['kind'], context: UpdateContext): void {
  const id = after.get('_id');
  const old = before.get('_id');
  if (Array.isArray(id) || id?.constructor?.name === 'BsonRegExp')
    throw fault('InvalidIdField', `The '_id' value cannot be of type ${typeName(id as Value)}`);
  if (context.isInsert && old === undefined) return;
  if (old === undefined || (id !== undefined && compare(old, id) === 0 && identical(old, id))) return;
  if (id !== undefined && compare(old, id) === 0 && kind !== 'operators') return;
  throw fault(
    'ImmutableField',
    kind === 'operators'
      ? "Performing an update on the path '_id' would modify the immutable field '_id'"
      : `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(id)}`,
  );
}

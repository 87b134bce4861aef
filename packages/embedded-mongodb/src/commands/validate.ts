import { type Doc, makeCollator, type Value } from '../bson/index.ts';
import { MongoServerFault } from '../errors.ts';
import { failureDetails } from '../query/failure-details.ts';
import { compileFilter, type FilterOptions } from '../query/index.ts';
import type { Collection } from '../storage/catalog.ts';
import { boolField, type Context } from './context.ts';

const compiled = new WeakMap<Doc, (document: Doc) => boolean>();

/** The collection's validator, if it has one, over a document that is about to be written. */
export function validate(ctx: Context, collection: Collection, document: Doc, before?: Doc): void {
  const validator = collection.options.get('validator');
  if (!(validator instanceof Map) || validator.size === 0) return;
  if (boolField(ctx.body, 'bypassDocumentValidation')) return;
  const level = collection.options.get('validationLevel') ?? 'strict';
  if (level === 'off') return;
  const test = compileValidator(collection, validator);
  if (test(document)) return;
  // Moderate: a document that was invalid before may stay so.
  if (level === 'moderate' && before !== undefined && !test(before)) return;
  if (collection.options.get('validationAction') === 'warn') {
    ctx.server.log(`document in ${collection.ns} fails validation`);
    return;
  }
  throw new ValidationFault(document, failureDetails(validator, document, optionsOf(collection)));
}

export function compileValidator(collection: Collection, validator: Doc): (document: Doc) => boolean {
  let test = compiled.get(validator);
  if (test === undefined) {
    test = compileFilter(validator, optionsOf(collection));
    compiled.set(validator, test);
  }
  return test;
}

function optionsOf(collection: Collection): FilterOptions {
  const collation = collection.options.get('collation');
  return { collation: makeCollator(collation instanceof Map ? collation : undefined) };
}

class ValidationFault extends MongoServerFault {
  readonly errInfo: Doc;
  readonly extra: Record<string, Doc>;

  constructor(document: Doc, details: Doc) {
    super(121, 'DocumentValidationFailure', 'Document failed validation');
    this.errInfo = new Map<string, Value>([
      ['failingDocumentId', document.get('_id') ?? null],
      ['details', details],
    ]);
    this.extra = { errInfo: this.errInfo };
  }
}

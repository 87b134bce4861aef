import { type Doc, int, intValue, makeCollator, parsePath, show, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { compileFilter } from '../query/index.ts';
import type { Index } from './catalog.ts';
import { indexPrefix } from './keys.ts';

/** Compiles a stored or new index definition. The definition was checked by {@link normalizeIndexSpec}. */
export function readIndex(spec: Doc, collectionId: number, id: number): Index {
  const key = spec.get('key') as Doc;
  const partialFilter = spec.get('partialFilterExpression') as Doc | undefined;
  const expire = intValue(spec.get('expireAfterSeconds'));
  const collation = spec.get('collation') as Doc | undefined;
  const collator = makeCollator(collation);
  const fields = [...key.keys()];
  return {
    id,
    name: spec.get('name') as string,
    spec,
    fields,
    paths: fields.map(parsePath),
    directions: [...key.values()].map((direction) => (intValue(direction)! < 0 ? -1 : 1)),
    geo: geoKinds(key),
    unique: spec.get('unique') === true || (fields.length === 1 && fields[0] === '_id'),
    prepareUnique: spec.get('prepareUnique') === true,
    sparse: spec.get('sparse') === true,
    hidden: spec.get('hidden') === true,
    partialFilter,
    partial: partialFilter && compileFilter(partialFilter, { collation: collator }),
    expireAfterSeconds: expire,
    collation,
    collator,
    isMultikey: false,
    isReady: false,
    since: 0,
    prefix: indexPrefix(collectionId, id),
  };
}

function geoKinds(key: Doc): Index['geo'] {
  const kinds = [...key.values()].map((kind) => (kind === '2d' || kind === '2dsphere' ? kind : undefined));
  return kinds.some((kind) => kind !== undefined) ? kinds : undefined;
}

/** InvalidIndexSpecificationOption. */
const INVALID_OPTION = 197;

const BOOLEAN_OPTIONS = ['unique', 'sparse', 'hidden', 'background'] as const;
const KNOWN = new Set([
  ...BOOLEAN_OPTIONS,
  'key',
  'name',
  'v',
  'ns',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  '2dsphereIndexVersion',
]);
const SPECIAL_OPTIONS = new Set([
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'storageEngine',
  'wildcardProjection',
  'clustered',
  'prepareUnique',
]);

/** Checks a definition as it came from a client and brings it into the form in which it is listed. */
export function normalizeIndexSpec(given: Doc, collection: Doc): Doc {
  const key = given.get('key');
  if (!(key instanceof Map))
    throw fault('FailedToParse', "The 'key' field is a required property of an index specification");
  assertKey(key);
  const name = given.get('name');
  if (typeof name !== 'string' || name === '') {
    throw fault('FailedToParse', "The 'name' field is a required property of an index specification");
  }
  if (name.includes('\0')) throw fault('CannotCreateIndex', 'The index name cannot contain NULL bytes');
  for (const option of given.keys()) {
    if (SPECIAL_OPTIONS.has(option)) throw unsupported(`The index option '${option}'`);
    if (!KNOWN.has(option)) {
      throw fault(INVALID_OPTION, `The field '${option}' is not valid for an index specification.`);
    }
  }
  const spec: Doc = new Map<string, Value>([['v', int(2)]]);
  spec.set('key', key);
  spec.set('name', name);
  for (const option of BOOLEAN_OPTIONS) {
    const value = given.get(option);
    if (value === undefined || option === 'background') continue;
    if (isTruthy(value, option)) spec.set(option, true);
  }
  addPartialFilter(given, spec);
  addExpiry(given, spec, key);
  const collation = given.get('collation') ?? collection.get('collation');
  if (collation !== undefined) {
    if (!(collation instanceof Map)) throw fault('TypeMismatch', "The field 'collation' must be an object");
    makeCollator(collation);
    if (collation.get('locale') !== 'simple') spec.set('collation', collation);
  }
  if (geoKinds(key)?.includes('2dsphere')) spec.set('2dsphereIndexVersion', int(3));
  if (geoKinds(key) !== undefined && spec.has('unique')) throw unsupported('A unique geospatial index');
  const isId = key.size === 1 && key.has('_id');
  if (isId && name === '_id_' && (given.get('sparse') || given.get('partialFilterExpression'))) {
    throw fault(INVALID_OPTION, 'The _id index cannot be sparse or partial.');
  }
  return spec;
}

function assertKey(key: Doc): void {
  if (key.size === 0) throw fault('CannotCreateIndex', 'Index keys cannot be empty.');
  if (key.size > 32) throw fault(13103, `Index key pattern too large: ${show(key)}`);
  for (const [field, direction] of key) {
    if (typeof direction === 'string') {
      if (['text', 'hashed', 'geoHaystack'].includes(direction)) {
        throw unsupported(`An index of kind '${direction}'`);
      }
      if (direction === '2d' || direction === '2dsphere') continue;
      throw fault('CannotCreateIndex', `Unknown index plugin '${direction}'`);
    }
    const number = intValue(direction);
    if (number === undefined || number === 0 || Number.isNaN(number)) {
      throw fault(
        'CannotCreateIndex',
        `Values in v:2 index key pattern cannot be of type ${direction === null ? 'null' : typeof direction}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    }
    if (field === '$**' || field.endsWith('.$**')) throw unsupported('A wildcard index');
    if (field === '' || field.split('.').includes('')) {
      throw fault('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    }
    if (field.startsWith('$')) {
      throw fault(
        'CannotCreateIndex',
        `Index key contains an illegal field name: field name starts with '$'.`,
      );
    }
  }
}

function addPartialFilter(given: Doc, spec: Doc): void {
  const filter = given.get('partialFilterExpression');
  if (filter === undefined) return;
  if (!(filter instanceof Map)) {
    throw fault('TypeMismatch', "The field 'partialFilterExpression' must be an object");
  }
  if (given.get('sparse') === true) {
    throw fault('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  compileFilter(filter, {});
  spec.set('partialFilterExpression', filter);
}

function addExpiry(given: Doc, spec: Doc, key: Doc): void {
  const expire = given.get('expireAfterSeconds');
  if (expire === undefined) return;
  const seconds = intValue(expire);
  if (seconds === undefined) {
    throw fault('CannotCreateIndex', "TTL index 'expireAfterSeconds' option must be numeric");
  }
  if (seconds < 0 || seconds > 2147483647) {
    throw fault(
      'CannotCreateIndex',
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than ${seconds}`,
    );
  }
  if (key.size > 1) {
    throw fault(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL.',
    );
  }
  if (key.has('_id')) {
    throw fault(
      INVALID_OPTION,
      "The field 'expireAfterSeconds' is not valid for an _id index specification.",
    );
  }
  spec.set('expireAfterSeconds', expire);
}

function isTruthy(value: Value, option: string): boolean {
  if (typeof value === 'boolean') return value;
  const number = intValue(value);
  if (number === undefined) {
    throw fault(
      'TypeMismatch',
      `The field '${option}' has value ${option}: ${show(value)}, which is not convertible to bool`,
    );
  }
  return number !== 0;
}

function unsupported(what: string): Error {
  return fault(
    'CommandNotSupported',
    `${what} is not supported by embedded-mongodb. Use a MongoDB server for it.`,
  );
}

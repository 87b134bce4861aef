import { isDeepStrictEqual } from 'node:util';
import { BSON } from 'mongodb';
import type { Entities } from './entities.ts';

/** An expectation of a test that was not met. */
export class Mismatch extends Error {}

/**
 * Compares as the unified test format says: a document at the root may have more fields than expected, one
 * further in may not; numbers are equal by value; `$$` operators decide for themselves.
 * Throws Mismatch, with the path to the first difference.
 */
export function match(
  actual: unknown,
  expected: unknown,
  entities: Entities,
  isRoot = true,
  path = '',
): void {
  const operator = operatorOf(expected);
  if (operator !== undefined) {
    const [name, wanted] = operator;
    const check = OPERATORS[name];
    if (check === undefined) throw new Mismatch(`${at(path)}: unknown operator ${name}`);
    check({ actual, wanted, entities, isRoot, path });
  } else if (Array.isArray(expected)) matchArray(actual, expected, entities, isRoot, path);
  else if (isDocument(expected)) matchDocument(actual, expected, entities, isRoot, path);
  else matchValue(actual, expected, path);
}

interface Check {
  actual: unknown;
  wanted: any;
  entities: Entities;
  isRoot: boolean;
  path: string;
}

const OPERATORS: Record<string, (check: Check) => void> = {
  $$exists: ({ actual, wanted, path }) => {
    if ((actual !== undefined) !== wanted) differ(path, wanted ? 'a value' : 'no value', actual);
  },
  $$unsetOrMatches: ({ actual, wanted, entities, isRoot, path }) => {
    if (actual !== undefined && actual !== null) match(actual, wanted, entities, isRoot, path);
  },
  $$type: ({ actual, wanted, path }) => {
    const names = Array.isArray(wanted) ? wanted : [wanted];
    const types = typesOf(actual);
    if (
      !names.some(
        (name) => types.includes(name) || (name === 'number' && types.some((type) => NUMBERS.has(type))),
      )
    )
      differ(path, `the type ${names}`, actual);
  },
  $$matchesEntity: ({ actual, wanted, entities, isRoot, path }) =>
    match(actual, entities.get(wanted), entities, isRoot, path),
  $$sessionLsid: ({ actual, wanted, entities, path }) =>
    matchValue(actual, entities.sessionIds.get(wanted) ?? entities.get<any>(wanted).id, path),
  $$matchesHexBytes: ({ actual, wanted, path }) => {
    const hex = Buffer.from(actual as Uint8Array).toString('hex');
    if (hex !== String(wanted).toLowerCase()) differ(path, wanted, hex);
  },
  $$lte: ({ actual, wanted, path }) => {
    if (!(Number(actual) <= Number(wanted))) differ(path, `at most ${wanted}`, actual);
  },
  $$matchAsRoot: ({ actual, wanted, entities, path }) => match(actual, wanted, entities, true, path),
  $$matchAsDocument: ({ actual, wanted, entities, path }) =>
    match(BSON.EJSON.parse(String(actual)), wanted, entities, false, path),
};

function operatorOf(expected: unknown): [string, unknown] | undefined {
  if (!isDocument(expected)) return undefined;
  const entries = Object.entries(expected);
  return entries.length === 1 && entries[0]![0].startsWith('$$') ? entries[0] : undefined;
}

function matchDocument(
  actual: any,
  expected: Record<string, unknown>,
  entities: Entities,
  isRoot: boolean,
  path: string,
): void {
  if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) differ(path, expected, actual);
  const read = actual instanceof Map ? (key: string) => actual.get(key) : (key: string) => actual[key];
  for (const [key, value] of Object.entries(expected)) {
    match(read(key), value, entities, false, `${path}.${key}`);
  }
  if (isRoot) return;
  for (const key of actual instanceof Map ? actual.keys() : Object.keys(actual)) {
    if (!Object.hasOwn(expected, key) && read(key) !== undefined) {
      throw new Mismatch(`${at(`${path}.${key}`)} is there, but not expected`);
    }
  }
}

function matchArray(
  actual: any,
  expected: unknown[],
  entities: Entities,
  isRoot: boolean,
  path: string,
): void {
  if (!Array.isArray(actual) || actual.length !== expected.length) differ(path, expected, actual);
  expected.forEach((value, index) => {
    match(actual[index], value, entities, isRoot, `${path}[${index}]`);
  });
}

function matchValue(actual: unknown, expected: unknown, path: string): void {
  const isEqual =
    isNumber(actual) && isNumber(expected)
      ? Number(actual) === Number(expected)
      : isDeepStrictEqual(plain(actual), plain(expected));
  if (!isEqual) differ(path, expected, actual);
}

function isNumber(value: unknown): boolean {
  const type = (value as { _bsontype?: string } | null | undefined)?._bsontype;
  return typeof value === 'number' || typeof value === 'bigint' || type === 'Long' || type === 'Int32';
}

function isDocument(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : BSON.EJSON.serialize({ value }, { relaxed: false }).value;
}

/** Names of BSON's types, as `$type` takes them. A number of JavaScript may have been any of three. */
function typesOf(value: unknown): string[] {
  if (value === undefined) return [];
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'number') return ['int', 'long', 'double'];
  if (value instanceof Date) return ['date'];
  if (typeof value === 'boolean') return ['bool'];
  if (typeof value === 'string') return ['string'];
  if (typeof value === 'bigint') return ['long'];
  if (value instanceof Uint8Array) return ['binData'];
  const type = (value as { _bsontype?: string })._bsontype;
  return [(type && BSON_TYPES[type]) ?? 'object'];
}

const NUMBERS = new Set(['int', 'long', 'double', 'decimal']);

const BSON_TYPES: Record<string, string> = {
  Binary: 'binData',
  UUID: 'binData',
  ObjectId: 'objectId',
  Timestamp: 'timestamp',
  Decimal128: 'decimal',
  Long: 'long',
  Int32: 'int',
  Double: 'double',
  BSONRegExp: 'regex',
  Code: 'javascript',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

function differ(path: string, expected: unknown, actual: unknown): never {
  throw new Mismatch(`${at(path)}: expected ${show(expected)}, got ${show(actual)}`);
}

function at(path: string): string {
  return path === '' ? 'the value' : path.replace(/^\./, '');
}

export function show(value: unknown): string {
  try {
    return value === undefined ? 'nothing' : BSON.EJSON.stringify({ value }).slice(9, -1).slice(0, 300);
  } catch {
    return String(value);
  }
}

import { equals } from '../bson/compare.ts';
import { show } from '../bson/ejson.ts';
import { compareNumbers, type Numeric, toExactBigInt, toNumber } from '../bson/numbers.ts';
import { bsonType, type Doc, isDoc, isNumber, T, typeName, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { BoundedRegExp } from './bounded-regex.ts';
import { toRegExp } from './regex.ts';
import { typeSet } from './type.ts';

/** Asks a value; `undefined` (missing) never reaches it. */
type Check = (v: Value) => boolean;
type MakeCheck = (operand: Value, schema: Doc) => Check;

/** `$jsonSchema`: draft 4 with MongoDB's `bsonType`, less what MongoDB leaves out ($ref, format, default …). */
export function compileJsonSchema(operand: Value): (doc: Doc) => boolean {
  if (!isDoc(operand)) throw fault('TypeMismatch', '$jsonSchema must be an object');
  return compileSchema(operand);
}

/** The same of any value, not only of documents. */
export function schemaCheck(schema: Doc): Check {
  return compileSchema(schema);
}

function compileSchema(schema: Doc): Check {
  const checks: Check[] = [];
  for (const [name, operand] of schema) {
    if (IGNORED.has(name)) continue;
    const make = KEYWORDS[name];
    if (!make)
      throw UNSUPPORTED.has(name)
        ? fault('FailedToParse', `$jsonSchema keyword '${name}' is not currently supported`)
        : fault('FailedToParse', `Unknown $jsonSchema keyword: ${name}`);
    checks.push(make(operand, schema));
  }
  return (v) => checks.every((check) => check(v));
}

const IGNORED = new Set([
  'title',
  'description',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'encrypt',
  'encryptMetadata',
]);
const UNSUPPORTED = new Set(['$ref', '$schema', 'default', 'definitions', 'format', 'id']);

const on =
  <V extends Value>(isOne: (v: Value) => v is V, check: (v: V) => boolean): Check =>
  (v) =>
    !isOne(v) || check(v);
const isString = (v: Value): v is string => typeof v === 'string';
const isArray = (v: Value): v is Value[] => Array.isArray(v);

const JSON_TYPES: Record<string, number[]> = {
  object: [T.object],
  array: [T.array],
  number: [T.int, T.long, T.double, T.decimal],
  boolean: [T.bool],
  string: [T.string],
  null: [T.null],
};

const KEYWORDS: Record<string, MakeCheck> = {
  bsonType: (operand, schema) => {
    if (schema.has('type'))
      throw fault('FailedToParse', "Cannot specify both $jsonSchema keywords 'bsonType' and 'type'");
    const wanted = typeSet(operand, "$jsonSchema keyword 'bsonType'");
    return (v) => wanted.has(bsonType(v));
  },
  type: (operand) => {
    const list = Array.isArray(operand) ? operand : [operand];
    const wanted = new Set(
      list.flatMap((name) => {
        if (name === 'integer')
          throw fault('FailedToParse', "$jsonSchema type 'integer' is not currently supported.");
        const types = typeof name === 'string' ? JSON_TYPES[name] : undefined;
        if (!types) throw fault('BadValue', `Unknown type name alias: ${show(name)}`);
        return types;
      }),
    );
    return (v) => wanted.has(bsonType(v));
  },
  enum: (operand) => {
    if (!isArray(operand) || operand.length === 0)
      throw fault('FailedToParse', "$jsonSchema keyword 'enum' must be a non-empty array");
    return (v) => operand.some((item) => equals(item, v));
  },
  allOf: (operand) => {
    const list = schemas('allOf', operand);
    return (v) => list.every((check) => check(v));
  },
  anyOf: (operand) => {
    const list = schemas('anyOf', operand);
    return (v) => list.some((check) => check(v));
  },
  oneOf: (operand) => {
    const list = schemas('oneOf', operand);
    return (v) => list.filter((check) => check(v)).length === 1;
  },
  not: (operand) => {
    const inner = compileSchema(wantSchema('not', operand));
    return (v) => !inner(v);
  },
  minimum: (operand, schema) =>
    limit('minimum', operand, schema.get('exclusiveMinimum'), (order) => order > 0),
  maximum: (operand, schema) =>
    limit('maximum', operand, schema.get('exclusiveMaximum'), (order) => order < 0),
  multipleOf: (operand) => {
    if (!isNumber(operand) || compareNumbers(operand, 0) <= 0)
      throw fault('FailedToParse', "$jsonSchema keyword 'multipleOf' must have a positive value");
    return on(isNumber, (v: Numeric) => {
      const [a, b] = [toExactBigInt(v), toExactBigInt(operand)];
      return a !== undefined && b !== undefined ? a % b === 0n : toNumber(v) % toNumber(operand) === 0;
    });
  },
  minLength: (operand) => {
    const n = wantCount('minLength', operand);
    return on(isString, (v) => Array.from(v).length >= n);
  },
  maxLength: (operand) => {
    const n = wantCount('maxLength', operand);
    return on(isString, (v) => Array.from(v).length <= n);
  },
  pattern: (operand) => {
    if (!isString(operand)) throw fault('TypeMismatch', "$jsonSchema keyword 'pattern' must be a string");
    const regex = toRegExp(operand, '');
    return on(isString, (v) => regex.test(v));
  },
  required: (operand) => {
    const names = wantNames('required', operand);
    return on(isDoc, (v: Doc) => names.every((name) => v.has(name)));
  },
  properties: (operand) => {
    const list = [...wantSchema('properties', operand)].map(([name, s]): [string, Check] => [
      name,
      compileSchema(wantSchema(name, s)),
    ]);
    return on(isDoc, (v: Doc) =>
      list.every(([name, check]) => {
        const item = v.get(name);
        return item === undefined || check(item);
      }),
    );
  },
  patternProperties: (operand) => {
    const list = [...wantSchema('patternProperties', operand)].map(([p, s]): [BoundedRegExp, Check] => [
      toRegExp(p, ''),
      compileSchema(wantSchema(p, s)),
    ]);
    return on(isDoc, (v: Doc) =>
      [...v].every(([name, item]) => list.every(([p, check]) => !p.test(name) || check(item))),
    );
  },
  additionalProperties: (operand, schema) => {
    const known = schema.get('properties');
    const patterns = schema.get('patternProperties');
    const regexes = isDoc(patterns) ? [...patterns.keys()].map((p) => toRegExp(p, '')) : [];
    const check =
      typeof operand === 'boolean'
        ? () => operand
        : compileSchema(wantSchema('additionalProperties', operand));
    return on(isDoc, (v: Doc) =>
      [...v].every(
        ([name, item]) =>
          (isDoc(known) && known.has(name)) || regexes.some((p) => p.test(name)) || check(item),
      ),
    );
  },
  minProperties: (operand) => {
    const n = wantCount('minProperties', operand);
    return on(isDoc, (v: Doc) => v.size >= n);
  },
  maxProperties: (operand) => {
    const n = wantCount('maxProperties', operand);
    return on(isDoc, (v: Doc) => v.size <= n);
  },
  dependencies: (operand) => {
    const list = [...wantSchema('dependencies', operand)].map(([name, d]): [string, (v: Doc) => boolean] => {
      if (isDoc(d)) return [name, compileSchema(d)];
      const names = wantNames(name, d);
      return [name, (v) => names.every((n) => v.has(n))];
    });
    return on(isDoc, (v: Doc) => list.every(([name, check]) => !v.has(name) || check(v)));
  },
  minItems: (operand) => {
    const n = wantCount('minItems', operand);
    return on(isArray, (v) => v.length >= n);
  },
  maxItems: (operand) => {
    const n = wantCount('maxItems', operand);
    return on(isArray, (v) => v.length <= n);
  },
  uniqueItems: (operand) => {
    if (typeof operand !== 'boolean')
      throw fault('TypeMismatch', "$jsonSchema keyword 'uniqueItems' must be a boolean");
    return on(
      isArray,
      (v) => !operand || v.every((item, i) => v.findIndex((other) => equals(item, other)) === i),
    );
  },
  items: (operand) => {
    if (!isArray(operand)) {
      const check = compileSchema(wantSchema('items', operand));
      return on(isArray, (v) => v.every(check));
    }
    const list = operand.map((s) => compileSchema(wantSchema('items', s)));
    return on(isArray, (v) => list.every((check, i) => i >= v.length || check(v[i]!)));
  },
  additionalItems: (operand, schema) => {
    const items = schema.get('items');
    if (!isArray(items ?? null)) return () => true;
    const check =
      typeof operand === 'boolean' ? () => operand : compileSchema(wantSchema('additionalItems', operand));
    return on(isArray, (v) => v.slice((items as Value[]).length).every(check));
  },
};

function limit(
  name: string,
  operand: Value,
  exclusive: Value | undefined,
  accept: (order: number) => boolean,
): Check {
  if (!isNumber(operand)) throw fault('TypeMismatch', `$jsonSchema keyword '${name}' must be a number`);
  if (exclusive !== undefined && typeof exclusive !== 'boolean')
    throw fault('TypeMismatch', `$jsonSchema keyword 'exclusive${name}' must be a boolean`);
  return on(isNumber, (v: Numeric) => {
    const order = compareNumbers(v, operand);
    return accept(order) || (order === 0 && !exclusive);
  });
}

function schemas(name: string, operand: Value): Check[] {
  if (!isArray(operand))
    throw fault(
      'TypeMismatch',
      `$jsonSchema keyword '${name}' must be an array, but found an element of type ${typeName(operand)}`,
    );
  if (operand.length === 0)
    throw fault('BadValue', `$jsonSchema keyword '${name}' must be a non-empty array`);
  return operand.map((s) => compileSchema(wantSchema(name, s)));
}

function wantSchema(name: string, v: Value): Doc {
  if (!isDoc(v)) throw fault('TypeMismatch', `$jsonSchema keyword '${name}' must be an object`);
  return v;
}

function wantNames(name: string, v: Value): string[] {
  if (!isArray(v))
    throw fault(
      'TypeMismatch',
      `$jsonSchema keyword '${name}' must be an array, but found an element of type ${typeName(v)}`,
    );
  if (v.length === 0) throw fault('FailedToParse', `$jsonSchema keyword '${name}' cannot be an empty array`);
  for (const item of v)
    if (!isString(item))
      throw fault('TypeMismatch', `$jsonSchema keyword '${name}' must be an array of strings`);
  if (new Set(v).size !== v.length)
    throw fault('FailedToParse', `$jsonSchema keyword '${name}' array cannot contain duplicate values`);
  return v as string[];
}

function wantCount(name: string, v: Value): number {
  const n = isNumber(v) ? toExactBigInt(v) : undefined;
  if (n === undefined)
    throw fault(
      isNumber(v) ? 'FailedToParse' : 'TypeMismatch',
      `$jsonSchema keyword '${name}' must be an integer`,
    );
  if (n < 0n) throw fault('FailedToParse', `$jsonSchema keyword '${name}' must be a non-negative integer`);
  return Number(n);
}

import { show } from '../bson/ejson.ts';
import { parsePath } from '../bson/path.ts';
import { BsonRegExp, type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { type Match, type Node, toPositional, toPredicate } from './match.ts';
import { equalTo, type FilterOptions, operators } from './operators.ts';
import { regexLeaf } from './regex.ts';
import { topLevel } from './top-level.ts';

export type { FilterOptions } from './operators.ts';

/** Compiles a filter once; the result tells of each document whether it matches. Throws MongoDB's parse errors. */
export function compileFilter(filter: Doc, options: FilterOptions = {}): (doc: Doc) => boolean {
  return toPredicate(parseFilter(filter, options));
}

/**
 * For updates and projections with the positional `$`: the index of the array element by which a document matches,
 * as MongoDB records it (the outermost array of the last condition that went through one).
 */
export function compilePositional(
  filter: Doc,
  options: FilterOptions = {},
): (doc: Doc) => number | undefined {
  const run = toPositional(parseFilter(filter, options));
  return (doc) => {
    const found = { index: undefined as number | undefined };
    return run(doc, found) ? found.index : undefined;
  };
}

/** The filter as a tree of conditions, all of which must hold. */
export function parseFilter(filter: Doc, options: FilterOptions): Match {
  const parts: Match[] = [];
  for (const [key, value] of filter) {
    if (REFERENCE.has(key)) {
      parts.push({ kind: 'path', path: parsePath(key), node: equality(value, key, options) });
    } else if (key.startsWith('$')) {
      const match = parseTopLevel(key, value, options);
      if (match) parts.push(match);
    } else parts.push({ kind: 'path', path: parsePath(key), node: parseCondition(value, options, key) });
  }
  return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
}

/** The fields of a reference to another document are compared as any value is. */
const REFERENCE = new Set(['$ref', '$id', '$db']);

function equality(value: Value, field: string, options: FilterOptions): Node {
  const collation = field === '$id' ? options.collation : undefined;
  return { kind: 'leaf', leaf: 'expand', test: equalTo(value, collation) };
}

function parseTopLevel(key: string, value: Value, options: FilterOptions): Match | undefined {
  switch (key) {
    case '$and':
    case '$or':
    case '$nor':
      return { kind: key.slice(1) as 'and' | 'or' | 'nor', parts: parseList(key, value, options) };
    case '$comment':
      return undefined;
    default:
      return { kind: 'test', test: topLevel(key, value, options) };
  }
}

function parseList(key: string, value: Value, options: FilterOptions): Match[] {
  if (!Array.isArray(value)) throw fault('BadValue', `${key} must be an array`);
  if (value.length === 0) throw fault('BadValue', '$and/$or/$nor must be a nonempty array');
  return value.map((item) => {
    if (!isDoc(item)) throw fault('BadValue', '$or/$and/$nor entries need to be full objects');
    return parseFilter(item, options);
  });
}

/** What stands at a field: a value to equal, a regular expression, or a document of operators. */
export function parseCondition(value: Value, options: FilterOptions, field: string): Node {
  if (value instanceof BsonRegExp)
    return { kind: 'leaf', leaf: 'expand', test: regexLeaf(value.pattern, value.options) };
  if (isOperators(value)) return parseOperators(value as Doc, options, field);
  return { kind: 'leaf', leaf: 'expand', test: equalTo(value, options.collation) };
}

/** A document whose first key is an operator ({$ref, $id} is a reference, a plain value). */
export function isOperators(value: Value): boolean {
  if (!isDoc(value)) return false;
  const first = value.keys().next().value;
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

export function parseOperators(spec: Doc, options: FilterOptions, field: string): Node {
  const nodes: Node[] = [];
  for (const [name, operand] of spec) {
    if (name === '$comment') continue;
    if (name === '$options') {
      if (!spec.has('$regex')) throw fault('BadValue', '$options needs a $regex');
      continue;
    }
    // The limits of a $near that stands beside them.
    if (
      (name === '$maxDistance' || name === '$minDistance') &&
      (spec.has('$near') || spec.has('$nearSphere'))
    )
      continue;
    const parse = operators.get(name);
    if (!parse) throw fault('BadValue', `unknown operator: ${name}`);
    nodes.push(parse(operand, { options, field, spec, name }));
  }
  return nodes.length === 1 ? nodes[0]! : { kind: 'and', nodes };
}

/** `$not` takes operators or a regular expression. */
export function parseNot(operand: Value, options: FilterOptions, field: string): Node {
  if (operand instanceof BsonRegExp) return { kind: 'not', node: parseCondition(operand, options, field) };
  if (!isDoc(operand)) throw fault('BadValue', '$not needs a regex or a document');
  if (operand.size === 0) throw fault('BadValue', '$not cannot be empty');
  if (!isOperators(operand)) throw fault('BadValue', `unknown operator: ${operand.keys().next().value}`);
  return { kind: 'not', node: parseOperators(operand, options, field) };
}

/** `$elemMatch`: conditions on the elements' fields, or operators on the elements themselves. */
export function parseElemMatch(operand: Value, options: FilterOptions, field: string): Node {
  if (!isDoc(operand)) throw fault('BadValue', `$elemMatch needs an Object, not ${show(operand)}`);
  const first = operand.keys().next().value;
  const onValues =
    isOperators(operand) && !['$and', '$or', '$nor', '$where', '$expr', '$comment'].includes(first ?? '');
  if (onValues) return { kind: 'elemValue', node: parseOperators(operand, options, field) };
  return { kind: 'elemDoc', match: parseFilter(operand, options) };
}

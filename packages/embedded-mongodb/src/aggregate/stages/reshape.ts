import { show } from '../../bson/ejson.ts';
import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compileProjection } from '../../query/projection.ts';
import { addComputed, type ProjectionNode } from '../../query/projection-tree.ts';
import { compileExpression, type ExpressionOptions, fieldParts } from '../expression.ts';
import { nameOf } from '../operators/support.ts';
import { each, type MakeStage, wantDoc } from '../stage.ts';

type Reshape = (spec: Value, options: ExpressionOptions) => (doc: Doc) => Doc;

const compileProject: Reshape = (spec, options) =>
  compileProjection(wantDoc(spec, 15969, '$project specification must be an object'), {
    ...options,
    mode: 'aggregate',
  });

const compileAddFields =
  (name: string): Reshape =>
  (spec, options) => {
    if (!isDoc(spec))
      throw fault(40272, `${name} specification stage must be an object, got ${nameOf(spec)}`);
    if (spec.size === 0)
      throw fault(40177, `Invalid ${name} :: caused by :: specification must have at least one field`);
    const tree: ProjectionNode = { kind: 'tree', children: new Map() };
    place(spec, '', tree, options, name);
    return (doc) => addComputed(doc, tree, doc);
  };

const compileUnset: Reshape = (spec, options) => {
  const names = Array.isArray(spec) ? spec : [spec];
  if (names.length === 0)
    throw fault(31119, '$unset specification must be a string or an array with at least one field');
  for (const name of names)
    if (typeof name !== 'string')
      throw fault(
        Array.isArray(spec) ? 31120 : 31002,
        '$unset specification must be a string or an array containing only string values',
      );
  const exclusion = new Map((names as string[]).map((name): [string, Value] => [name, false]));
  if (exclusion.size !== names.length) throw fault(31250, `Path collision at ${names.at(-1)}`);
  return compileProjection(exclusion, { ...options, mode: 'aggregate' });
};

const compileReplaceRoot: Reshape = (spec, options) => {
  if (!isDoc(spec))
    throw fault(40229, `expected an object as specification for $replaceRoot stage, got ${nameOf(spec)}`);
  for (const key of spec.keys())
    if (key !== 'newRoot')
      throw fault(
        40230,
        `unrecognized option to $replaceRoot stage: ${key}, only valid option is 'newRoot'.`,
      );
  if (!spec.has('newRoot')) throw fault(40231, 'no newRoot specified for the $replaceRoot stage');
  return replacing(spec.get('newRoot')!, options, "'newRoot' expression");
};

const compileReplaceWith: Reshape = (spec, options) => replacing(spec, options, "'replacement document'");

/** The stages that work on one document at a time and may stand in an update; `$addFields` and `$set` are the same. */
export const reshapers: Readonly<Record<string, Reshape>> = {
  $addFields: compileAddFields('$addFields'),
  $set: compileAddFields('$set'),
  $project: compileProject,
  $unset: compileUnset,
  $replaceRoot: compileReplaceRoot,
  $replaceWith: compileReplaceWith,
};

/** The same, as stages of a pipeline. */
export const reshapingStages: [string, MakeStage][] = Object.entries(reshapers).map(([name, compileIt]) => [
  name,
  (spec, context) => each(compileIt(spec, context)),
]);

function replacing(expr: Value, options: ExpressionOptions, what: string): (doc: Doc) => Doc {
  const value = compileExpression(expr, options);
  return (doc) => {
    const v = value(doc);
    if (!isDoc(v))
      throw fault(
        40228,
        `${what} must evaluate to an object, but resulting value was: ${v === undefined ? 'MISSING' : show(v)}. Type of resulting value: '${nameOf(v)}'. Input document: ${show(doc)}`,
      );
    return v;
  };
}

/** Nested documents without operators stand for dotted paths. */
function place(
  spec: Doc,
  prefix: string,
  root: ProjectionNode,
  options: ExpressionOptions,
  stage: string,
): void {
  for (const [key, value] of spec) {
    const path = prefix + key;
    const parts = fieldParts(path);
    const isNested = isDoc(value) && value.size > 0 && !value.keys().next().value!.startsWith('$');
    if (isNested) {
      place(value as Doc, `${path}.`, root, options, stage);
      continue;
    }
    let at = root;
    parts.forEach((part, i) => {
      const isLast = i === parts.length - 1;
      const existing = at.children.get(part);
      if (existing && (isLast || existing.kind === 'computed'))
        throw fault(
          40176,
          `Invalid ${stage} :: caused by :: specification contains two conflicting paths. Cannot specify both '${path}' and '${parts.slice(0, i + 1).join('.')}'`,
        );
      if (existing) at = existing;
      else {
        const node: ProjectionNode = isLast
          ? { kind: 'computed', children: new Map(), expr: compileExpression(value, options) }
          : { kind: 'tree', children: new Map() };
        at.children.set(part, node);
        at = node;
      }
    });
  }
}

import { show } from '../bson/ejson.ts';
import { type Doc, isDoc, typeName } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { compileArrayFilters } from './array-filters.ts';
import { arrayModifiers } from './array-modifiers.ts';
import {
  compareUpdatePaths,
  type FieldPath,
  findConflict,
  parseUpdatePath,
  refuseDollar,
} from './field-path.ts';
import { type Modifier, type ModifierFactory, modifiers } from './modifiers.ts';
import { concretePaths } from './positional.ts';
import { renamePair } from './rename.ts';
import { changeAt } from './tree.ts';
import type { UpdateContext, UpdateOptions } from './update.ts';

interface Change {
  path: FieldPath;
  modifier: Modifier;
}

const factories: ReadonlyMap<string, ModifierFactory> = new Map([...modifiers, ...arrayModifiers]);

/** An update of `{$operator: {path: operand}}`. Changes are applied in the order of their paths, as MongoDB does. */
export function compileOperators(
  update: Doc,
  options: UpdateOptions,
): { apply: (doc: Doc, context: UpdateContext) => Doc; needsPosition: boolean } {
  const filters = compileArrayFilters(options.arrayFilters ?? [], options);
  const changes: Change[] = [];
  for (const [name, operands] of update) {
    if (name !== '$rename' && !factories.has(name))
      throw fault(
        'FailedToParse',
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!isDoc(operands))
      throw fault(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(operands)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(operands)}}`,
      );
    for (const [field, operand] of operands) {
      const path = parseUpdatePath(field);
      if (name === '$rename') for (const change of renamePair(path, operand)) changes.push(change);
      else changes.push({ path, modifier: factories.get(name)!(operand, { field, options }) });
    }
  }
  changes.sort((a, b) => compareUpdatePaths(a.path, b.path));
  const conflict = findConflict(changes.map((c) => c.path));
  if (conflict)
    throw fault(
      'ConflictingUpdateOperators',
      `Updating the path '${conflict.at}' would create a conflict at '${conflict.with}'`,
    );
  filters.checkUse(
    changes.map((c) => c.path),
    update,
  );
  const isDynamic = changes.some((c) => c.path.isPositional);
  return {
    needsPosition: changes.some((c) => c.path.parts.includes('$')),
    apply: (doc, context) => {
      let out = doc;
      const touched: string[][] = [];
      for (const { path, modifier } of changes) {
        if (modifier.onlyOnInsert && !context.isInsert) continue;
        if (modifier.creates && !context.isInsert) refuseDollar(path);
        const places = path.isPositional ? concretePaths(out, path, context, filters) : [path.parts];
        for (const parts of places) {
          if (isDynamic) noteTouched(touched, parts);
          out = changeAt(
            out,
            parts,
            (value, at) => modifier.apply(value, { ...at, context, original: doc }),
            modifier.creates,
          );
        }
      }
      return out;
    },
  };
}

function noteTouched(touched: string[][], parts: readonly string[]): void {
  for (const other of touched) {
    const n = Math.min(other.length, parts.length);
    let same = 0;
    while (same < n && other[same] === parts[same]) same++;
    if (same === n)
      throw fault(
        'ConflictingUpdateOperators',
        `Updating the path '${parts.join('.')}' would create a conflict at '${parts.slice(0, n).join('.')}'`,
      );
  }
  touched.push([...parts]);
}

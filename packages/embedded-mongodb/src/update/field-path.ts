import { compareUtf8 } from '../bson/compare.ts';
import { fault } from '../errors.ts';

export interface FieldPath {
  readonly text: string;
  readonly parts: readonly string[];
  /** Has `$`, `$[]` or `$[name]` among its parts. */
  readonly isPositional: boolean;
}

export function parseUpdatePath(text: string): FieldPath {
  if (text === '') throw fault(56, 'An empty update path is not valid.');
  const parts = text.split('.');
  if (parts.includes(''))
    throw fault(56, `The update path '${text}' contains an empty field name, which is not allowed.`);
  if (isPositionalPart(parts[0]!))
    throw fault(
      'BadValue',
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${text}'`,
    );
  if (parts.filter((p) => p === '$').length > 1)
    throw fault('BadValue', `Too many positional (i.e. '$') elements found in path '${text}'`);
  return { text, parts, isPositional: parts.some(isPositionalPart) };
}

/** An update does not make such a field in a document that is there; an upsert may, as an insert may. */
export function refuseDollar({ parts, text }: FieldPath): void {
  if (!parts[0]!.startsWith('$')) return;
  throw fault(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${parts[0]}' in '${text}' is not valid for storage.`,
  );
}

export function isPositionalPart(part: string): boolean {
  return part === '$' || (part.startsWith('$[') && part.endsWith(']'));
}

/** Part by part: numbers by value and before names, names by their bytes. */
export function compareUpdatePaths(a: FieldPath, b: FieldPath): number {
  const n = Math.min(a.parts.length, b.parts.length);
  for (let i = 0; i < n; i++) {
    const x = a.parts[i]!;
    const y = b.parts[i]!;
    if (x === y) continue;
    const isNumX = /^\d+$/.test(x);
    const isNumY = /^\d+$/.test(y);
    if (isNumX && isNumY && Number(x) !== Number(y)) return Number(x) - Number(y);
    if (isNumX !== isNumY) return isNumX ? -1 : 1;
    return compareUtf8(x, y);
  }
  return a.parts.length - b.parts.length;
}

/** Two paths of which one begins with the other cannot be changed together. The list is sorted. */
export function findConflict(paths: readonly FieldPath[]): { at: string; with: string } | undefined {
  for (let i = 1; i < paths.length; i++) {
    const a = paths[i - 1]!;
    const b = paths[i]!;
    if (a.parts.every((part, n) => part === b.parts[n])) return { at: b.text, with: a.text };
  }
  return undefined;
}

import { show } from '../bson/ejson.ts';
import { type Doc, isDoc, typeName, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { type FieldPath, parseUpdatePath } from './field-path.ts';
import type { Modifier } from './modifiers.ts';
import { REMOVE } from './tree.ts';

/** `$rename` is two changes: the old place is emptied, the new one gets what stood there before the update. */
export function renamePair(from: FieldPath, operand: Value): { path: FieldPath; modifier: Modifier }[] {
  if (typeof operand !== 'string')
    throw fault('BadValue', `The 'to' field for $rename must be a string: ${from.text}: ${show(operand)}`);
  const to = parseUpdatePath(operand);
  if (operand.includes('\0'))
    throw fault('BadValue', "The 'to' field for $rename cannot contain an embedded null byte");
  if (from.text === to.text)
    throw fault(
      'BadValue',
      `The source and target field for $rename must differ: ${from.text}: ${show(operand)}`,
    );
  for (const path of [from, to])
    if (path.isPositional)
      throw fault(
        'BadValue',
        `The ${path === from ? 'source' : 'destination'} field for $rename may not be dynamic: ${path.text}`,
      );
  return [
    { path: from, modifier: { creates: false, apply: () => REMOVE } },
    {
      path: to,
      modifier: {
        creates: true,
        apply: (value, { original }) => {
          const moved = valueAt(original, from);
          if (moved === undefined) return value;
          refuseArrays(original, to, 'destination');
          return moved;
        },
      },
    },
  ];
}

function valueAt(doc: Doc, path: FieldPath): Value | undefined {
  refuseArrays(doc, path, 'source');
  let at: Value | undefined = doc;
  for (const part of path.parts) at = isDoc(at) ? at.get(part) : undefined;
  return at;
}

function refuseArrays(doc: Doc, path: FieldPath, what: string): void {
  let at: Value | undefined = doc;
  for (const part of path.parts.slice(0, -1)) {
    at = isDoc(at) ? at.get(part) : undefined;
    if (Array.isArray(at))
      throw fault(
        'BadValue',
        `The ${what} field cannot be an array element, '${path.text}' in doc with _id: ${show(doc.get('_id'))} has an array field called '${part}' (${typeName(at)})`,
      );
  }
}

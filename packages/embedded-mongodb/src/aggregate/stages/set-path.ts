import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fieldParts } from '../expression.ts';

/** Sets a dotted field; what stands in the way gives place to documents. */
export function compileAddFieldsAt(path: string): (doc: Doc, value: Value) => Doc {
  const parts = fieldParts(path);
  const set = (doc: Doc, i: number, value: Value): Doc => {
    const out = new Map(doc);
    const name = parts[i]!;
    if (i === parts.length - 1) return out.set(name, value);
    const inner = out.get(name);
    return out.set(name, set(isDoc(inner) ? inner : new Map(), i + 1, value));
  };
  return (doc, value) => set(doc, 0, value);
}

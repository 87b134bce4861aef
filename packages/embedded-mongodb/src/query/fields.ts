import { type Doc, isDoc } from '../bson/values.ts';

/**
 * The top-level fields that a filter looks at, so that a scan needs to decode only these (`decodeFields`);
 * `undefined` when it may look at any (`$expr`, `$jsonSchema`).
 */
export function filterFields(filter: Doc): Set<string> | undefined {
  const out = new Set<string>();
  return collect(filter, out) ? out : undefined;
}

function collect(filter: Doc, out: Set<string>): boolean {
  for (const [key, value] of filter) {
    if (!key.startsWith('$')) {
      const dot = key.indexOf('.');
      out.add(dot < 0 ? key : key.slice(0, dot));
    } else if (key === '$and' || key === '$or' || key === '$nor') {
      if (!Array.isArray(value)) return false;
      for (const part of value) if (!isDoc(part) || !collect(part, out)) return false;
    } else if (key !== '$comment') return false;
  }
  return true;
}

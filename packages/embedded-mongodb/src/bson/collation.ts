import { fault } from '../errors.ts';
import { type Doc, intValue, type Value } from './values.ts';

/** Compares strings as a collation does; `key` gives bytes in the same order. */
export interface Collator {
  readonly spec: Doc;
  compare(a: string, b: string): number;
  key(text: string): Uint8Array;
}

/** Filled in by `makeCollator`; the simple collation (bytes) is `undefined`. */
export function makeCollator(spec: Doc | undefined): Collator | undefined {
  if (!spec || spec.size === 0 || spec.get('locale') === 'simple') return undefined;
  const locale: Value | undefined = spec.get('locale');
  if (typeof locale !== 'string') throw fault('BadValue', "The collation needs a 'locale' (a string).");
  const strength = intValue(spec.get('strength')) ?? 3;
  const fold = (s: string) => {
    let t = s.normalize('NFD');
    if (strength === 1) t = t.replace(/\p{M}+/gu, '');
    return strength <= 2 ? t.toLowerCase() : t;
  };
  const key = (s: string) => Buffer.from(fold(s), 'utf8');
  return { spec, key, compare: (a, b) => Math.sign(Buffer.compare(key(a), key(b))) };
}

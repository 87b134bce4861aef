import { BsonRegExp, BsonSymbol } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { BoundedRegExp } from './bounded-regex.ts';
import type { Leaf } from './match.ts';
import { translatePattern } from './pcre.ts';

/** A pattern asked of a string (or symbol); it also matches a stored regular expression that is the same. */
export function regexLeaf(pattern: string, options: string): Leaf {
  const regex = toRegExp(pattern, options);
  return (v) => {
    if (typeof v === 'string') return regex.test(v);
    if (v instanceof BsonSymbol) return regex.test(v.value);
    return v instanceof BsonRegExp && v.pattern === pattern && v.options === options;
  };
}

/**
 * A PCRE pattern as a JavaScript one. What JavaScript cannot express is refused with Location51091, never
 * approximated. `flags` are added ('g').
 */
export function toRegExp(pattern: string, options: string, flags = ''): BoundedRegExp {
  for (const letter of options)
    if (!'imsxu'.includes(letter)) throw fault(51108, `invalid flag in regex options: ${letter}`);
  if (pattern.includes('\0')) throw fault(51107, 'Regular expression cannot contain an embedded null byte');
  const { rest, letters } = leadingFlags(pattern, options);
  const translated = translatePattern(rest, {
    extended: letters.includes('x'),
    multiline: letters.includes('m'),
    dotAll: letters.includes('s'),
  });
  try {
    return new BoundedRegExp(translated, `${letters.includes('i') ? 'i' : ''}u${flags}`);
  } catch (error) {
    throw fault(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** `(?i)abc` sets the flags of all that follows. */
function leadingFlags(pattern: string, letters: string): { rest: string; letters: string } {
  const m = /^\(\?([imsx]+)\)/.exec(pattern);
  return m ? leadingFlags(pattern.slice(m[0].length), letters + m[1]) : { rest: pattern, letters };
}

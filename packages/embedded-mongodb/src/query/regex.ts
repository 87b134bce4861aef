import { BsonRegExp, BsonSymbol } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { Leaf } from './match.ts';

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
 * approximated. `flags` are added ('g', 'd').
 */
export function toRegExp(pattern: string, options: string, flags = ''): RegExp {
  for (const letter of options)
    if (!'imsxu'.includes(letter)) throw fault(51108, `invalid flag in regex options: ${letter}`);
  if (pattern.includes('\0')) throw fault(51107, 'Regular expression cannot contain an embedded null byte');
  const state = {
    extended: options.includes('x'),
    i: options.includes('i'),
    m: options.includes('m'),
    s: options.includes('s'),
  };
  const translated = translate(takeLeadingFlags(pattern, state), state.extended);
  const jsFlags = `${state.i ? 'i' : ''}${state.m ? 'm' : ''}${state.s ? 's' : ''}${flags}`;
  try {
    return new RegExp(translated, `${jsFlags}u`);
  } catch {
    try {
      return new RegExp(translated, jsFlags);
    } catch (error) {
      throw fault(51091, `Regular expression is invalid: ${(error as Error).message}`);
    }
  }
}

interface Flags {
  extended: boolean;
  i: boolean;
  m: boolean;
  s: boolean;
}

/** `(?i)abc` sets the flags of all that follows. */
function takeLeadingFlags(pattern: string, flags: Flags): string {
  const m = /^\(\?([imsx]+)\)/.exec(pattern);
  if (!m) return pattern;
  for (const letter of m[1]!) flags[(letter === 'x' ? 'extended' : letter) as keyof Flags] = true;
  return takeLeadingFlags(pattern.slice(m[0].length), flags);
}

const POSIX: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: 'A-Fa-f0-9',
  word: '\\w',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

const ESCAPES: Record<string, string> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?=\\n?(?![\\s\\S]))',
  h: '[ \\t\\xa0]',
  R: '(?:\\r\\n|[\\n\\v\\f\\r])',
  a: '\\x07',
  e: '\\x1b',
};

function translate(pattern: string, extended: boolean): string {
  let out = '';
  let i = 0;
  const n = pattern.length;
  while (i < n) {
    const c = pattern[i]!;
    if (c === '\\') {
      const next = pattern[i + 1];
      if (next === undefined) throw unsupported('\\ at end of pattern');
      if (next === 'Q') {
        const end = pattern.indexOf('\\E', i + 2);
        out += pattern.slice(i + 2, end < 0 ? n : end).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
        i = end < 0 ? n : end + 2;
        continue;
      }
      if ('GKXCU'.includes(next)) throw unsupported(`\\${next}`);
      out += ESCAPES[next] ?? escapeOf(next);
      i += 2;
    } else if (c === '[') {
      const [text, end] = bracket(pattern, i);
      out += text;
      i = end;
    } else if (c === '(' && pattern.startsWith('(?', i)) {
      const [text, length] = group(pattern, i);
      out += text;
      i += length;
    } else if (extended && /\s/.test(c)) i++;
    else if (extended && c === '#') {
      const end = pattern.indexOf('\n', i);
      i = end < 0 ? n : end + 1;
    } else if ('+*?}'.includes(c) && pattern[i + 1] === '+') throw unsupported('possessive quantifier');
    else {
      out += c;
      i++;
    }
  }
  return out;
}

/** JavaScript's unicode mode knows only the escapes it needs: `\-` or `\@` stand for the character itself. */
const escapeOf = (c: string) => (/[A-Za-z0-9\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c);

function group(pattern: string, at: number): [string, number] {
  const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(pattern.slice(at));
  if (named) return [`(?<${named[1]}>`, named[0].length];
  const plain = /^\(\?(?:[:=!]|<[=!]|[ims]*(?:-[ims]+)?:)/.exec(pattern.slice(at));
  if (plain) return [plain[0], plain[0].length];
  const comment = /^\(\?#[^)]*\)/.exec(pattern.slice(at));
  if (comment) return ['', comment[0].length];
  throw unsupported(pattern.slice(at, at + 3));
}

function bracket(pattern: string, at: number): [string, number] {
  let i = at + 1;
  let out = '[';
  if (pattern[i] === '^') {
    out += '^';
    i++;
  }
  for (let first = true; ; first = false) {
    const c = pattern[i];
    if (c === undefined) throw unsupported('missing terminating ] for character class');
    if (c === ']' && !first) return [`${out}]`, i + 1];
    const posix = /^\[:(\^?)(\w+):\]/.exec(pattern.slice(i));
    if (posix) {
      const set = POSIX[posix[2]!];
      if (!set || posix[1]) throw unsupported(posix[0]);
      out += set;
      i += posix[0].length;
    } else if (c === '\\') {
      const next = pattern[i + 1] ?? '';
      out += next === 'h' ? ' \\t' : next === '-' ? '\\-' : escapeOf(next);
      i += 2;
    } else {
      out += c === '[' || c === ']' ? `\\${c}` : c;
      i++;
    }
  }
}

const unsupported = (what: string) =>
  fault(51091, `Regular expression is invalid or uses what this server does not support: ${what}`);

import { fault } from '../errors.ts';

/** The switches that change what a pattern's signs mean. */
export interface PatternFlags {
  extended: boolean;
  multiline: boolean;
  dotAll: boolean;
}

const ASCII_SPACE = ' \\t\\n\\v\\f\\r';
const VERTICAL = '\\n\\v\\f\\r\\x85\\u2028\\u2029';
const END = '(?![\\s\\S])';

const POSIX: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ASCII_SPACE,
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: 'A-Fa-f0-9',
  word: '\\w',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

/** Escapes that mean something else, or nothing, in JavaScript. */
const ESCAPES: Record<string, string> = {
  A: '(?<![\\s\\S])',
  z: END,
  Z: `(?=\\n?${END})`,
  s: `[${ASCII_SPACE}]`,
  S: `[^${ASCII_SPACE}]`,
  h: '[ \\t\\xa0]',
  H: '[^ \\t\\xa0]',
  v: `[${VERTICAL}]`,
  V: `[^${VERTICAL}]`,
  N: '[^\\n]',
  R: `(?:\\r\\n|[${VERTICAL}])`,
  a: '\\x07',
  e: '\\x1b',
};

const IN_CLASS: Record<string, string> = {
  s: ASCII_SPACE,
  h: ' \\t\\xa0',
  v: VERTICAL,
  a: '\\x07',
  e: '\\x1b',
};

/**
 * A PCRE pattern as one for JavaScript's unicode mode, with the same meaning: the dot stops only at a newline, `$`
 * also stands before a last one, `\s` is ASCII. What JavaScript cannot express is refused with Location51091.
 */
export function translatePattern(pattern: string, flags: PatternFlags): string {
  let out = '';
  let i = 0;
  while (i < pattern.length) {
    const c = pattern[i]!;
    let piece: [string, number];
    if (c === '\\') piece = escaped(pattern, i);
    else if (c === '[') piece = bracket(pattern, i);
    else if (c === '(' && pattern[i + 1] === '?') piece = group(pattern, i);
    else if (flags.extended && /\s/.test(c)) piece = ['', i + 1];
    else if (flags.extended && c === '#') {
      const end = pattern.indexOf('\n', i);
      piece = ['', end < 0 ? pattern.length : end + 1];
    } else if ('+*?}'.includes(c) && pattern[i + 1] === '+') throw unsupported('possessive quantifier');
    else piece = [sign(c, pattern, i, flags), i + 1];
    out += piece[0];
    i = piece[1];
  }
  return out;
}

function sign(c: string, pattern: string, at: number, { multiline, dotAll }: PatternFlags): string {
  switch (c) {
    case '.':
      return dotAll ? '[\\s\\S]' : '[^\\n]';
    case '^':
      return multiline ? '(?<![^\\n])' : '(?<![\\s\\S])';
    case '$':
      return multiline ? '(?![^\\n])' : `(?=\\n?${END})`;
    case '{':
      return /^\{\d+(?:,\d*)?\}/.test(pattern.slice(at)) ? c : '\\{';
    case '}':
      return /\{\d+(?:,\d*)?$/.test(pattern.slice(0, at)) ? c : '\\}';
    case ']':
      return '\\]';
    default:
      return c;
  }
}

/** What an escape means, and where the pattern goes on. */
function escaped(pattern: string, at: number): [string, number] {
  const next = pattern[at + 1];
  if (next === undefined) throw unsupported('\\ at end of pattern');
  if (next === 'Q') {
    const end = pattern.indexOf('\\E', at + 2);
    const text = pattern.slice(at + 2, end < 0 ? pattern.length : end);
    return [text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), end < 0 ? pattern.length : end + 2];
  }
  if (next === 'E') return ['', at + 2];
  return common(pattern, at, ESCAPES, 'dDwWbBnrtf');
}

/** Escapes that are the same within brackets and without. */
function common(pattern: string, at: number, own: Record<string, string>, same: string): [string, number] {
  const rest = pattern.slice(at);
  const next = pattern[at + 1] ?? '';
  if (own[next] !== undefined) return [own[next], at + 2];
  if (same.includes(next)) return [`\\${next}`, at + 2];
  const hex = /^\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{1,2}))/.exec(rest);
  if (hex) return [`\\u{${hex[1] ?? hex[2]}}`, at + hex[0].length];
  const octal = /^\\0[0-7]{0,2}/.exec(rest);
  if (octal) return [`\\u{${Number.parseInt(octal[0].slice(1), 8).toString(16)}}`, at + octal[0].length];
  const property = /^\\([pP])(?:\{(\^?)([A-Za-z]+)\}|([A-Z]))/.exec(rest);
  if (property) {
    const letter = property[2] ? (property[1] === 'p' ? 'P' : 'p') : property[1]!;
    const name = property[3] ?? property[4]!;
    return [`\\${letter}{${name.length > 2 ? 'Script=' : ''}${name}}`, at + property[0].length];
  }
  const reference = own === ESCAPES ? /^\\(?:[1-9]\d*|k<\w+>)/.exec(rest) : null;
  if (reference) return [reference[0], at + reference[0].length];
  if (/[A-Za-z0-9]/.test(next)) throw unsupported(`\\${next}`);
  // Unicode mode knows only the escapes that it needs: `\@` stands for the character itself.
  return [
    /[\\^$.*+?()[\]{}|/]/.test(next) || (own === IN_CLASS && next === '-') ? `\\${next}` : next,
    at + 2,
  ];
}

function group(pattern: string, at: number): [string, number] {
  const rest = pattern.slice(at);
  const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
  if (named) return [`(?<${named[1] ?? named[2]}>`, at + named[0].length];
  const plain = /^\(\?(?:[:=!]|<[=!]|-?i:)/.exec(rest);
  if (plain) return [plain[0], at + plain[0].length];
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment) return ['', at + comment[0].length];
  throw unsupported(rest.slice(0, 4));
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
      const [text, next] = common(pattern, i, IN_CLASS, 'dDwWbnrtf');
      out += text;
      i = next;
    } else {
      // A hyphen after a class such as \w is itself; unicode mode wants to be told.
      const isLoose = c === '-' && /\\[dDwWs]$|\\[pP]\{\w+\}$/.test(out);
      out += c === '[' || c === ']' || isLoose ? `\\${c}` : c;
      i++;
    }
  }
}

function unsupported(what: string) {
  return fault(51091, `Regular expression is invalid or uses what this server does not support: ${what}`);
}

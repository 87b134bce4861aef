import { distance, fold } from '../text.ts';
import { isHindiNumber, numbersFromWords } from './number-words.ts';
import { NOT_MISSPELT, OFTEN_MISSPELT, PHRASE_STARTS, PHRASES } from './vocabulary.ts';

/** One word, number or sign: `c` its canonical token ('W5', 'P:evening', 'NUM', 'WORD', or the sign itself). */
export type Token = {
  c: string;
  raw: string;
  /** Value of a number. */
  n?: number;
  /** Digits as written: "05" is not "5" where a date is looked for. */
  digits?: number;
  /** "fifth": a day of a month rather than a count. */
  ordinal?: boolean;
  /** No space before it. */
  glued: boolean;
  /** Place in the text read. */
  start: number;
  end: number;
};

const MAX_TOKENS = 160;

export function tokenise(text: string): Token[] {
  const lower = fold(text.toLowerCase())
    .replace(/\bb\/w\b/g, 'btw')
    .replace(/\b1[:-]1\b/g, 'one-to-one')
    .replace(/\b(noon|midday)-?ish\b/g, '$1')
    .replace(/\b(\d{1,2}(?::\d{2})?)-ish\b/g, '$1ish')
    .replace(/\b(\d{1,2}) : (\d{2})(?!\d)/g, '$1:$2')
    .replace(/\b(\d{1,2}) (st|nd|rd|th)\b/g, '$1$2')
    .replace(/(\d)\s?([ap])\s?\.\s?m\b\.?/g, '$1 $2m');
  const pieces: Piece[] = [];
  const pattern = /2m(?:oro|orrow|rw|ro)\b|2day\b|\d+|\p{L}[\p{L}\p{M}]*|[^\s\p{L}\p{M}\d]/gu;
  for (let m = pattern.exec(lower); m && pieces.length < MAX_TOKENS; m = pattern.exec(lower))
    pieces.push(...parted({ raw: m[0], start: m.index }));

  const tokens: Token[] = [];
  for (let i = 0; i < pieces.length; ) {
    const { raw, start } = pieces[i]!;
    const glued = i > 0 && pieces[i - 1]!.start + pieces[i - 1]!.raw.length === start;
    if (/^\d+$/.test(raw)) {
      tokens.push({
        c: 'NUM',
        raw,
        n: raw.length > 8 ? 99999999 : Number(raw),
        digits: raw.length,
        glued,
        start,
        end: start + raw.length,
      });
      i++;
      continue;
    }
    const [c, length] = pieces[i]!.c ? [pieces[i]!.c!, 1] : longestPhrase(pieces, i);
    const last = pieces[i + length - 1]!;
    const token: Token = {
      c,
      raw: lower.slice(start, last.start + last.raw.length),
      glued,
      start,
      end: last.start + last.raw.length,
    };
    if (c === 'WORD') Object.assign(token, misspelt(raw));
    tokens.push(token);
    i += length;
  }
  return numbersFromWords(joined(tokens));
}

type Piece = { raw: string; start: number; c?: string };

const GERMAN_COMPOUND =
  /^(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(morgen|fruh|vormittag|mittag|nachmittag|abend|nacht)s?$/;
const GERMAN_PARTS: Record<string, string> = { morgen: 'P:morning', mittag: 'P:noon' };

/** "freitagnachmittag" is two words, and its "morgen" is no tomorrow. */
function parted(piece: Piece): Piece[] {
  const match = piece.raw.length > 9 ? GERMAN_COMPOUND.exec(piece.raw) : undefined;
  if (!match) return [piece];
  const [, day, part] = match;
  return [
    { raw: day!, start: piece.start },
    { raw: part!, start: piece.start + day!.length, c: GERMAN_PARTS[part!] ?? PHRASES.get(part!) },
  ];
}

/** What Americans call their zones for short; only beside an hour. */
const AMERICAN: Record<string, string> = {
  eastern: 'Z:America/New_York',
  central: 'Z:America/Chicago',
  mountain: 'Z:America/Denver',
  pacific: 'Z:America/Los_Angeles',
};

/** "day aftr tmrw", however its words are spelt, is one day; French "hier soir" is yesterday, German "hier" is here. */
function joined(tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [a, b, c] = [tokens[i]!, tokens[i + 1], tokens[i + 2]];
    if (a.raw === 'day' && (b?.c === 'AFTER' || /^aft/.test(b?.raw ?? '')) && c?.c === 'D1') {
      out.push({ ...a, c: 'D2', raw: 'day after tomorrow', end: c.end });
      i += 2;
    } else if ((a.c === 'NUM' || isHindiNumber(a.raw)) && /^(din|दिन) /.test(b?.raw ?? '')) {
      // "3 din me" is three days, "din me 3 baje" the afternoon
      const [din, me] = b!.raw.split(/\s+/);
      out.push(a, { ...b!, c: 'DAY', raw: din! }, { ...b!, c: 'WORD', raw: me! });
      i++;
    } else if (a.raw === 'a' && /^W\d$/.test(out.at(-1)?.c ?? '') && /^W\d$/.test(b?.c ?? '')) {
      out.push({ ...a, c: 'TO' }); // "de lunes a miércoles"
    } else if (a.c === 'MIN15' || a.c === 'MIN45') {
      if (/^(einer|einem|un|a|une)$/.test(out.at(-1)?.raw ?? '')) out.pop();
      const n = a.c === 'MIN15' ? 15 : 45;
      out.push({ ...a, c: 'NUM', n, digits: 2, raw: String(n) }, { ...a, c: 'MINUTE' });
    } else if (
      a.raw === 'pasado' &&
      out.slice(-3).some((token) => token.c === 'D1') &&
      !/^(W\d|D1|WEEK|MONTH|M\d+)$/.test(b?.c ?? '')
    ) {
      out.push({ ...a, c: 'D2' }); // "mañana o pasado"
    } else if (a.raw === 'no' && /^(FIX|NUM|AM|PM|OCLOCK)$/.test(out.at(-1)?.c ?? '')) {
      out.push({ ...a, raw: 'nope' }); // "four, no five" corrects, "flat no five" does not
    } else if (
      (a.raw === 'am' || a.raw === 'pm') &&
      /^(W\d|D-?\d)$/.test(out.at(-1)?.c ?? '') &&
      b?.c !== 'NUM' &&
      !/^(W\d|D-?\d|M\d+)$/.test(b?.c ?? '') &&
      !/^(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|ersten|den)/.test(b?.raw ?? '')
    ) {
      out.push({ ...a, c: a.raw === 'am' ? 'P:morning' : 'P:afternoon' }); // "tmrw am"
    } else if (AMERICAN[a.raw] && ['AM', 'PM', 'OCLOCK', 'NUM', 'P:noon'].includes(out.at(-1)?.c ?? '')) {
      out.push({ ...a, c: AMERICAN[a.raw]! }); // "3 pm eastern"
    } else if (a.raw === 'hier' && out.at(-1)?.raw === "'") {
      out.push({ ...a, c: 'D-1' }); // "d'hier"
    } else if (a.raw === 'hier' && b?.c.startsWith('P:')) out.push({ ...a, c: 'D-1' });
    else out.push(a);
  }
  return out;
}

function longestPhrase(pieces: Piece[], at: number): [string, number] {
  const first = pieces[at]!.raw;
  const most = Math.min(PHRASE_STARTS.get(first) ?? 1, pieces.length - at);
  for (let length = most; length > 1; length--) {
    // signs inside a phrase ("o'clock", "day-after tomorrow") do not matter
    let phrase = first;
    let taken = 1;
    for (let k = 1; at + k < pieces.length && taken < length; k++) {
      const raw = pieces[at + k]!.raw;
      if (raw === "'" || raw === '-') continue;
      phrase += ` ${raw}`;
      taken++;
      if (taken === length && PHRASES.has(phrase)) return [PHRASES.get(phrase)!, k + 1];
    }
  }
  return [PHRASES.get(first) ?? (/^[\p{L}]/u.test(first) ? 'WORD' : first), 1];
}

function misspelt(raw: string): { c?: string; n?: number } {
  if (raw.length < 6 || raw.length > 12 || NOT_MISSPELT.has(raw)) return {};
  for (const word of OFTEN_MISSPELT) {
    if (word[0] !== raw[0]) continue;
    const max = word.length >= 8 ? 2 : 1;
    if (distance(raw, word, max) <= max) return { c: PHRASES.get(word)! };
  }
  return {};
}

import { distance, fold } from '../text.ts';
import {
  HINDI_NUMBERS,
  NOT_MISSPELT,
  NUMBERS,
  OFTEN_MISSPELT,
  PHRASE_STARTS,
  PHRASES,
} from './vocabulary.ts';

/** One word, number or sign: `c` its canonical token ('W5', 'P:evening', 'NUM', 'WORD', or the sign itself). */
export type Token = {
  c: string;
  raw: string;
  /** Value of a number. */
  n?: number;
  /** Digits as written: "05" is not "5" where a date is looked for. */
  digits?: number;
  /** No space before it. */
  glued: boolean;
  /** Place in the text read. */
  start: number;
  end: number;
};

const MAX_TOKENS = 160;

export function tokenise(text: string): Token[] {
  const lower = fold(text.toLowerCase()).replace(/(\d)\s?([ap])\s?\.\s?m\b\.?/g, '$1 $2m');
  const pieces: { raw: string; start: number }[] = [];
  const pattern = /2m(?:oro|orrow|rw|ro)\b|2day\b|\d+|\p{L}[\p{L}\p{M}]*|[^\s\p{L}\p{M}\d]/gu;
  for (let m = pattern.exec(lower); m && pieces.length < MAX_TOKENS; m = pattern.exec(lower))
    pieces.push({ raw: m[0], start: m.index });

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
    const [c, length] = longestPhrase(pieces, i);
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
  return numbersFromWords(tokens);
}

function longestPhrase(pieces: { raw: string; start: number }[], at: number): [string, number] {
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

const COUNTED = new Set(['OCLOCK', 'HOUR', 'MINUTE', 'DAY', 'WEEK', 'MONTH', 'SADHE', 'SAVA', 'PAUNE']);

function numbersFromWords(tokens: Token[]): Token[] {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.c === 'NUM') continue;
    const hindi = HINDI_NUMBERS[token.raw];
    const beside =
      COUNTED.has(tokens[i + 1]?.c ?? '') || ['SADHE', 'SAVA', 'PAUNE'].includes(tokens[i - 1]?.c ?? '');
    if (hindi !== undefined && beside) Object.assign(token, { c: 'NUM', n: hindi, digits: 0 });
    else if (token.c === 'WORD' && Object.hasOwn(NUMBERS, token.raw))
      Object.assign(token, { c: 'NUM', n: NUMBERS[token.raw], digits: 0 });
    else if (token.c === 'WORD' && token.raw === 'thirty')
      Object.assign(token, { c: 'NUM', n: 30, digits: 2 });
    else if (token.c === 'WORD' && token.raw === 'fifteen')
      Object.assign(token, { c: 'NUM', n: 15, digits: 2 });
    else if (
      (token.raw === 'an' ||
        token.raw === 'a' ||
        token.raw === 'ein' ||
        token.raw === 'einer' ||
        token.raw === 'une' ||
        token.raw === 'una') &&
      COUNTED.has(tokens[i + 1]?.c ?? '')
    )
      Object.assign(token, { c: 'NUM', n: 1, digits: 0 });
  }
  return tokens;
}

/** Cleaning and cutting of incoming text. Everything here is linear in the length looked at. */

/** Longest text that is looked at; a longer message is read by its beginning and its end. */
export const MAX_CHARS = 1200;

const DIGIT_ZEROS = [0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0660, 0x06f0];

/** Cuts to MAX_CHARS, removes control and invisible characters, folds digits of all scripts to 0-9. */
export function clean(input: unknown): string {
  let text = typeof input === 'string' ? input : '';
  if (text.length > MAX_CHARS) text = `${text.slice(0, MAX_CHARS - 300)} … ${text.slice(-297)}`;
  text = text.normalize('NFKC');
  if (text.length > MAX_CHARS * 2) text = text.slice(0, MAX_CHARS * 2); // NFKC may grow a text
  let out = '';
  for (const ch of text) {
    const code = ch.codePointAt(0)!;
    if (code < 32 || code === 127) out += ' ';
    else if (isInvisible(code)) continue;
    else if (code > 0x65f) out += foldDigit(code, ch);
    else out += ch;
  }
  return out
    .replace(/[‘’‛`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

function isInvisible(code: number): boolean {
  // zero-width joiners inside Devanagari carry no meaning for us either
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    code === 0xad ||
    (code >= 0xd800 && code <= 0xdfff)
  );
}

function foldDigit(code: number, ch: string): string {
  for (const zero of DIGIT_ZEROS) {
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) return String(digit);
  }
  return ch;
}

/** Lower-case words and numbers of a cleaned text, in order; apostrophes stay inside words. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|\d+/gu) ?? [];
}

/** Removes accents from Latin letters: "mañana" → "manana". Devanagari is left alone. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/ß/g, 'ss');
}

/** Damerau–Levenshtein distance, given up (returns max + 1) beyond `max`. */
export function distance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(row[j - 1]! + 1, previous[j]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d = Math.min(d, before[j - 2]! + 1);
      row.push(d);
      if (d < best) best = d;
    }
    if (best > max) return max + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

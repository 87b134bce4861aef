import { conceptsOf } from './concepts.ts';
import { evidenceOf } from './evidence.ts';
import { skeleton } from './skeleton.ts';
import { fold } from './text.ts';

/** Hashed features of a text: indices into 2^BITS buckets, each once, in ascending order of discovery. */
export const BITS = 16;
export const BUCKETS = 1 << BITS;
const MAX_WORDS = 80;

const URL =
  /\b(?:https?:\/\/|www\.)\S{1,200}|\b[a-z0-9-]{2,40}\.(?:com|in|net|org|xyz|top|click|info|io|ly|me|biz|online|site|shop|live|win|loan)\b(?:\/\S{0,200})?/g;
const MAIL = /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/g;

/** A text as the model sees it: folded, addresses and numbers replaced by their kind. */
export function normalise(text: string): string {
  return fold(text.toLowerCase())
    .replace(MAIL, ' ⟨mail⟩ ')
    .replace(URL, ' ⟨url⟩ ')
    .replace(/[₹$€£]\s?\d[\d,.]{0,15}|\b(?:rs|inr|usd)\.?\s?\d[\d,.]{0,15}/g, ' ⟨money⟩ ')
    .replace(/\+?\d[\d\s-]{8,16}\d/g, ' ⟨phone⟩ ')
    .replace(/([a-z\u0900-\u097f])\1{2,}/g, '$1$1');
}

export function tokensOf(normal: string): string[] {
  return (
    normal
      .match(/⟨[a-z]+⟩|[\p{L}\p{M}]+(?:'[\p{L}]+)?|\d+|[?!]|\p{Extended_Pictographic}/gu)
      ?.slice(0, MAX_WORDS) ?? []
  );
}

export type HeadKind = 'words' | 'junk' | 'language';

/** All features of a text. `kind` leaves room for heads that look at other things. */
export function featuresOf(text: string, kind: HeadKind = 'words'): Uint32Array {
  const normal = normalise(text);
  const tokens = tokensOf(normal).map((t) =>
    /^\d+$/.test(t) ? (t.length > 4 ? '⟨long⟩' : `⟨${t.length}⟩`) : t,
  );
  const seen = new Set<number>();
  if (kind !== 'language') {
    let before = '^';
    let beforeThat = '';
    for (const token of tokens) {
      seen.add(hash(`w${token}`));
      seen.add(hash(`b${before} ${token}`));
      if (beforeThat) seen.add(hash(`s${beforeThat} _ ${token}`));
      const key = skeleton(token, 4);
      if (key) seen.add(hash(`k${key}`));
      beforeThat = before;
      before = token;
    }
    seen.add(hash(`b${before} $`));
    const concepts = conceptsOf(tokens);
    for (let i = 0; i < concepts.length; i++) {
      seen.add(hash(`g${concepts[i]}`));
      for (let k = i + 1; k < Math.min(concepts.length, i + 8); k++)
        seen.add(hash(`p${concepts[i]} ${concepts[k]}`));
    }
    for (const mark of marks(text, tokens)) seen.add(hash(`m${mark}`));
  } else for (const token of tokens) seen.add(hash(`w${token}`));
  const [least, most] = kind === 'language' ? [2, 4] : [3, 5];
  for (const token of tokens) if (token[0] !== '⟨') addGrams(token, least, most, seen);
  if (kind === 'junk') for (const reason of evidenceOf(text)) seen.add(hash(`e${reason}`));
  return Uint32Array.from(seen);
}

/** The features of the junk head, from those that the intent head has looked at already. */
export function withEvidence(words: Uint32Array, evidence: string[]): Uint32Array {
  return Uint32Array.from(new Set([...words, ...evidence.map((reason) => hash(`e${reason}`))]));
}

/** Coarse marks: length, script, shouting, what kinds of address and number are in it. */
function marks(text: string, tokens: string[]): string[] {
  const list = [`len${Math.min(8, Math.ceil(Math.log2(tokens.length + 1)))}`];
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) list.push('noletters');
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0;
  if (letters > 12 && upper / letters > 0.6) list.push('shouts');
  if (text.includes('!!') || text.includes('!')) list.push(text.includes('!!') ? 'bangs' : 'bang');
  if (text.includes('?')) list.push('asks');
  for (const kind of ['⟨url⟩', '⟨mail⟩', '⟨phone⟩', '⟨money⟩']) if (tokens.includes(kind)) list.push(kind);
  const vowelless = tokens.filter((t) => t.length > 3 && /^[a-z]+$/.test(t) && !/[aeiouy]/.test(t)).length;
  if (vowelless > 0) list.push(`mash${Math.min(3, vowelless)}`);
  if (tokens.some((t) => t.length > 3 && /[bcdfghjklmnpqrstvwxz]{5}/.test(t))) list.push('cluster');
  if (tokens.some((t) => /asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|zxcv|xcvb|cvbn/.test(t)))
    list.push('keyboard');
  return list;
}

/** Character n-grams of a word with a space on either side, hashed as they grow: no string is cut. */
function addGrams(token: string, least: number, most: number, into: Set<number>): void {
  const length = Math.min(token.length, 24);
  const at = (i: number) => (i < 0 || i >= length ? 32 : token.charCodeAt(i));
  for (let start = -1; start < length; start++) {
    let h = GRAM;
    for (let n = 1; n <= most && start + n <= length + 1; n++) {
      h = Math.imul(h ^ at(start + n - 1), PRIME);
      if (n >= least) into.add(finish(h));
    }
  }
}

/** FNV-1a over UTF-16 units, mixed and folded to BITS. */
const PRIME = 0x01000193;
const GRAM = Math.imul(0x811c9dc5 ^ 99, PRIME);

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), PRIME);
  return finish(h);
}

function finish(h: number): number {
  const mixed = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return ((mixed >>> 16) ^ mixed) & (BUCKETS - 1);
}

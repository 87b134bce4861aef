import { skeleton } from '../skeleton.ts';
import { clean, fold } from '../text.ts';

/** How a text is cut into terms; what is best was chosen on training and validation lines alone. */
export type TermOptions = {
  /** Shortest and longest run of letters, counted with a blank on either side of a word. */
  chars: [number, number];
  /** Weight of each kind of term beside whole words (1). */
  pairs: number;
  skips: number;
  grams: number;
  keys: number;
  together: number;
};
/** For the networks, which find out by themselves what belongs together. */
export const TERMS: TermOptions = {
  chars: [2, 5],
  pairs: 0.7,
  skips: 0.4,
  grams: 1,
  keys: 1,
  together: 0.35,
};
/** For the linear machine, which has to be told: the same terms, other weights. */
export const LINEAR_TERMS: TermOptions = { ...TERMS, pairs: 1, keys: 0.5, together: 0.7 };

const MAX_WORDS = 120;

/** Terms of a text by kind; a term is a hash, kinds never share one. */
export type Terms = Map<number, number>[];

export function termsOf(text: string, options: TermOptions): Terms {
  const tokens = tokensOf(text);
  const words = new Map<number, number>();
  const pairs = new Map<number, number>();
  const skips = new Map<number, number>();
  const grams = new Map<number, number>();
  const keys = new Map<number, number>();
  const together = new Map<number, number>();
  const known: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    count(words, hash(1, token));
    count(pairs, hash(2, `${tokens[i - 1] ?? '^'} ${token}`));
    if (i >= 2) count(skips, hash(3, `${tokens[i - 2]} ${token}`));
    if (i >= 2) count(skips, hash(6, `${tokens[i - 2]} ${tokens[i - 1]} ${token}`));
    const key = skeleton(token, 3);
    if (key) count(keys, hash(5, key));
    known.push(key ?? token);
    addGrams(token, options.chars, grams);
  }
  // words that stand together anywhere in the sentence: "timer … add", "playlist … remove"
  for (let i = 0; i < known.length; i++)
    for (let k = i + 2; k < Math.min(known.length, i + 9); k++) {
      const [a, b] = known[i]! < known[k]! ? [known[i], known[k]] : [known[k], known[i]];
      count(together, hash(8, `${a} ${b}`));
    }
  if (tokens.length > 0) count(pairs, hash(2, `${tokens.at(-1)} $`));
  for (const [kind, value] of shapesOf(text, tokens)) words.set(hash(7, kind), value);
  return [words, pairs, skips, grams, keys, together];
}

/** The weights of the kinds in the order of `termsOf`. */
export const weightsOf = (o: TermOptions): number[] => [1, o.pairs, o.skips, o.grams, o.keys, o.together];

function tokensOf(text: string): string[] {
  return (
    fold(clean(text).toLowerCase())
      .replace(/\b(?:https?:\/\/|www\.)\S{1,200}/g, ' ⟨url⟩ ')
      .match(/⟨[a-z]+⟩|[\p{L}\p{M}]+(?:'\p{L}+)?|\d+|[£$€₹?!%]|\p{Extended_Pictographic}/gu)
      ?.slice(0, MAX_WORDS)
      .map((t) => (/^\d+$/.test(t) ? `⟨${Math.min(t.length, 12)}⟩` : t)) ?? []
  );
}

/** What no word tells: length, shouting, long numbers, marks. */
function shapesOf(text: string, tokens: string[]): [string, number][] {
  const shapes: [string, number][] = [[`len${Math.min(7, Math.ceil(Math.log2(tokens.length + 1)))}`, 1]];
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0;
  if (letters > 8 && upper / letters > 0.3) shapes.push([upper / letters > 0.6 ? 'shouts' : 'capitals', 1]);
  if (/\d[\d\s-]{8,}\d/.test(text)) shapes.push(['long number', 1]);
  if (/\b\d{4,6}\b/.test(text)) shapes.push(['short code', 1]);
  return shapes;
}

function addGrams(token: string, [least, most]: [number, number], into: Map<number, number>): void {
  const padded = ` ${token.slice(0, 24)} `;
  for (let start = 0; start < padded.length; start++)
    for (let n = least; n <= most && start + n <= padded.length; n++)
      count(into, hash(4, padded.slice(start, start + n)));
}

const count = (into: Map<number, number>, term: number) => into.set(term, (into.get(term) ?? 0) + 1);

/** FNV-1a over UTF-16 units, mixed; 32 bits, so that two terms of one set hardly ever meet. */
function hash(kind: number, text: string): number {
  let h = Math.imul(0x811c9dc5 ^ kind, 0x01000193);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/**
 * Finds which of the organisation's own answers a question is about, or that none is. BM25 ranks the passages; how sure
 * that is comes from how much of the question its wordings and words explain, so that a word nobody ever wrote counts
 * against every answer. In memory, in process: some thousand passages in a millisecond or two.
 */
import { COMMON_WORDS } from '../entities/lexicon.ts';
import { distance } from '../text.ts';
import { type Term, termsOf } from './terms.ts';

export { answersAt, surelyAt } from './thresholds.ts';

/** What can be found: a question with its other wordings, or a section of an article under its heading. */
export type Passage = {
  id: string;
  /** The question in each of its wordings; headings. */
  wordings: string[];
  text: string;
};
/** `confidence`: 0 … 1, to be held against the thresholds. */
export type Match = { id: string; confidence: number; score: number };
export type PassageIndex = { find(question: string, most?: number): Match[] };

/** Usual for short texts. */
const k1 = 1.2;
const b = 0.5;
/** A word of a wording counts for so many of the text. */
const wordingWeight = 3;
/** Passages whose confidence is reckoned. */
const shortlist = 12;
/** Words of one question that are looked for among those spelled alike. */
const mostGuesses = 12;
/** How near an inexact reading of a word counts. */
const nearness = { bones: 0.85, typing: 0.8 };

type Indexed = {
  id: string;
  wordings: { keys: Set<string>; mass: number }[];
  keys: Set<string>;
  counts: Map<string, number>;
  length: number;
};
/** A word of the question as the index knows it; `near` 0: it does not. */
type Asked = { key: string; near: number; idf: number };

export function createIndex(passages: Passage[]): PassageIndex {
  const vocabulary = new Set<string>();
  /** By first letter and length: where a slip of the finger is looked for. */
  const shelves = new Map<string, Term[]>();
  const boned = new Map<string, string>();
  const frequency = new Map<string, number>();
  const postings = new Map<string, Indexed[]>();
  const all = passages.map(read);
  const mean = all.reduce((sum, { length }) => sum + length, 0) / Math.max(1, all.length);
  const idfOf = (key: string) => {
    const seen = frequency.get(key) ?? 0;
    return Math.log(1 + (all.length - seen + 0.5) / (seen + 0.5));
  };
  // In a small collection hardly anything is rare; what it does not know must weigh all the same.
  const weightOf = (key: string) => Math.max(1, idfOf(key));
  for (const passage of all) for (const wording of passage.wordings) wording.mass = massOf(wording.keys);

  return {
    find(question, most = 5) {
      const asked = askedOf(question);
      if (!asked.some(({ near }) => near > 0)) return [];
      const scores = new Map<Indexed, number>();
      for (const { key, near } of asked)
        if (near > 0)
          for (const passage of postings.get(key) ?? [])
            scores.set(passage, (scores.get(passage) ?? 0) + near * bm25(passage, key));
      return [...scores]
        .sort((one, other) => other[1] - one[1])
        .slice(0, Math.max(shortlist, most))
        .map(([passage, score]) => ({ id: passage.id, score, confidence: confidenceOf(asked, passage) }))
        .sort((one, other) => other.confidence - one.confidence || other.score - one.score)
        .slice(0, most);
    },
  };

  function read({ id, wordings, text }: Passage): Indexed {
    const counts = new Map<string, number>();
    const add = (terms: Term[], weight: number) => {
      for (const term of terms) {
        counts.set(term.key, (counts.get(term.key) ?? 0) + weight);
        learn(term);
      }
    };
    const worded = wordings.map(termsOf);
    for (const terms of worded) add(terms, wordingWeight / Math.max(1, worded.length));
    // A long section is read as far as a customer would.
    add(termsOf(text), 1);
    const passage: Indexed = {
      id,
      wordings: worded.map((terms) => ({ keys: new Set(terms.map(({ key }) => key)), mass: 0 })),
      keys: new Set(counts.keys()),
      counts,
      length: [...counts.values()].reduce((sum, count) => sum + count, 0),
    };
    for (const key of passage.keys) {
      frequency.set(key, (frequency.get(key) ?? 0) + 1);
      const posted = postings.get(key);
      if (posted) posted.push(passage);
      else postings.set(key, [passage]);
    }
    return passage;
  }

  function learn(term: Term): void {
    const { word, bones, key } = term;
    if (vocabulary.has(word)) return;
    vocabulary.add(word);
    if (bones && !boned.has(bones)) boned.set(bones, key);
    const place = `${word[0]}${word.length}`;
    const shelf = shelves.get(place);
    if (shelf) shelf.push(term);
    else shelves.set(place, [term]);
  }

  function bm25({ counts, length }: Indexed, key: string): number {
    const count = counts.get(key) ?? 0;
    return (idfOf(key) * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / mean));
  }

  function massOf(keys: Iterable<string>): number {
    let mass = 0;
    for (const key of keys) mass += weightOf(key);
    return mass;
  }

  function askedOf(question: string): Asked[] {
    const asked = new Map<string, Asked>();
    let guesses = mostGuesses;
    for (const term of termsOf(question)) {
      const found = resolve(term, () => guesses-- > 0);
      const before = asked.get(found.key);
      if (!before || before.near < found.near)
        asked.set(found.key, { ...found, idf: found.near ? weightOf(found.key) : strange(term) });
    }
    return [...asked.values()];
  }

  /** A word that nothing was written about: rare ones ("quickbooks") say that the question is about something else. */
  function strange({ key, word }: Term): number {
    return COMMON_WORDS.has(word) || COMMON_WORDS.has(key) ? 1 : weightOf(key);
  }

  /** A word as it stands in the index, or the one that it was probably meant for. */
  function resolve({ key, word, bones }: Term, mayGuess: () => boolean): { key: string; near: number } {
    if (frequency.has(key)) return { key, near: 1 };
    const sounded = bones === undefined ? undefined : boned.get(bones);
    if (sounded) return { key: sounded, near: nearness.bones };
    const typed = word.length > 3 && mayGuess() ? typedFor(word) : undefined;
    return typed ? { key: typed, near: nearness.typing } : { key, near: 0 };
  }

  function typedFor(word: string): string | undefined {
    const most = word.length > 7 ? 2 : 1;
    let best: { key: string; distance: number } | undefined;
    for (let length = Math.max(4, word.length - most); length <= word.length + most; length++)
      for (const known of shelves.get(`${word[0]}${length}`) ?? []) {
        const apart = distance(word, known.word, most);
        if (apart <= most && (!best || apart < best.distance)) best = { key: known.key, distance: apart };
      }
    return best?.key;
  }

  /** How alike the question and the nearest wording are, and how much of it the passage speaks of at all. */
  function confidenceOf(asked: Asked[], { wordings, keys }: Indexed): number {
    const mass = asked.reduce((sum, { idf }) => sum + idf, 0);
    const within = (known: Set<string>) =>
      asked.reduce((sum, { key, near, idf }) => sum + (known.has(key) ? near * idf : 0), 0);
    const alike = wordings.reduce(
      (most, wording) =>
        wording.mass ? Math.max(most, within(wording.keys) / Math.sqrt(mass * wording.mass)) : most,
      0,
    );
    return alikeShare * alike + (1 - alikeShare) * (within(keys) / mass);
  }
}

/** Chosen on the data beside (`measure.ts`). */
const alikeShare = 0.6;

/** What two questions have in common, 0 … 1: for gathering those that ask the same. */
export function likeness(one: string[], other: string[]): number {
  if (!one.length || !other.length) return 0;
  const known = new Set(one);
  const both = new Set(other.filter((key) => known.has(key))).size;
  return (2 * both) / (known.size + new Set(other).size);
}
/** A question's words by what they stand for, in alphabetical order. */
export const keysOf = (text: string): string[] => [...new Set(termsOf(text).map(({ key }) => key))].sort();

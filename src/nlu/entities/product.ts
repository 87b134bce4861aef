import { clean, distance, fold } from '../text.ts';

export type Catalogue = { find(text: string, expecting?: boolean): string | undefined };

const FILLER = new Set(
  'the a an of for and with in to by ka ki ke und de la le el ton tonne ltr litre liter watt'.split(' '),
);
/** What people say for letters of the alphabet; "सीआरएम" is CRM. */
const LETTERS: Record<string, string> = {
  ए: 'a',
  बी: 'b',
  सी: 'c',
  डी: 'd',
  ई: 'e',
  एफ: 'f',
  जी: 'g',
  एच: 'h',
  आई: 'i',
  जे: 'j',
  के: 'k',
  एल: 'l',
  एम: 'm',
  एन: 'n',
  ओ: 'o',
  पी: 'p',
  क्यू: 'q',
  आर: 'r',
  एस: 's',
  टी: 't',
  यू: 'u',
  वी: 'v',
  डब्ल्यू: 'w',
  एक्स: 'x',
  वाई: 'y',
  जेड: 'z',
};
/** A single such word names a product only where that is what was asked: "your service", "press 1", "a table for two". */
const EVERYDAY = new Set(
  'service help manage management track tracking table desk press light wall water office executive pro enterprise home smart standard basic premium plan pack kit set card book door window room house machine system software solution support product app web online digital mobile phone call point power line board display screen paper glass plastic steel wood metal gold silver black white red blue green big small large mini max plus lite new old set box bag hand foot top bottom front back side in out up down one two first business customer sales marketing team user account bill billing pay payment cash credit bank stock order delivery school hospital hotel food car bike bus truck'
    .split(' ')
    .map((word) => singular(word)),
);
const TAKEN_BACK =
  /\b(?:not|no|nahi|nahin|instead of|rather than|nicht|pas|except|already (?:have|has|use|using|got|own|bought)(?: your| the| a| an)?|currently (?:use|using|have))\s(?:the\s)?$/i;
const CORRECTED = /\b(?:sorry|actually|i mean|i meant|rather|instead|balki|no wait|make it|nahi)\b[\s,]*/gi;

/** Finds products of a catalogue in free text: word by word; misspelt, joined and singular or plural words are known. */
export function createCatalogue(names: string[] | ReadonlyMap<string, string>): Catalogue {
  /** The product that a name stands for: two of its names in one message are no contest. */
  const owner = (name: string) =>
    Array.isArray(names) ? name : (names as ReadonlyMap<string, string>).get(name);
  // two spellings of one name would stand in each other's way
  const spelt = new Set<string>();
  const products = [...(Array.isArray(names) ? names : names.keys())]
    .map((name) => ({ name, terms: [...new Set(termsOf(name))] }))
    .filter(({ terms }) => {
      const key = terms.join(' ');
      return key !== '' && !spelt.has(key) && spelt.add(key);
    });
  const byTerm = new Map<string, number[]>();
  products.forEach(({ terms }, i) => {
    for (const term of terms) byTerm.set(term, [...(byTerm.get(term) ?? []), i]);
  });
  const byStart = new Map<string, string[]>();
  for (const term of byTerm.keys()) byStart.set(term[0]!, [...(byStart.get(term[0]!) ?? []), term]);
  const weight = (term: string) =>
    Math.log(1 + products.length / (byTerm.get(term)?.length ?? products.length)) +
    (/^\d/.test(term) ? 0 : 0.2);

  return {
    find(text, expecting = false) {
      if (products.length === 0) return;
      // the last thing said counts: "service desk, sorry crm pro"
      const parts = clean(text).split(CORRECTED);
      for (const part of parts.reverse()) {
        const found = best(part, expecting);
        if (found) return found;
        // two products in it: the sentence said last, if that names one alone
        const sentences = part.split(/[.!?;]\s/);
        for (const said of sentences.length > 1 ? sentences.reverse() : []) {
          const last = best(said, expecting);
          if (last) return last;
        }
      }
    },
  };

  function best(text: string, expecting: boolean): string | undefined {
    const found = new Map<number, Map<string, number>>();
    const seen = new Set<string>();
    for (const { word, refused } of wordsOf(text)) {
      if (refused || seen.has(word)) continue;
      seen.add(word);
      for (const [term, likeness] of parted(word)) {
        if (!term) continue;
        for (const i of byTerm.get(term)!) {
          const terms = found.get(i) ?? new Map<string, number>();
          terms.set(term, Math.max(terms.get(term) ?? 0, likeness));
          found.set(i, terms);
        }
      }
    }
    let top: { i: number; rank: number } | undefined;
    let tie = false;
    for (const [i, terms] of found) {
      if (!isEnough(products[i]!.terms, terms, expecting)) continue;
      const whole = sum(products[i]!.terms, weight);
      const score = sum([...terms], ([term, likeness]) => weight(term) * likeness);
      const rank = score / whole + score / 1000;
      if (
        top &&
        Math.abs(rank - top.rank) < 1e-9 &&
        owner(products[top.i]!.name) !== owner(products[i]!.name)
      )
        tie = true;
      if (!top || rank > top.rank + 1e-9) {
        top = { i, rank };
        tie = false;
      }
    }
    return top && !tie ? products[top.i]!.name : undefined;
  }

  /** Most of the name, or its one word that no other product has and that nobody says by the way. */
  function isEnough(terms: string[], found: Map<string, number>, expecting: boolean): boolean {
    const share = sum([...found], ([term, likeness]) => weight(term) * likeness) / sum(terms, weight);
    const everyday = [...found.keys()].every((term) => EVERYDAY.has(term) || /^\d/.test(term));
    if (everyday && found.size < terms.length) return expecting && share >= 0.34;
    const telling = [...found.keys()].some(
      (term) => byTerm.get(term)!.length === 1 && !EVERYDAY.has(term) && term.length > 3,
    );
    return (
      share >= 0.5 ||
      (found.size > 1 && share >= 0.45) ||
      (expecting && share >= 0.34) ||
      (telling && share >= 0.3)
    );
  }

  function nearest(word: string): [string | undefined, number] {
    if (byTerm.has(word)) return [word, 1];
    if (word.length < 4) return [undefined, 0];
    const max = word.length >= 8 ? 2 : 1;
    let closest: string | undefined;
    let least = max + 1;
    for (const term of byStart.get(word[0]!) ?? []) {
      if (term.length < 4) continue;
      const d = distance(word, term, max);
      if (d < least) [closest, least] = [term, d];
    }
    // "conf table", "ergo chair"
    closest ??= (byStart.get(word[0]!) ?? []).find(
      (term) => !EVERYDAY.has(word) && term.length > 8 && term.startsWith(word),
    );
    return [closest, least > max ? 0.8 : 1 - least * 0.15];
  }

  /** "crmpro", "floodlight": two words of a catalogue written as one. */
  function parted(word: string): [string | undefined, number][] {
    const one = nearest(word);
    if (one[0] || word.length < 6 || word.length > 30) return [one];
    for (let at = 3; at <= word.length - 3; at++)
      if (byTerm.has(word.slice(0, at)) && byTerm.has(singular(word.slice(at))))
        return [
          [word.slice(0, at), 0.95],
          [singular(word.slice(at)), 0.95],
        ];
    return [one];
  }
}

const sum = <T>(list: T[], value: (item: T) => number): number =>
  list.reduce((total, item) => total + value(item), 0);

type Word = { word: string; refused: boolean };

function wordsOf(text: string): Word[] {
  const lower = text.toLowerCase();
  const list: Word[] = [];
  let end = 0;
  for (const match of lower.matchAll(TERM)) {
    if (list.length === 120) break;
    const word = termOf(match[0]);
    if (!word) continue;
    const refused = TAKEN_BACK.test(lower.slice(Math.max(0, match.index - 28), match.index));
    list.push({
      word,
      refused:
        refused ||
        (list.at(-1)?.refused === true && !NEW_WISH.test(lower.slice(end, match.index)) && !WISH.test(word)),
    });
    end = match.index + match[0].length;
  }
  return list;
}

/** What ends a refusal: the end of its clause, or a wish after it. */
const NEW_WISH = /[,.;!?\n]|[^ ]$|\b(?:want|need|but|looking|chahiye)\b/;
const WISH = /^(?:want|need|but|looking|chahiye)$/;
const TERM = /[\p{L}\p{M}]+|\d+(?:\.\d+)?/gu;

function termsOf(text: string): string[] {
  return (text.toLowerCase().match(TERM) ?? []).map(termOf).filter((word) => word !== '');
}

function termOf(raw: string): string {
  const word = singular(fold(lettersIn(raw)));
  return FILLER.has(word) || (word.length === 1 && !/\d/.test(word)) ? '' : word;
}

/** "सीआरएम" → "crm": letters of the alphabet as they are called; anything else stays as it is. */
function lettersIn(word: string): string {
  if (!/^[\u0900-\u097f]+$/.test(word)) return word;
  let out = '';
  for (let at = 0; at < word.length; ) {
    let taken = '';
    for (let length = Math.min(7, word.length - at); length > 0 && !taken; length--)
      if (Object.hasOwn(LETTERS, word.slice(at, at + length))) taken = word.slice(at, at + length);
    if (!taken) return word;
    out += LETTERS[taken];
    at += taken.length;
  }
  return out.length > 1 ? out : word;
}

function singular(word: string): string {
  if (word.length > 4 && /ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ches|shes|xes|sses)$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

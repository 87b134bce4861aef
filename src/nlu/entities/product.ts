import { clean, distance, fold } from '../text.ts';

export type Catalogue = { find(text: string, expecting?: boolean): string | undefined };

const FILLER = new Set('the a an of for and with in to by ka ki ke und de la le el'.split(' '));

/** Finds products of a catalogue in free text: word by word, misspellings and singular/plural allowed. */
export function createCatalogue(names: string[]): Catalogue {
  const products = names.map((name) => ({ name, terms: [...new Set(termsOf(name))] }));
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
      const scores = new Map<number, number>();
      const seen = new Set<string>();
      for (const word of termsOf(clean(text)).slice(0, 120)) {
        const [term, likeness] = nearest(word);
        if (!term || seen.has(term)) continue;
        seen.add(term);
        for (const i of byTerm.get(term)!) scores.set(i, (scores.get(i) ?? 0) + weight(term) * likeness);
      }
      let best: { i: number; score: number } | undefined;
      let tie = false;
      for (const [i, score] of scores) {
        const whole = products[i]!.terms.reduce((sum, term) => sum + weight(term), 0);
        const share = score / whole;
        const rank = share + score / 1000;
        if (best && Math.abs(rank - best.score) < 1e-9) tie = true;
        if (!best || rank > best.score + 1e-9) {
          best = { i, score: rank };
          tie = false;
        }
      }
      if (!best || tie || best.score < (expecting ? 0.34 : 0.5)) return;
      return products[best.i]!.name;
    },
  };

  function nearest(word: string): [string | undefined, number] {
    if (byTerm.has(word)) return [word, 1];
    if (word.length < 4) return [undefined, 0];
    const max = word.length >= 8 ? 2 : 1;
    let found: string | undefined;
    let least = max + 1;
    for (const term of byStart.get(word[0]!) ?? []) {
      if (term.length < 4) continue;
      const d = distance(word, term, max);
      if (d < least) [found, least] = [term, d];
    }
    return [found, 1 - least * 0.15];
  }
}

function termsOf(text: string): string[] {
  return (fold(text.toLowerCase()).match(/[\p{L}\p{M}]+|\d+(?:\.\d+)?/gu) ?? [])
    .filter((w) => !FILLER.has(w))
    .map(singular);
}

function singular(word: string): string {
  if (word.length > 4 && /ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ches|shes|xes|sses)$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

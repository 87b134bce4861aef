/** More than one product in a message: the one wanted first is the talk's, the others are told to our people. */
import type { Entities } from '../nlu.ts';

const between = /\s*(?:[,;&+/]|\b(?:and|also|or|but|plus|as well as|aur|ya|und|oder|y|et|ou)\b|और|या)\s*/iu;
const postponed =
  /\b(?:later|afterwards|next (?:year|month|phase)|not now|second phase|in future|baad (?:me|mein)|phir)\b|बाद में/i;

/** Who compares has not chosen. */
const compares =
  /\b(?:differen\w*|compar\w*|better|best|cheaper|costlier|vs\.?|versus|which|fark|antar|konsa|kaunsa)\b|अंतर|फ़?र्क|कौन/i;

/** Products by clause, in the order of the message; what can wait comes last. Fewer than two: none. */
export function productsOf(text: string, reread: (words: string) => Entities): string[] {
  if (text.length > 300 || !between.test(text) || compares.test(text)) return [];
  const clauses = text.split(between).filter((clause) => /\p{L}{2}/u.test(clause));
  if (clauses.length < 2 || clauses.length > 6) return [];
  const found = clauses.flatMap((clause) => {
    const { product } = reread(clause);
    return product ? [{ product, later: postponed.test(clause) }] : [];
  });
  const ordered = [...found.filter(({ later }) => !later), ...found.filter(({ later }) => later)];
  const products = [...new Set(ordered.map(({ product }) => product))];
  return products.length > 1 ? products : [];
}

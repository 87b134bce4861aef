/** What a model wrote is believed only as far as it can be found in what was said. */
import { clean, fold } from '../nlu/text.ts';

/** The words occur in the text, whatever their case, accents and spaces. */
export function occurs(quote: string, source: string): boolean {
  const wanted = plain(quote);
  return wanted.length > 0 && ` ${plain(source)} `.includes(` ${wanted} `);
}

const plain = (text: string): string =>
  fold(clean(text).toLowerCase())
    .replace(/[^\p{L}\p{M}\p{N}@+]+/gu, ' ')
    .trim();

/** A number's last ten digits (or all of fewer) stand in the text, whatever lies between them. */
export function phoneOccurs(phone: string, source: string): boolean {
  const digits = clean(phone).replace(/\D/g, '').slice(-10);
  return (
    digits.length >= 7 &&
    clean(source)
      .replace(/[^\d\p{L}]/gu, '')
      .includes(digits)
  );
}

const LINK =
  /(?:https?:\/\/|www\.)\S+|\b[a-z0-9-]+\.(?:com|net|org|in|io|co|info|xyz|top|ru|cn|app|link|click|shop)\b\S*/gi;
const NUMBER = /\d[\d.,:/-]*\d|\d/g;
const MARKUP = /<\/?[a-z!][^>]*>|\{\{|\$\{|\]\(|```|<\||\bjavascript:/i;

/**
 * A text for people (a summary, a draft): no mark-up, no link, address or number that is not in the sources, no word
 * left that stands for something masked. Digits are compared without what parts them ("2,50,000" is "250000").
 */
export function isSafeText(text: string, sources: string, limit: number): boolean {
  if (!text.trim() || text.length > limit || MARKUP.test(text)) return false;
  const known = clean(sources).toLowerCase();
  const links = [...(text.match(LINK) ?? []), ...(text.match(/\S+@\S+/g) ?? [])];
  if (!links.every((link) => known.includes(link.toLowerCase().replace(/[.,;:!?)]+$/, '')))) return false;
  const numbers = new Set((known.match(NUMBER) ?? []).map(bare));
  const digits = known.replace(/[^\d\p{L}]/gu, '');
  return (clean(text).match(NUMBER) ?? []).every((number) => {
    const wanted = bare(number);
    return numbers.has(wanted) || (wanted.length >= 7 && digits.includes(wanted));
  });
}

const bare = (number: string) => number.replace(/\D/g, '').replace(/^0+(?=\d)/, '');

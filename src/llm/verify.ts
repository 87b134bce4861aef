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

/** Numbers and days that are written out: "five years", "on Monday", "सोमवार को". */
const NAMED =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|lakhs?|crores?|half|double|twice|free|ek|teen|char|paanch|chhe|saat|aath|nau|das|bees|tees|sau|hazaar|hazar|muft|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:som|mangal|budh|guru|shukra|shani|ravi)[vw]ar|january|february|march|april|june|july|august|september|october|november|december|today|tomorrow|daily|weekly|monthly|yearly)\b|(?:सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि)वार|एक|दो|तीन|चार|पाँच|पांच|छह|सात|आठ|नौ|दस|बीस|तीस|सौ|हज़ार|हजार|लाख|करोड़|मुफ़्त|मुफ्त/giu;

/** No number, day or promise of it in words that the source does not have in the same words. */
export function namesNothingNew(text: string, source: string): boolean {
  const known = new Set(named(source));
  return named(text).every((word) => known.has(word));
}
const named = (text: string): string[] => (clean(text).toLowerCase().match(NAMED) ?? []).map((word) => word);

const bare = (number: string) => number.replace(/\D/g, '').replace(/^0+(?=\d)/, '');

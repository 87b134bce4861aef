/** "It ends with 2212, not 2211", "the last digit is 5": part of a number that is known already, put right. */

const ending =
  /\b(?:ends? (?:with|in)|ending(?: (?:with|in|is))?|last (?:\w+ )?(?:digits?|numbers?|no\.?) (?:is|are|was|should be|hai|hain|ko)|(?:aakhri|aakhir|akhri|last)(?: (?:me|mein|ke|ka|ki|\d|do|teen|char|chaar))*(?: (?:digits?|number|ank))?)\D{0,12}?(?<digits>\d(?:[ -]?\d){0,5})(?!\d)/iu;
const rather =
  /(?<!\d)(?<right>\d{2,6})(?:,| )+(?:not|nahi|nahin|na ki|instead of|nicht)\s+(?<wrong>\d{2,6})(?!\d)|\bnot (?<before>\d{2,6})(?:,| )+(?:but |it'?s |its )?(?<after>\d{2,6})(?!\d)|(?<!\d)(?<first>\d{2,6}) nahi[,]? (?<second>\d{2,6})(?!\d)/iu;

/**
 * @param known E.164
 * @returns the number as it is meant; undefined where the words put nothing of it right
 */
export function patchedNumber(known: string, text: string): string | undefined {
  const digits = ending.exec(text)?.groups?.digits?.replace(/\D/g, '');
  if (digits) return known.slice(0, -digits.length) + digits;
  const found = rather.exec(text)?.groups;
  const wrong = found?.wrong ?? found?.before ?? found?.first;
  const right = found?.right ?? found?.after ?? found?.second;
  if (!wrong || !right || wrong.length !== right.length) return undefined;
  const at = known.lastIndexOf(wrong);
  return at < 3 ? undefined : known.slice(0, at) + right + known.slice(at + wrong.length);
}

/**
 * SASLprep (RFC 4013) of a password, so that one typed on another keyboard is the same password. What is left out:
 * the check that every character was assigned in Unicode 3.2. Throws RangeError with a sentence.
 */
export function saslPrep(text: string): string {
  // What is plain ASCII is what it is; control characters alone are refused.
  const mapped = text.replace(SPACES, ' ').replace(MAPPED_TO_NOTHING, '').normalize('NFKC');
  if (PROHIBITED.test(mapped))
    throw new RangeError('The password has a character that passwords may not have.');
  if (RIGHT_TO_LEFT.test(mapped)) {
    const characters = [...mapped];
    const isWhole = RIGHT_TO_LEFT.test(characters[0]!) && RIGHT_TO_LEFT.test(characters.at(-1)!);
    if (!isWhole || LEFT_TO_RIGHT.test(mapped)) {
      throw new RangeError('The password mixes directions of writing in a way that passwords may not.');
    }
  }
  return mapped;
}

/** RFC 3454, C.1.2. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
/** RFC 3454, B.1. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant
const MAPPED_TO_NOTHING = /[\u00ad\u034f\u1806\u180b-\u180d\u200c\u200d\u2060\ufe00-\ufe0f\ufeff]/gu;
/** RFC 3454, C.2.1 to C.9. */
const PROHIBITED =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x1f\x7f-\x9f\u06dd\u070f\u180e\u2028\u2029\u2061-\u2063\u206a-\u206f\ufff9-\uffff\u0340\u0341\u200e\u200f\u202a-\u202e\u2ff0-\u2ffb\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u;
/** RFC 3454, D.1 and D.2, by script: Hebrew, Arabic, Syriac, Thaana are what is written from the right. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Devanagari}\p{Script=Han}]/u;

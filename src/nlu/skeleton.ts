/**
 * The consonants of a Latin word, spelling variants folded: "chahiye", "chaiye" and "chahie" look alike. `undefined` for
 * what has fewer than `least` letters or other ones. The trained models know words by it: a change wants them trained anew.
 */
export function skeleton(word: string, least: number): string | undefined {
  if (word.length < least || !/^[a-z]+$/.test(word)) return;
  const folded = word
    .replace(/ph/g, 'f')
    .replace(/ck|q/g, 'k')
    .replace(/w/g, 'v')
    .replace(/z/g, 'j')
    .replace(/(.)\1+/g, '$1');
  return folded[0] + folded.slice(1).replace(/[aeiouyh]/g, '');
}

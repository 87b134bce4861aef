/** Devanagari as people write it in Latin letters: "कीमत" → "keemat", so that both are one word to a search. */

const consonants: Record<string, string> = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  घ: 'gh',
  ङ: 'n',
  च: 'ch',
  छ: 'chh',
  ज: 'j',
  झ: 'jh',
  ञ: 'n',
  ट: 't',
  ठ: 'th',
  ड: 'd',
  ढ: 'dh',
  ण: 'n',
  त: 't',
  थ: 'th',
  द: 'd',
  ध: 'dh',
  न: 'n',
  प: 'p',
  फ: 'ph',
  ब: 'b',
  भ: 'bh',
  म: 'm',
  य: 'y',
  र: 'r',
  ल: 'l',
  व: 'v',
  श: 'sh',
  ष: 'sh',
  स: 's',
  ह: 'h',
  ळ: 'l',
};
const vowels: Record<string, string> = {
  अ: 'a',
  आ: 'aa',
  इ: 'i',
  ई: 'ee',
  उ: 'u',
  ऊ: 'oo',
  ऋ: 'ri',
  ए: 'e',
  ऐ: 'ai',
  ओ: 'o',
  औ: 'au',
  ऑ: 'o',
  ऍ: 'e',
};
const signs: Record<string, string> = {
  'ा': 'aa',
  'ि': 'i',
  'ी': 'ee',
  'ु': 'u',
  'ू': 'oo',
  'ृ': 'ri',
  'े': 'e',
  'ै': 'ai',
  'ो': 'o',
  'ौ': 'au',
  'ॉ': 'o',
  'ॅ': 'e',
};
const nasal = new Set(['ं', 'ँ']);
const dot = '़';
const silent = '्';

/** A word in Latin letters; what is none of these letters stays as it is. */
export function latin(word: string): string {
  if (!/[\u0900-\u097f]/.test(word)) return word;
  // A dot below makes another letter of the same sound, for us.
  const letters = [...word.normalize('NFD').replaceAll(dot, '')];
  let out = '';
  for (const [i, letter] of letters.entries()) {
    const next = letters[i + 1];
    if (consonants[letter]) {
      const carries = next !== undefined && (signs[next] !== undefined || next === silent);
      // The last letter's own vowel is not spoken: "कीमत" ends in t.
      out += consonants[letter] + (carries || next === undefined ? '' : 'a');
    } else if (nasal.has(letter)) out += 'n';
    else if (letter !== silent) out += signs[letter] ?? vowels[letter] ?? letter;
  }
  return out;
}

/** Number words up to a hundred, and the scales of Indian and Western counting. */
const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
export const NUMBER_WORDS: Record<string, number> = {
  dozen: 12,
  fourty: 40,
  half: 0.5,
  a: 1,
  an: 1,
  couple: 2,
};
UNITS.forEach((word, n) => {
  NUMBER_WORDS[word] = n;
});
TENS.forEach((word, n) => {
  NUMBER_WORDS[word] = (n + 2) * 10;
});
const HINDI: [number, string][] = [
  [1, 'ek एक'],
  [1.5, 'dedh derh डेढ़'],
  [2, 'do दो'],
  [2.5, 'dhai adhai ढाई'],
  [3, 'teen tin तीन'],
  [4, 'char chaar चार'],
  [5, 'paanch panch पांच पाँच'],
  [6, 'chhe che छह छः'],
  [7, 'saat सात'],
  [8, 'aath आठ'],
  [9, 'nau नौ'],
  [10, 'das dus दस'],
  [11, 'gyarah ग्यारह'],
  [12, 'barah बारह'],
  [14, 'chaudah चौदह'],
  [16, 'solah सोलह'],
  [18, 'atharah अठारह'],
  [24, 'chaubis चौबीस'],
  [15, 'pandrah pandra पंद्रह'],
  [20, 'bees bis बीस'],
  [25, 'pachis pacchis पच्चीस'],
  [30, 'tees तीस'],
  [40, 'chalis चालीस'],
  [50, 'pachas pachaas पचास'],
  [60, 'saath साठ'],
  [70, 'sattar सत्तर'],
  [75, 'pachattar पचहत्तर'],
  [80, 'assi अस्सी'],
  [90, 'nabbe नब्बे'],
  [100, 'sau सौ'],
];
export const HINDI_NUMBER_WORDS: Record<string, number> = {};
for (const [n, list] of HINDI) for (const word of list.split(' ')) HINDI_NUMBER_WORDS[word] = n;

/** "twenty five chairs" → "25 chairs"; Hindi words only where a countable thing may follow. */
export function countsInDigits(text: string): string {
  return text
    .replace(
      /\b(twenty|thirty|fourty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](one|two|three|four|five|six|seven|eight|nine))?\b/gi,
      (_, tens: string, one?: string) =>
        String(NUMBER_WORDS[tens.toLowerCase()]! + (one ? NUMBER_WORDS[one.toLowerCase()]! : 0)),
    )
    .replace(/\b(?:one )?hundred\b/gi, '100')
    .replace(/(?<![\p{L}\p{M}])([\p{L}\p{M}]{2,9})(?=\s[\p{L}\p{M}]{3,})/gu, (word: string) => {
      const lower = word.toLowerCase();
      const n = UNITS.includes(lower)
        ? NUMBER_WORDS[lower]
        : AMBIGUOUS.has(lower)
          ? undefined
          : HINDI_NUMBER_WORDS[lower];
      return n === undefined ? word : String(n);
    });
}
/** Hindi numbers that are everyday words as well. */
const AMBIGUOUS = new Set(['do', 'tin', 'che', 'dus', 'bis', 'ek', 'एक', 'sau', 'saath', 'das', 'sattar']);

/** Telephone numbers and addresses are no amounts: "6 lakhs. My number is 98430 11223" says nothing of 98430. */
export function withoutContacts(text: string): string {
  return text
    .replace(/[\w.+-]{1,64}@[\w.-]{1,80}/g, ' | ')
    .replace(/(?<![\d,.])\+?\d(?:[\s()-]{0,2}\d){9,14}(?![\d,])/g, (run) =>
      /^\d{1,6}(?:\s?-\s?)\d{1,6}$/.test(run) ? run : ' | ',
    );
}

/** "1,50,000" and "150,000" → 150000; "2.5" → 2.5. */
export function numberOf(text: string): number {
  return Number(text.replace(/,(?=\d)/g, ''));
}

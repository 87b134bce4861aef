/** Digits said in words ("nine eight double four", "nau aath") as digits. */

const SPOKEN: Record<string, string> = {};
const WORDS: [string, string][] = [
  ['0', 'zero oh o shunya sunya sunnya jero ziro jiro शून्य जीरो ज़ीरो nought nil null cero zéro'],
  ['1', 'one ek ekk एक eins ein uno un'],
  ['2', 'two do doo दो zwei zwo dos deux'],
  ['3', 'three teen tin तीन drei tres trois'],
  ['4', 'four fore char chaar चार vier cuatro quatre'],
  ['5', 'five paanch panch pach paach panj पांच पाँच fünf fuenf cinco cinq'],
  ['6', 'six chhe cheh che chhah chah chha chey छह छः छे sechs seis'],
  ['7', 'seven saat sat सात sieben siete sept'],
  ['8', 'eight aath ath aanth आठ acht ocho huit'],
  ['9', 'nine nau नौ neun nueve neuf'],
];
for (const [digit, list] of WORDS) for (const word of list.split(' ')) SPOKEN[word] = digit;

const PAIRS: Record<string, string> = {};
'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
  .split(' ')
  .forEach((word, i) => {
    PAIRS[word] = String(10 + i);
  });
const TENS: Record<string, number> = {};
'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').forEach((word, i) => {
  TENS[word] = i + 2;
});
const REPEAT: Record<string, number> = {
  double: 2,
  dubble: 2,
  dabal: 2,
  triple: 3,
  tripple: 3,
  डबल: 2,
  ट्रिपल: 3,
  doppel: 2,
  doble: 2,
};

/** What people say between digits. */
const FILLER = /^(?:u+m+|u+h+m*|e+r+m*|h+m+|and|then|aur|phir|fir|und|y|et|और|फिर)$/;

/** Replaces runs of at least six spoken digits; a single "do" or "one" stays a word. */
export function spokenDigits(text: string): string {
  const parts = text.split(/([^\p{L}\p{M}]+)/u);
  let out = '';
  let digits = '';
  let kept = '';
  let spoken = 0;
  let times = 1;
  let tens: number | undefined;
  const settle = () => {
    if (tens !== undefined) digits += `${tens}0`;
    tens = undefined;
  };
  const flush = () => {
    settle();
    out += spoken >= 2 && digits.length >= 6 ? `${digits} ` : kept;
    digits = kept = '';
    spoken = 0;
    times = 1;
  };
  const add = (more: string) => {
    digits += more.repeat(times);
    spoken += times;
    times = 1;
  };
  parts.forEach((part, i) => {
    const word = part.toLowerCase();
    const numeric = /^[\s,.-]*\d[\d\s,-]*$/.test(part);
    if (Object.hasOwn(REPEAT, word)) {
      settle();
      times = REPEAT[word]!;
      spoken += 2;
    } else if (Object.hasOwn(SPOKEN, word)) {
      const pair = tens;
      tens = undefined;
      if (pair !== undefined && SPOKEN[word] !== '0') add(`${pair}${SPOKEN[word]}`);
      else {
        if (pair !== undefined) digits += `${pair}0`;
        add(SPOKEN[word]!);
      }
    } else if (Object.hasOwn(PAIRS, word)) {
      settle();
      add(PAIRS[word]!);
    } else if (Object.hasOwn(TENS, word)) {
      settle();
      tens = TENS[word]!;
      spoken++;
    } else if (numeric && (digits || times > 1 || isRepeated(parts, i))) {
      settle();
      const run = part.replace(/\D/g, '');
      if (run.length > 8) {
        flush();
        out += part;
        return;
      }
      digits += run[0]!.repeat(times) + run.slice(1);
      times = 1;
    } else if (
      !((/^[\s,.…-]*$/.test(part) || FILLER.test(word)) && (digits || times > 1 || tens !== undefined))
    ) {
      flush();
      out += part;
      return;
    }
    kept += part;
  });
  flush();
  return out;
}

/** "98 double 4": written digits that a spoken repetition follows. */
const isRepeated = (parts: string[], i: number): boolean =>
  [REPEAT, PAIRS, TENS].some((table) => Object.hasOwn(table, parts[i + 1]?.toLowerCase() ?? ''));

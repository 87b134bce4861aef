import type { Token } from './tokens.ts';

const NUMBERS: Record<string, number> = {};
const SMALL: [number, string][] = [
  [1, 'one|ein|eins|una|uno|une'],
  [2, 'two|zwei|zwo|dos|deux'],
  [3, 'three|drei|tres|trois'],
  [4, 'four|vier|cuatro|quatre'],
  [5, 'five|funf|fuenf|cinco|cinq'],
  [6, 'six|sechs|seis'],
  [7, 'seven|sieben|siete|sept heures'],
  [8, 'eight|acht|ocho|huit'],
  [9, 'nine|neun|nueve|neuf'],
  [10, 'ten|zehn|diez|dix'],
  [11, 'eleven|elf|once|onze'],
  [12, 'twelve|zwolf|zwoelf|doce|douze'],
];
for (const [n, list] of SMALL) for (const word of list.split('|')) NUMBERS[word] = n;

/** Minutes and days of the month that are spelled out; Hindi ones count only beside a clock or month word. */
const LARGE: Record<string, number> = {
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  zwanzig: 20,
  dreissig: 30,
  veinte: 20,
  treinta: 30,
  vingt: 20,
  trente: 30,
  quinze: 15,
  quince: 15,
  dieciseis: 16,
  diecisiete: 17,
  dieciocho: 18,
  diecinueve: 19,
  seize: 16,
  sechzehn: 16,
  siebzehn: 17,
  achtzehn: 18,
  neunzehn: 19,
  funfzehn: 15,
};
const ORDINALS: Record<string, number> = {};
'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
  .split(' ')
  .forEach((word, i) => {
    ORDINALS[word] = i + 1;
  });
ORDINALS.thirtieth = 30;
ORDINALS.premier = 1;

/** Hindi numbers count only beside an hour, day or week word: "do" and "teen" are English words too. */
const HINDI_NUMBERS: Record<string, number> = {};
const HINDI: [number, string][] = [
  [1, 'ek|एक|pehli|pahli|पहली'],
  [2, 'do|दो'],
  [3, 'teen|tin|तीन'],
  [4, 'char|chaar|चार'],
  [5, 'panch|paanch|pach|paach|पांच|पाँच'],
  [6, 'chhe|che|chhah|cheh|chah|chhai|छह|छः|छे|छ'],
  [7, 'saat|sat|sath|सात'],
  [8, 'aath|ath|aanth|आठ'],
  [9, 'nau|no|naw|नौ'],
  [10, 'das|dus|दस'],
  [11, 'gyarah|gyara|giyarah|gyaarah|ग्यारह'],
  [12, 'barah|bara|baarah|बारह'],
  [13, 'terah|tera|तेरह'],
  [14, 'chaudah|choudah|चौदह'],
  [15, 'pandrah|pandra|पंद्रह|पन्द्रह'],
  [16, 'solah|sola|सोलह'],
  [17, 'satrah|satra|सत्रह'],
  [18, 'atharah|athara|अठारह'],
  [19, 'unnis|unees|उन्नीस'],
  [21, 'ikkis|ikkees|इक्कीस'],
  [22, 'bais|baees|बाईस'],
  [23, 'teis|teyis|तेईस'],
  [24, 'chaubis|chaubees|चौबीस'],
  [26, 'chhabbis|chabbis|छब्बीस'],
  [27, 'sattais|सत्ताईस'],
  [28, 'atthais|athais|अट्ठाईस'],
  [29, 'untis|unatis|उनतीस'],
  [31, 'ikattis|iktis|इकतीस'],
  [20, 'bees|बीस'],
  [25, 'pachis|pacchis|पच्चीस'],
  [30, 'tees|तीस'],
];
for (const [n, list] of HINDI) for (const word of list.split('|')) HINDI_NUMBERS[word] = n;

/** Whether a word can be a Hindi number, in the right company. */
export const isHindiNumber = (word: string): boolean => Object.hasOwn(HINDI_NUMBERS, word);

const COUNTED = new Set('OCLOCK HOUR MINUTE DAY WEEK FORTNIGHT MONTH SADHE SAVA PAUNE'.split(' '));
const ONES = new Set(['an', 'a', 'ein', 'einer', 'einem', 'eine', 'un', 'une', 'una']);
const LEADS = ['SADHE', 'SAVA', 'PAUNE'];
const DATED = /^(tarikh|tareekh|tarik|तारीख|ko|को|se|से)$/;

/** Number words become numbers where they stand as such; "twenty first" becomes one token, marked as ordinal. */
export function numbersFromWords(tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = { ...tokens[i]! };
    out.push(token);
    if (token.c === 'NUM') continue;
    const next = tokens[i + 1];
    const counted = COUNTED.has(next?.c ?? '');
    const beside =
      counted ||
      LEADS.includes(tokens[i - 1]?.c ?? '') ||
      /^M\d+$/.test(next?.c ?? '') ||
      isHindiRange(tokens, i);
    const hindi = HINDI_NUMBERS[token.raw];
    if (
      hindi !== undefined &&
      (beside || isRangeEnd(out, tokens, i) || DATED.test(next?.raw ?? '')) &&
      !(token.raw === 'no' && !counted)
    )
      become(token, hindi, 0);
    else if (token.c !== 'WORD') {
      if (ONES.has(token.raw) && counted) become(token, 1, 0);
    } else if (Object.hasOwn(NUMBERS, token.raw)) become(token, NUMBERS[token.raw]!, 0);
    else if (Object.hasOwn(ORDINALS, token.raw)) become(token, ORDINALS[token.raw]!, 0, true);
    else if (Object.hasOwn(LARGE, token.raw)) i += large(token, tokens, i);
    else if (ONES.has(token.raw) && counted) become(token, 1, 0);
  }
  return out;
}

/** "subah nau se das": the second of two that stand after a part of the day. */
function isRangeEnd(out: Token[], tokens: Token[], i: number): boolean {
  return (
    tokens[i - 1]?.c === 'TO' &&
    out.at(-3)?.c === 'NUM' &&
    isHindiNumber(tokens[i - 2]?.raw ?? '') &&
    /^(P:.*|W\d|D\d)$/.test(tokens[i - 3]?.c ?? '')
  );
}

/** "paanch se saat baje": the first of two counts as the second does. */
function isHindiRange(tokens: Token[], i: number): boolean {
  return (
    (tokens[i + 1]?.c === 'TO' && isHindiNumber(tokens[i + 2]?.raw ?? '') && tokens[i + 3]?.c === 'OCLOCK') ||
    // "do teen din"
    (isHindiNumber(tokens[i + 1]?.raw ?? '') && COUNTED.has(tokens[i + 2]?.c ?? ''))
  );
}

/** How many tokens were taken beside the first: "twenty-five" two, "thirty" none. */
function large(token: Token, tokens: Token[], i: number): number {
  const n = LARGE[token.raw]!;
  become(token, n, 2);
  if (n < 20 || n % 10) return 0;
  const dash = tokens[i + 1]?.raw === '-' ? 1 : 0;
  const unit = tokens[i + 1 + dash];
  const small = unit?.c === 'WORD' ? NUMBERS[unit.raw] : undefined;
  const ordinal = unit?.c === 'WORD' ? ORDINALS[unit.raw] : undefined;
  const digit = small ?? ordinal;
  // "twenty to five" keeps its twenty, "four thirty five" is rare
  if (digit === undefined || digit > 9) return 0;
  become(token, n + digit, 2, ordinal !== undefined);
  token.end = unit!.end;
  return 1 + dash;
}

function become(token: Token, n: number, digits: number, ordinal = false): void {
  Object.assign(token, { c: 'NUM', n, digits });
  if (ordinal) token.ordinal = true;
}

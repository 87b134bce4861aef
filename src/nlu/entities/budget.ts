import { clean } from '../text.ts';
import type { Budget } from '../types.ts';
import { HINDI_NUMBER_WORDS, NUMBER_WORDS, numberOf } from './numbers.ts';

const SCALES: [RegExp, number][] = [
  [/^(?:lakhs?|lacs?|lakhs?|lkh|lac|l|लाख)$/i, 1e5],
  [/^(?:crores?|cr|crs|karod|करोड़|करोड)$/i, 1e7],
  [/^(?:k|thousands?|hazaa?r|hajaa?r|thsnd|हजार|हज़ार|tausend|mil|mille)$/i, 1e3],
  [/^(?:m|mn|million|millions|millionen|millones)$/i, 1e6],
  [/^(?:hundred|sau|सौ)$/i, 100],
];
const CURRENCIES: [RegExp, string][] = [
  [/(?:₹|\brs\b\.?|\binr\b|rupees?|rupaye|rupay|rupya|रुपये|रुपए|रुपया|रु)/i, 'INR'],
  [/(?:\$|\busd\b|dollars?)/i, 'USD'],
  [/(?:€|\beur\b|euros?)/i, 'EUR'],
  [/(?:£|\bgbp\b|pounds?)/i, 'GBP'],
  [/(?:\baed\b|dirhams?|dhs)/i, 'AED'],
  [/(?:\bsar\b|riyals?)/i, 'SAR'],
  [/(?:\bsgd\b)/i, 'SGD'],
];
const BUDGET_WORD =
  /budget|bugdet|baget|bajat|बजट|spend|afford|upto|up to|under|within|below|less than|max|maximum|not more than|around|approx|range|tak\b|andar|ke andar|तक|अंदर|kharch|investment|invest|have about|can pay|can go|presupuesto|gasto/i;
const NOT_BUDGET =
  /paid|pay(?:ing)?\b(?! up)|charged|debited|deducted|refund|advance|emi\b|salary|turnover|win|won\b|prize|cashback|loan|price is|cost is|costs|bill|invoice|invested in|received|got\b|discount|token|balance|outstanding|due\b|quoted|diya|bheja|kat gaya|kate|transfer|earn|income|per month|monthly/i;

const PART = String.raw`(?:(?:₹|\$|€|£|\brs\.?|\binr\b|\busd\b|\beur\b|\bgbp\b|\baed\b)\s?)?`;
const NUMBER = String.raw`\d[\d,]{0,15}(?:\.\d{1,3})?`;
const SCALE = `(?:lakhs?|lacs?|lkh|crores?|crs?|karod|thousands?|hazaa?r|hajaa?r|hundred|sau|millions?|mn|k|l|m|लाख|करोड़|करोड|हजार|हज़ार|सौ)`;
const MONEY = new RegExp(
  String.raw`(${PART})(${NUMBER})\s?(${SCALE}(?![\p{L}\p{M}]))?\s?(?:(?:-|–|to|se|and|से|bis|a)\s?(${PART})(${NUMBER})\s?(${SCALE}(?![\p{L}\p{M}]))?)?\s?(\/-|(?:₹|\$|€|£|rs\b|inr\b|rupees?|rupaye|usd\b|dollars?|eur\b|euros?|gbp\b|pounds?|aed\b|dirhams?|रुपये|रुपए))?`,
  'giu',
);

/** The money a customer means to spend. `currency` (ISO 4217) is used where none was said. */
export function readBudget(
  input: string,
  options: { expecting?: boolean; currency?: string } = {},
): Budget | undefined {
  const text = wordsToDigits(clean(input)).replace(/(\d)\s?-\s?(?=[₹$€£\d])/g, '$1 - ');
  let found: Budget | undefined;
  for (const m of text.matchAll(MONEY)) {
    const [whole, sign1, n1, scale1, sign2, n2, scale2, after] = m;
    const context =
      text.slice(Math.max(0, m.index - 40), m.index) +
      text.slice(m.index + whole.length, m.index + whole.length + 25);
    if (/[\p{L}\d]$/u.test(text.slice(0, m.index)) && !sign1) continue;
    if (/^[\p{L}]/u.test(text.slice(m.index + whole.trimEnd().length))) continue;
    const currencyText = `${sign1 ?? ''} ${sign2 ?? ''} ${after ?? ''}`;
    const currency = CURRENCIES.find(([pattern]) => pattern.test(currencyText))?.[1];
    const scale = scaleOf(scale2) ?? scaleOf(scale1);
    const short = /^[lm]$/i.test(scale1 ?? '') || /^[lm]$/i.test(scale2 ?? '');
    const worded = BUDGET_WORD.test(context);
    const money = currency || after === '/-' || (scale !== undefined && !short);
    const asked = options.expecting && text.length < 60;
    if (
      !(
        money ||
        (((worded && /budget|bajat|बजट|spend|afford/i.test(context)) || asked) &&
          numberOf(n2 ?? n1!) >= 100) ||
        (short && worded)
      )
    )
      continue;
    if (NOT_BUDGET.test(context) && !/budget|bajat|बजट/i.test(context)) continue;
    const upper =
      numberOf(n2 ?? n1!) * (n2 ? (scaleOf(scale2) ?? scaleOf(scale1) ?? 1) : (scaleOf(scale1) ?? 1));
    const lower = n2 ? numberOf(n1!) * (scaleOf(scale1) ?? scaleOf(scale2) ?? 1) : undefined;
    if (!(upper > 0) || upper > 1e13 || (lower !== undefined && lower > upper)) continue;
    found = {
      amount: Math.round(upper * 100) / 100,
      currency: currency ?? options.currency ?? 'INR',
      ...(lower === undefined ? {} : { from: lower }),
    };
  }
  return found;
}

function scaleOf(word: string | undefined): number | undefined {
  return word ? SCALES.find(([pattern]) => pattern.test(word))?.[1] : undefined;
}

const WORDED =
  /([\p{L}\p{M}]{2,9})\s(?=(?:lakhs?|lacs?|crores?|thousands?|hazaa?r|hajaa?r|लाख|करोड़|हजार|हज़ार)(?![\p{L}\p{M}]))/giu;

/** "two lakh", "dedh crore", "पांच लाख" → digits. */
function wordsToDigits(text: string): string {
  return text.replace(WORDED, (all, word: string) => {
    const n = NUMBER_WORDS[word.toLowerCase()] ?? HINDI_NUMBER_WORDS[word.toLowerCase()];
    return n === undefined || !Number.isFinite(n) ? all : `${n} `;
  });
}

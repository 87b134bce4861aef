import { clean } from '../text.ts';
import type { Budget } from '../types.ts';
import { HINDI_NUMBER_WORDS, NUMBER_WORDS, numberOf, withoutContacts } from './numbers.ts';

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
  /\b(?:paid|pay(?:ing)?\b(?! up)|charged|debited|deducted|refund(?:ed)?|advance|emi|salary|turnover|win|won|prize|cashback|loans?|price is|cost is|costs|bills?|invoices?|invested in|received|got|discount|tokens?|balance|outstanding|due|quoted|diya|bheja|kat gaya|kate|transfer(?:red)?|earn(?:ed|ing)?|income|per month|monthly)\b/i;

const TOO_MUCH =
  /^\s*(?:(?:per|a|each|for one|for a)\b.{0,24}|is |are |seems? |looks? |to |toh |bahut |lag raha |hai |for that |for this ){0,3}(?:too|so|very|quite|bahut|kaafi|zyada|jyada) (?:high|much|costly|expensive|steep|zyada|jyada|mehnga|mehanga|hai)\b/i;

const LIMIT =
  /(?:under|below|within|upto|up to|less than|max|maximum|not more than|not above|not exceed(?:ing)?)\s$/i;

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
  const text = sums(wordsToDigits(europeanDots(withoutContacts(clean(input))))).replace(
    /(\d)\s?-\s?(?=[₹$€£\d])/g,
    '$1 - ',
  );
  let found: Budget | undefined;
  for (const m of text.matchAll(MONEY)) {
    const [whole, sign1, n1, scale1, sign2, n2, scale2, after] = m;
    const context =
      text.slice(Math.max(0, m.index - 40), m.index) +
      text.slice(m.index + whole.length, m.index + whole.length + 25);
    if (/[\p{L}\d]$/u.test(text.slice(0, m.index)) && !sign1) continue;
    const rest = text.slice(m.index + whole.trimEnd().length);
    if (/^[\p{L}]/u.test(rest)) continue;
    // "15k per user too high": their price, not one's own money
    if (TOO_MUCH.test(rest)) continue;
    // "5 k.m.", "15k steps"
    if (/^k$/i.test(scale1 ?? '') && (/^\.m\b/i.test(rest) || COUNTED.test(rest))) continue;
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
        (short && worded) ||
        (LIMIT.test(text.slice(0, m.index)) &&
          numberOf(n2 ?? n1!) >= 1000 &&
          /^\s?(?:$|[.,!?]|is|ka|ke|hai|only|please|pls|max)/i.test(rest))
      )
    )
      continue;
    if (NOT_BUDGET.test(context) && !/budget|bajat|बजट|afford|can spend/i.test(context)) continue;
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

const COUNTED =
  /^\s(?:steps|km|kms|followers|subscribers|ohms?|rpm|users|units|pcs|pieces|people|views|customers|employees|likes|sq|sms|messages|litres?|ltrs?|kg|pages|hours|hrs)\b/i;

/** "3.000 €": the dot parts thousands where the currency is the euro. */
function europeanDots(text: string): string {
  return /€|\beuros?\b|\beur\b/i.test(text)
    ? text.replace(/\b(\d{1,3})((?:[. ]\d{3})+)(?!\d)/g, (_, a, b) => a + b.replace(/\D/g, ''))
    : text;
}

const WORDED = new RegExp(
  String.raw`([\p{L}\p{M}]{2,9}|\d+(?:\.\d+)?)(\s(?:and a half|aur aadha))?\s(?=${SCALE}(?![\p{L}\p{M}]))`,
  'giu',
);
const FRACTION = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(saade|sade|sadhe|saadhe|साढ़े|साढे|sava|sawa|सवा|paune|पौने|half(?: an?)?|aadha|aadhe|आधा|quarter)\s(?:([\p{L}\p{M}]{2,9}|\d+)\s)?(?=${SCALE}(?![\p{L}\p{M}]))`,
  'giu',
);

/** "two lakh", "dedh crore", "saade teen lakh", "half a crore" → digits. */
function wordsToDigits(text: string): string {
  return text
    .replace(/\b(\d+|[a-z]{3,5}) and a half (?=(?:lakh|lac|crore|million))/gi, (all, word: string) => {
      const n = wordValue(word);
      return n === undefined ? all : `${n + 0.5} `;
    })
    .replace(FRACTION, (all, how: string, word?: string) => {
      const n = word === undefined ? 1 : wordValue(word);
      if (n === undefined) return all;
      const first = how.toLowerCase();
      if (/^(?:half|aadh|आधा)/.test(first)) return word === undefined ? '0.5 ' : all;
      if (first === 'quarter') return word === undefined ? '0.25 ' : all;
      if (/^(?:sava|sawa|सवा)/.test(first)) return `${n + 0.25} `;
      if (/^(?:paune|पौने)/.test(first)) return `${n - 0.25} `;
      return word === undefined ? all : `${n + 0.5} `;
    })
    .replace(WORDED, (all, word: string, half?: string) => {
      const n = wordValue(word);
      return n === undefined ? all : `${half ? n + 0.5 : n} `;
    })
    .replace(/\b(\d+|[a-z]{3,5}) and a half (?=(?:lakh|lac|crore|million))/gi, (all, word: string) => {
      const n = wordValue(word);
      return n === undefined ? all : `${n + 0.5} `;
    });
}

function wordValue(word: string): number | undefined {
  const lower = word.toLowerCase();
  const n = /^\d/.test(word) ? Number(word) : (NUMBER_WORDS[lower] ?? HINDI_NUMBER_WORDS[lower]);
  return n !== undefined && Number.isFinite(n) ? n : undefined;
}

const SUM =
  /(\d[\d,]*(?:\.\d+)?)\s?(lakhs?|lacs?|crores?|cr|लाख|करोड़|करोड)\s(?:and\s|aur\s)?(\d[\d,]*(?:\.\d+)?|[\p{L}\p{M}]{2,9})\s?(lakhs?|lacs?|thousands?|hazaa?r|hajaa?r|k|लाख|हजार|हज़ार)(?![\p{L}\p{M}])/giu;

/** "1 lakh 50 thousand" is one amount. */
function sums(text: string): string {
  return text.replace(SUM, (all, n1: string, scale1: string, n2: string, scale2: string) => {
    const more = /^\d/.test(n2) ? numberOf(n2) : wordValue(n2);
    const [large, small] = [scaleOf(scale1)!, scaleOf(scale2)!];
    return more === undefined || small >= large
      ? all
      : `${(numberOf(n1) * large + more * small) / large} ${scale1}`;
  });
}

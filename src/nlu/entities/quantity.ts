import { clean } from '../text.ts';
import type { Quantity } from '../types.ts';
import { countsInDigits, HINDI_NUMBER_WORDS, NUMBER_WORDS, numberOf, withoutContacts } from './numbers.ts';

/** Unit as written → its standard form. */
const UNITS = new Map<string, string>();
const TABLE: Record<string, string> = {
  units:
    'unit units nos no pcs pc pce piece pieces piec qty quantity numbers nag stück stuck unidades piezas pièces unités peti इकाई पीस नग',
  users:
    'user users seat seats license licenses licence licences logins login employees employee staff people pax persons person members member agents telecallers salesmen salesman salespeople salespersons reps executives technicians log logo logon लोगों usuarios benutzer utilisateurs यूजर लोग',
  kg: 'kg kgs kilo kilos kilogram kilograms किलो',
  g: 'gm gms gram grams',
  ton: 'ton tons tonne tonnes mt टन',
  quintal: 'quintal quintals',
  litre: 'litre litres liter liters ltr ltrs lit लीटर',
  metre: 'meter meters metre metres mtr mtrs मीटर',
  feet: 'feet ft foot',
  sqft: 'sqft sqfeet',
  box: 'box boxes carton cartons ctn',
  set: 'set sets',
  pair: 'pair pairs',
  bag: 'bag bags',
  roll: 'roll rolls',
  sheet: 'sheet sheets',
  pack: 'pack packs packet packets',
  bottle: 'bottle bottles',
  dozen: 'dozen dozens darjan',
};
for (const [unit, list] of Object.entries(TABLE))
  for (const word of list.split(' ')) UNITS.set(bareLetters(word), unit);

/** Hindi is written with and without its dots below. */
function bareLetters(word: string): string {
  return word.normalize('NFKC').replace(/़/g, '');
}

/** Plural words that are counted but never bought. */
const NOT_GOODS = new Set(
  `days hours minutes mins hrs years yrs months weeks times rupees rs dollars euros pounds lakhs lacs crores thousands am pm
  baje o is was has this as thanks pls plz us yes degrees inches watts volts amps stars points percent options reasons
  problems issues questions calls messages mails emails tickets complaints reminders visits images photos pics floors rooms
  bhks works suits sounds comes starts opens closes goes needs wants helps looks seems gets means does stops kms miles mms cms steps words things ways sides lines orders invoices bills fees taxes returns instalments installments emis ks
  baths beds doctors nurses partners owners directors shops outlets branches godowns demos meetings visits sessions trainings always perhaps its kids children sons daughters persons'`.split(
    /\s+/,
  ),
);

const PATTERN =
  /(?<![\p{L}\d.,₹$€£#/:-])(\d[\d,]{0,9}(?:\.\d{1,3})?|[\p{L}\p{M}]{2,9})(?:\s?(?:-|to|se|or)\s?(\d[\d,]{0,9}))?\s?(?:(?:more|new|such|extra|numbers? of|running|square|cubic|wooden|office|plastic|small|big|large)\s)?([\p{L}\p{M}](?:-?[\p{L}\p{M}]){0,19})/giu;

/** How many, of what: "50 chairs", "10 nos", "25 users", "do darjan". Upper end of a range. */
export function readQuantity(input: string, options: { expecting?: boolean } = {}): Quantity | undefined {
  const text = countsInDigits(dozens(withoutContacts(clean(input))))
    .replace(/\b(sq)\.?\s?(ft|feet|foot)\b/gi, 'sqft')
    .replace(/\b(\d{1,9})(?:\s?\+)/g, '$1');
  let found: Quantity | undefined;
  for (const m of text.matchAll(PATTERN)) {
    const value = amountOf(m[2] ?? m[1]!);
    if (value === undefined || !(value > 0) || value > 1e8) continue;
    const word = m[3]!.toLowerCase();
    const before = text.slice(Math.max(0, m.index - 16), m.index);
    const after = text.slice(m.index + m[0].length, m.index + m[0].length + 14);
    if (
      /(?:\b(?:at|by|rs\.?|inr|order (?:no|id|number)|invoice|flat|sector|room|floor|no\.|(?:order|room|flat|plot|door|house|sr|serial|model|phone|mobile|bill|ticket) no|number|phone|model|version)|₹|\$|#)\s?$/i.test(
        before,
      )
    )
      continue;
    const unit = UNITS.get(bareLetters(word));
    // "a dental clinic with 5 chairs" tells of themselves
    if (unit !== 'users' && OWN_HOUSE.test(text.slice(Math.max(0, m.index - 32), m.index))) continue;
    if (unit) {
      if (unit === 'ton' && /^\s?(?:ac\b|split|window|inverter|air)/i.test(after)) continue;
      if (word === 'no' && !/\d/.test(m[1]!)) continue;
      found = { value: unit === 'dozen' ? value * 12 : value, unit: unit === 'dozen' ? 'units' : unit };
    } else if (
      /\d/.test(m[1]!) &&
      /[^s]s$/.test(word) &&
      word.length > 3 &&
      !NOT_GOODS.has(word) &&
      !/(?:ous|ss|is|us)$/.test(word)
    ) {
      if (value < 10000) found = { value, unit: word };
    } else if (/\d/.test(m[1]!) && /(?:iyan|iyaan|iyon|ियाँ|ियां|ियों)$/.test(word) && value < 10000)
      found = { value, unit: 'units' };
  }
  if (found) return found;
  const named = LICENCES.exec(text);
  if (named) return { value: numberOf(named[1]!), unit: 'users' };
  const labelled = /\b(?:qty|quantity|qnty|moq|matra|मात्रा|संख्या)\s?(?:is|:|-|=|of)?\s?(\d[\d,]{0,8})\b/i.exec(
    text,
  );
  if (labelled) return { value: numberOf(labelled[1]!), unit: 'units' };
  const counted = HEADS.map((pattern) => pattern.exec(text)?.[1]).find(Boolean);
  if (counted) return { value: numberOf(counted), unit: 'users' };
  const asked = wished(text);
  if (asked) return { value: asked, unit: /team of/i.test(text) ? 'users' : 'units' };
  const total = /(?<![\d.,₹])(\d{1,5})\s(?:total|in total|altogether|in all|kul|कुल)(?![\p{L}\p{M}])/iu.exec(
    text,
  );
  if (total && !/(?:rs|inr|rupees|₹)/i.test(text)) return { value: numberOf(total[1]!), unit: 'units' };
  if (options.expecting) {
    // "nahi 20 nahi 30", "not 20, 30"
    const rather =
      /^(?:(?:no|not|nahi|nahin|nhi|sorry)[\s,]+\d{1,6}[\s,]+)+(?:(?:no|but|nahi|nahin|nhi|make it|it's|its)[\s,]+)*(\d{1,6})[.!]?$/i.exec(
        text,
      );
    if (rather) return { value: numberOf(rather[1]!), unit: 'units' };
    const bare =
      /^(?:(?:about|around|approx\.?|only|just|say|sirf|total|maybe|make it|make that|let's say|lets say|we are|we're|for|actually|rather|no|sorry|hum|it's|its|it is) )*(\d[\d,]{0,8}|[\p{L}\p{M}]{2,9})(?:\s?(?:-|to|se)\s?(\d[\d,]{0,8}))?\s?(?:only|please|pls|chahiye|hi|approx|sir|ji|final|now|in all|के करीब)?[.!]?$/iu.exec(
        text,
      );
    const value = bare && amountOf(bare[2] ?? bare[1]!);
    if (value && value > 0) return { value, unit: 'units' };
  }
}

const OWN_HOUSE =
  /\b(?:clinic|hospital|nursing home|hotel|salon|parlour|restaurant|cafe|school|college|gym|lab|spa|theatre|lodge)s? (?:with|of|having|has) $/i;

/** "half a dozen chairs" → "6 chairs", "2 dozen" → "24 pcs". */
function dozens(text: string): string {
  return text.replace(
    /(?<![\p{L}\p{M}\d])(half(?: a)?|aadha|aadhe|आधा|\d{1,4}|a|one|two|three|four|five|six|ek|do|teen|char|paanch|दो|एक)\s(?:dozens?|darjan|दर्जन)(?![\p{L}\p{M}])(\s[a-z]{3,}[^s\s]s\b)?/giu,
    (_, count: string, goods?: string) => {
      const n = /^(?:half|aadh|आधा)/i.test(count) ? 0.5 : (amountOf(count) ?? 1);
      return `${n * 12}${goods ?? ' pcs'}`;
    },
  );
}

/** "20 CRM licences", "12 service desk seats" */
const LICENCES =
  /(?<![\d.,:/₹$#-])(\d{1,5})\s(?!(?:am|pm|baje|lakhs?|lacs?|k|crores?|days?|din|years?|saal|months?|percent)\b)(?:[\p{L}\p{M}-]+\s){1,3}(?:users?|licen[cs]es?|seats?|logins?|subscriptions?)(?![\p{L}\p{M}])/iu;

/** "staff is 65", "Users: 14", "18 of us", "we are 6 now", "hum 7 log": how many they are. */
const NO_COUNT = String.raw`(?![\d.,:/%-]*\d|\s?(?:%|am\b|pm\b|baje|bje|lakhs?\b|lacs?\b|k\b|crores?\b|km\b|kms\b|days?\b|din\b|weeks?\b|months?\b|years?\b|yrs?\b|saal\b|minutes?\b|mins?\b|hours?\b|hrs?\b|branch|offices?\b|shops?\b|stores?\b|outlets?\b|locations?\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b))`;
const HEADS = [
  new RegExp(
    String.raw`\b(?:users?|staff|employees|seats|licen[cs]es|agents|people|persons|members|head ?count|strength|team size|team|logins)(?: (?:count|strength|size|total))?(?:\s?[:=]\s?|\s-\s|\?\s|\s(?:is|are|was|hai|of|may be|maybe|might be|will be|would be|could be)\s)(?:now |actually |about |around |only |total |approx )?(?:\d{1,5}\s?(?:-|to|or|se)\s?)?(\d{1,5})${NO_COUNT}`,
    'i',
  ),
  /^(?:so |in )?total(?: is| of| =|:)? (\d{1,4})[.!]?$/i,
  /^(?:and |also |with |total )?(?:users?|staff|employees|seats|agents|people|persons|members) (\d{1,5})[.!]?$/i,
  /(?<![\d.,:/₹$-])(?<!will be )(\d{1,5}) of us\b(?! (?:will|are|would))/i,
  new RegExp(
    String.raw`\b(?:we are|we're|we r|hum)(?: now| actually| only| just| about| around| total)? (\d{1,5})(?= ?(?:$|[,;.!]|and\b|but\b|now\b|in\b|people\b|log\b|altogether\b|actually\b))${NO_COUNT}`,
    'i',
  ),
];

const WISH = [
  /\b(?:need|want|require)\s(?:only |just |about |around )?(\d{1,5})\s?(?:$|[.!,?]|only|pls|please|sir)/i,
  /(?<![\d.,])(\d{1,5})\s(?!(?:lakhs?|lac|crore|k|din|ghante|baje|minute|mahine|saal|tarikh|hazaa?r|rupaye|percent|feet|inch|लाख|हजार|बजे|दिन)\b)[\p{L}\p{M}]{2,16}\s(?:chahiye|chaiye|chahie|chahye|chahiyen|lena|leni|lene|mangta|required|needed|चाहिए|चाहिये|लेनी|लेना|लेने)/iu,
  /\b(?:need|want|require|buy|purchase|brauchen?|benötigen?|necesit[oa]m?o?s?|quiero|il me faut|je veux|voudrais)\s(\d{1,5})\s(?!(?:demos?|meetings?|also|too|more|like|that|which|with|from|and|or|for|of|see|know|buy|get|have|book|talk|meet|take|try|check|ask|make|my|our|the|lakhs?|lac|crore|k|days?|hours?|minutes?|mins?|tage|stunden|minuten|días|jours|am|pm|uhr|percent|discount)\b)[\p{L}]{2,20}/iu,
  /\b(?:(?:sales |our |a )?team of|office of|staff of)\s(\d{1,5})(?![\d%.,:/]|\s?(?:lakh|k\b|am|pm|days?|%))/i,
  /\b(?:price|rate|rates|cost|quote|quotation|discount|estimate)\s(?:\p{L}+\s){0,3}for\s(\d{1,5})\s?(?:$|[?.!,]|pls|please)/iu,
];

/** "2 AC chahiye", what is counted has no unit. "discount if I buy 10" wishes nothing yet. */
function wished(text: string): number | undefined {
  for (const pattern of WISH) {
    const n = numberOf(pattern.exec(text)?.[1] ?? '0');
    if (n > 0) return n;
  }
}

function amountOf(text: string): number | undefined {
  if (/^\d/.test(text)) return numberOf(text);
  const lower = text.toLowerCase();
  if (lower === 'an' || lower === 'half' || lower === 'no') return;
  return NUMBER_WORDS[lower] ?? HINDI_NUMBER_WORDS[lower];
}

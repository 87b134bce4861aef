import { clean } from '../text.ts';
import type { Quantity } from '../types.ts';
import { HINDI_NUMBER_WORDS, NUMBER_WORDS, numberOf } from './numbers.ts';

/** Unit as written → its standard form. */
const UNITS = new Map<string, string>();
const TABLE: Record<string, string> = {
  units:
    'unit units nos no pcs pc pce piece pieces piec qty quantity numbers nag stück stuck unidades piezas pièces unités peti इकाई पीस नग',
  users:
    'user users seat seats license licenses licence licences logins login employees employee staff people persons person members member agents telecallers log usuarios benutzer utilisateurs यूजर लोग',
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
for (const [unit, list] of Object.entries(TABLE)) for (const word of list.split(' ')) UNITS.set(word, unit);

/** Plural words that are counted but never bought. */
const NOT_GOODS = new Set(
  `days hours minutes mins hrs years yrs months weeks times rupees rs dollars euros pounds lakhs lacs crores thousands am pm
  baje o is was has this as thanks pls plz us yes degrees inches watts volts amps stars points percent options reasons
  problems issues questions calls messages mails emails tickets complaints reminders visits images photos pics floors rooms
  bhks stops kms miles mms cms steps words things ways sides lines orders invoices bills instalments installments emis ks
  baths beds always perhaps its kids children sons daughters persons'`.split(/\s+/),
);

const PATTERN =
  /(?<![\p{L}\d.,₹$€£#/:-])(\d[\d,]{0,9}(?:\.\d{1,3})?|[\p{L}\p{M}]{2,9})(?:\s?(?:-|to|se|or)\s?(\d[\d,]{0,9}))?\s?(?:(?:more|new|such|extra|numbers? of|nos?\.? of|nos\.?|wooden|office|plastic|small|big|large)\s)?([\p{L}\p{M}]{1,20})/giu;

/** How many, of what: "50 chairs", "10 nos", "25 users", "do darjan". Upper end of a range. */
export function readQuantity(input: string, options: { expecting?: boolean } = {}): Quantity | undefined {
  const text = clean(input)
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
      /(?:\b(?:at|around|by|rs\.?|inr|order (?:no|id|number)|invoice|flat|sector|room|floor|no\.?|number|phone|model|version)|₹|\$|#)\s?$/i.test(
        before,
      )
    )
      continue;
    const unit = UNITS.get(word);
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
    }
  }
  if (found) return found;
  const labelled = /\b(?:qty|quantity|qnty|moq|matra|मात्रा|संख्या)\s?(?:is|:|-|=|of)?\s?(\d[\d,]{0,8})\b/i.exec(
    text,
  );
  if (labelled) return { value: numberOf(labelled[1]!), unit: 'units' };
  if (options.expecting) {
    const bare =
      /^(?:about |around |approx\.? |only |just |say |sirf |total |maybe )?(\d[\d,]{0,8}|[\p{L}\p{M}]{2,9})(?:\s?(?:-|to|se)\s?(\d[\d,]{0,8}))?\s?(?:only|please|pls|chahiye|hi|approx|sir|ji|के करीब)?[.!]?$/iu.exec(
        text,
      );
    const value = bare && amountOf(bare[2] ?? bare[1]!);
    if (value && value > 0) return { value, unit: 'units' };
  }
}

function amountOf(text: string): number | undefined {
  if (/^\d/.test(text)) return numberOf(text);
  const lower = text.toLowerCase();
  if (lower === 'an' || lower === 'half' || lower === 'no') return;
  return NUMBER_WORDS[lower] ?? HINDI_NUMBER_WORDS[lower];
}

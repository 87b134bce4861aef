import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { guessLanguage } from '../language.ts';
import { clean } from '../text.ts';
import type { PhoneProblem } from '../types.ts';
import { countriesNamed } from './phone-country.ts';
import { isRefused } from './phone-refused.ts';
import { spokenDigits } from './spoken.ts';

export type PhoneReading = { phone?: string; phoneProblem?: PhoneProblem };
export type PhoneOptions = {
  /** A number was asked for, so anything numeric is meant as one and a bad one is a problem. */
  expecting?: boolean;
  /** Only with its leading nought is a number of ten digits of this country. */
  trunk?: boolean;
};

/** What stands before a number that is no telephone number. */
const OTHER_NUMBER =
  /(?<!\p{L})(?:order|ord|invoice|inv|bill|ticket|complaint|case|ref(?:erence)?|txn|transaction|utr|docket|awb|tracking|po|gst(?:in)?|pan|aadh?aa?r|account|acct|acnt|lr|a\/c|acc|ifsc|serial|sr|model|part|item|sku|rs|inr|usd|rupees|₹|\$|€|£|pin ?code|pincode|pin|otp|imei|policy|loan|upi|lot|batch|quotation|quote|receipt|challan|hsn|cheque|consignment|booking|registration|reg|job|enquiry|sl|s\/n|chassis|engine|vehicle|consumer|customer|client|member(?:ship)?|employee|emp|staff|student|roll|meter|pnr|folio|isbn|ean|barcode|upc|card|license|licence|fssai|cin|din|tan|udyam|msme|application|file|token|flight|train|challan|coupon|promo|passport|voter|crn|mrn|uhid|batch|user|login|dl|rc|vin|id|sn|amount|amt|qty|quantity|price|rate|cost|total|value|reading|worth|between|digit|pedido|factura|albarán|reclamo|expediente|seguimiento|auftrag|auftragsnummer|bestellung|bestellnummer|rechnung|rechnungsnummer|kundennummer|vorgang|sendung|commande|facture|devis|dossier|suivi|colis)\s*(?:id|no|nos|num|number|#|code|amount|nr|n[°ºo])?\s*(?:is|was|:|-|=|\.|#)?\s*(?:[a-z]{1,5}[-/]?)?$/iu;
const PHONE_WORD =
  /(?:phone|mobile|mob|mobail|cell|whats ?app|wa|contact|call|tel|telephone|land ?line|office|number|num|no|nmbr|nmber|reach|ph|handy|nummer|telefon|numero|फोन|फ़ोन|मोबाइल|नंबर|नम्बर|संपर्क)/i;
const AMOUNT_AFTER =
  /^\s*(?:\/-|rs\b|rupees|inr\b|lakhs?\b|lacs?\b|crores?\b|cr\b|k\b|usd\b|pcs|pieces|units?\b|nos\b|kgs?\b|tons?\b|mt\b|meters?\b|sq|ltr|litres?|%|paid|ka payment|payment)/i;

/** "9845012345 is my order id" */
const OTHER_AFTER =
  /^[\s,-]*(?:(?:is|was|are)\s+(?:my|the|our|ur|your)?\s*|(?:mera|meri|hamara)\s+|ye\s+)?(?:sku|upi|gpay id|order|invoice|bill|ticket|complaint|docket|awb|utr|tracking|account|a\/c|policy|customer id|consumer|booking|po\b|imei|serial|reference|ref\b)(?!\W{0,3}(?:(?:no|id|number|num)\b\W{0,3})?\d)/i;

/** Reads a telephone number as E.164. `country` (ISO 3166) is where a number without a country code belongs. */
export function readPhone(input: string, country = 'IN', options: PhoneOptions = {}): PhoneReading {
  const text = spokenDigits(withoutLinksAndDates(clean(input)))
    // "_9845012345_", "9845012345/46"
    .replace(/(?<![\p{L}\d])_(\+?\d[\d\s-]{7,15}\d)_(?![\p{L}\d])/gu, ' $1 ')
    .replace(/(?<!\d)([6-9]\d{9})\/\d{1,4}(?!\d)/g, '$1')
    // "qty 25 9845012345", "560001 9845012345"
    .replace(/(?<![\d.+(-])(?!0*91 |0+ )(\d{1,6}) (?=[6-9]\d{9}(?!\d))/g, '$1; ')
    // "98450 12345 1500sqft"
    .replace(
      /(?<=\d{4}) (?=\d{1,6} ?(?:sq\w*|bhk|pcs|nos|kgs?|mm|cm|ft|feet|units?|pieces|qty|mtrs?|ltrs?)\b)/gi,
      '; ',
    )
    // "98200 00510. 18 March", "9820000510 - 18 March": a number ends with its sentence
    .replace(/(\d{4,})(?:\. | - | \()(?=\d{1,2}(?:\D|$))/g, '$1; ')
    // "call me after 4. 9820000510"
    .replace(/(?<![\d.])(\d{1,3})\. (?=\+?\d)/g, '$1; ')
    // "98450,12345"
    .replace(/(?<![\d,])([6-9]\d{4})(?:,| ?[/|] ?)(\d{5})(?![\d,])/g, '$1 $2');
  let problem: PhoneProblem | undefined;
  let found: string | undefined;
  let provisional = false;
  const pattern = /(?:\+|00)?[(]?\d(?:[\d()]|[\s./-](?=[\s\d(+-])){4,36}\d/g;
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    const run = m[0];
    const before = text.slice(Math.max(0, m.index - 40), m.index);
    const after = text.slice(m.index + run.length, m.index + run.length + 30);
    if (!looksLikePhone(run, before, after)) continue;
    if (options.trunk && /^[6-9]\d{9}$/.test(run.replace(/\D/g, ''))) continue;
    const around = text.slice(Math.max(0, m.index - 60), m.index + run.length + 40);
    const read =
      abroad(run, before, around) ??
      inLanguage(run, text, country) ??
      indianFirst(run, country) ??
      parse(run, country, PHONE_WORD.test(before.slice(-24))) ??
      splitNumbers(run, country);
    if (read) {
      const refused = isRefused(before, after);
      if (found && refused && !provisional) continue;
      provisional = refused;
      found = read; // the last valid number counts
    } else problem = problemOf(run, before, text, options.expecting ?? false, country) ?? problem;
  }
  if (found) return { phone: found };
  if (problem) return { phoneProblem: problem };
  if (options.expecting) return shortAttempt(text);
  return {};
}

function looksLikePhone(run: string, before: string, after: string): boolean {
  const digits = run.replace(/\D/g, '');
  if (digits.length < 7) return false;
  if (digits.length > 17 && !/\d{6,}[^\d]+\+?\d{6,}/.test(run) && !/[/]/.test(run)) return false;
  // a firm's free number is nobody's own
  if (/^(?:1800|1860)\d{6,7}$/.test(digits)) return false;
  // INV/2026/984401, but "raj-9845012345"
  const named = /^[6-9]\d{9}$/.test(run) && /(?<!\p{L})\p{L}\p{Ll}+-$/u.test(before);
  if (/\p{L}{2,}[-/]$/u.test(before) && !named && !PHONE_WORD.test(before.slice(-12))) return false;
  if (
    /[\p{L}\d_#]$/u.test(before) &&
    // "Ramesh9845012345"
    !(/^[6-9]\d{9}$/.test(run) && /(?<![\p{L}\d])\p{L}\p{Ll}{3,}$/u.test(before)) &&
    !/(?:wa|no|ph|mob|m|number|num|nmbr|call|me|is|hai|at|whatsapp|contact)$/i.test(before)
  )
    return false;
  if (OTHER_NUMBER.test(before) && !/(?:whats ?app|mobile|phone|contact|call)[^,;.]{0,18}$/i.test(before))
    return false;
  if (/[₹$€£]\s*$/.test(before) || AMOUNT_AFTER.test(after) || OTHER_AFTER.test(after)) return false;
  if (/^\s*@/.test(after) || (/^[\p{L}_]/u.test(after) && !/^(?:[a-z]+)/i.test(after))) return false; // 9876543210@upi
  if (/^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$/.test(run) || /^\d{4}-\d{2}-\d{2}/.test(run)) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(run)) return false; // an address of a machine
  return true;
}

/** Links hold numbers that are nobody's, but for the ones that open a chat; a date is no number either. */
function withoutLinksAndDates(text: string): string {
  return text
    .replace(
      /(?:https?:\/\/)?(?:wa\.me\/\+?|(?:api|web|chat)\.whatsapp\.com\/(?:send)?\/?\?phone=\+?)(\d{7,15})\S*/gi,
      (_, n: string) => (n.length > 10 ? ` +${n} ` : ` ${n} `),
    )
    .replace(/(?<!\d)(?:\d,\s?){9,12}\d(?!\d)/g, (run) => run.replace(/\D/g, ''))
    .replace(/\btel:\s?/gi, ' ')
    .replace(/(?:https?:\/\/|www\.)\S+|\b[a-z0-9-]+\.(?:com|in|org|net|co)\/\S+/gi, ' | ')
    .replace(
      /(?<![\d.\-/])(\d{1,2})[-/.](\d{1,2})[-/.](?:20\d\d|\d\d)(?![\d]|[-/.]\d)(?:\s+\d{1,2}[:.]\d\d(?!\d))?/g,
      (all, a, b) =>
        (Number(a) <= 31 && Number(b) <= 12) || (Number(a) <= 12 && Number(b) <= 31) ? ' | ' : all,
    )
    .replace(/\b\d{1,2}:\d\d\b/g, ' | ');
}

/** A number written the local way, with its country named beside it: "I am in the UK, 07911 123456". */
function abroad(run: string, before: string, around: string): string | undefined {
  const digits = run.replace(/\D/g, '');
  if (/^\(?(?:\+|00)/.test(run) || digits.length > 12) return;
  for (const country of countriesNamed(around)) {
    const parsed = parsePhoneNumberFromString(digits, country);
    if (!parsed?.isValid()) continue;
    // ten digits from 6 to 9 are Indian as well: abroad only where the country stands right before
    const indian = /^(?:91)?[6-9]\d{9}$/.test(digits);
    if (!indian || countriesNamed(before.slice(-24)).includes(country)) return parsed.number;
  }
}

const SPOKEN_IN = { de: 'DE', fr: 'FR', es: 'ES' } as const;

/** "Meine Nummer ist 0170 1234567": written the local way in a language that has its own country. */
function inLanguage(run: string, text: string, country: string): string | undefined {
  const digits = run.replace(/\D/g, '');
  if (country !== 'IN' || /^\(?(?:\+|00)/.test(run) || digits.length > 12 || /^[6-9]\d{9}$/.test(digits))
    return;
  const { language } = guessLanguage(text);
  if (language !== 'de' && language !== 'fr' && language !== 'es') return;
  const parsed = parsePhoneNumberFromString(digits, SPOKEN_IN[language]);
  return parsed?.isValid() ? parsed.number : undefined;
}

/** India's numbers come as 098…, 91…, 091-…, 0091…: all mean the same. */
function parse(run: string, country: string, landline = false): string | undefined {
  let text = run.replace(/^\(?00/, '+');
  let digits = text.replace(/\D/g, '');
  if (country === 'IN' && !text.startsWith('+')) {
    if (/^0?91[6-9]\d{9}$/.test(digits)) digits = digits.slice(-10);
    if (/^0[6-9]\d{9}$/.test(digits)) digits = digits.slice(1);
    text = digits;
  }
  if (text.startsWith('+') && country === 'IN' && /^910[6-9]\d{9}$/.test(digits))
    text = `+91${digits.slice(3)}`;
  // ten digits from 1 to 5 are a landline only with its nought or its country
  if (
    country === 'IN' &&
    !/^\(?(?:\+|00)/.test(run) &&
    /^[1-5]\d{9}$/.test(run.replace(/\D/g, '')) &&
    !landline
  )
    return;
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  if (parsed?.isPossible() && valid(parsed.number, parsed.countryCallingCode)) return parsed.number;
  // a foreign number written without its plus
  if (!text.startsWith('+') && digits.length >= 11 && digits.length <= 15 && !digits.startsWith('0')) {
    const foreign = parsePhoneNumberFromString(`+${digits}`);
    if (foreign?.isValid()) return foreign.number;
  }
}

function valid(number: string, code: string): boolean {
  const national = number.slice(code.length + 1);
  if (/^(\d)\1+$/.test(national) || national === '1234567890' || national === '0123456789') return false;
  if (code === '91')
    return /^\+91(?:[6-9]\d{9}|[1-5]\d{9})$/.test(number) && parsePhoneNumberFromString(number)!.isValid();
  return parsePhoneNumberFromString(number)!.isValid();
}

/** "98450 12345 4 pm": what follows a whole Indian number is not part of it. */
function indianFirst(run: string, country: string): string | undefined {
  const [, ended] = /^\d{1,2}[\s-]{1,3}([6-9]\d{9})$/.exec(run) ?? [];
  if (ended && country === 'IN' && !/^(?:91|0)[\s-]/.test(run)) return parse(ended, country);
  const [, led] = /^((?:\+?91[\s-]?|0)?[6-9]\d{4}[\s-]?\d{5})[\s-]{1,3}\d{1,2}$/.exec(run) ?? [];
  return led && country === 'IN' ? parse(led, country) : undefined;
}

/** "9876543210 / 9123456780", "9876543210 400001": the last that is a number by itself. */
function splitNumbers(run: string, country: string): string | undefined {
  const parts = run.split(/[/]|\s{1,3}(?=[6-9+]\d{9})|\s+/).filter((p) => p.replace(/\D/g, '').length >= 10);
  for (const part of parts.reverse()) {
    const read = parse(part, country);
    if (read) return read;
  }
}

function problemOf(
  run: string,
  before: string,
  text: string,
  expecting: boolean,
  country: string,
): PhoneProblem | undefined {
  const digits = run.replace(/\D/g, '').replace(country === 'IN' ? /^(?:0?91(?=\d{9,}$)|0)/ : /^$/, '');
  const meant =
    expecting ||
    PHONE_WORD.test(before) ||
    (digits.length >= 9 && digits.length <= 12 && text.length < digits.length + 12);
  if (!meant) return;
  const usual = country === 'IN' ? [10, 10] : [7, 15];
  if (digits.length < usual[0]!) return 'too-short';
  if (digits.length > usual[1]!) return 'too-long';
  return 'invalid';
}

function shortAttempt(text: string): PhoneReading {
  const digits = text.replace(/\D/g, '');
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  if (digits.length >= 4 && digits.length <= 17 && letters <= 12)
    return { phoneProblem: digits.length < 10 ? 'too-short' : digits.length > 13 ? 'too-long' : 'invalid' };
  return {};
}

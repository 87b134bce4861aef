import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { clean } from '../text.ts';
import type { PhoneProblem } from '../types.ts';

export type PhoneReading = { phone?: string; phoneProblem?: PhoneProblem };
export type PhoneOptions = {
  /** A number was asked for, so anything numeric is meant as one and a bad one is a problem. */
  expecting?: boolean;
};

const SPOKEN: Record<string, string> = {
  zero: '0',
  oh: '0',
  o: '0',
  shunya: '0',
  sunya: '0',
  jero: '0',
  शून्य: '0',
  जीरो: '0',
  nought: '0',
  one: '1',
  ek: '1',
  एक: '1',
  two: '2',
  do: '2',
  दो: '2',
  three: '3',
  teen: '3',
  तीन: '3',
  four: '4',
  char: '4',
  chaar: '4',
  चार: '4',
  five: '5',
  paanch: '5',
  panch: '5',
  पांच: '5',
  पाँच: '5',
  six: '6',
  chhe: '6',
  cheh: '6',
  che: '6',
  छह: '6',
  छः: '6',
  seven: '7',
  saat: '7',
  सात: '7',
  eight: '8',
  aath: '8',
  आठ: '8',
  nine: '9',
  nau: '9',
  नौ: '9',
};
const REPEAT: Record<string, number> = { double: 2, dubble: 2, triple: 3, tripple: 3, डबल: 2 };

/** What stands before a number that is no telephone number. */
const OTHER_NUMBER =
  /(?:order|ord|invoice|inv|bill|ticket|complaint|case|ref(?:erence)?|txn|transaction|utr|docket|awb|tracking|po|gst(?:in)?|pan|aadh?aar|account|a\/c|acc|ifsc|serial|sr|model|part|item|sku|rs|inr|usd|rupees|₹|\$|€|£|pin ?code|pincode|pin|otp|imei|policy|loan|upi|lot|batch|quotation|quote|receipt|challan|hsn|cheque|consignment|booking|registration|job|enquiry|sl)\s*(?:id|no|nos|num|number|#|code|amount)?\s*(?:is|was|:|-|=|\.|#)?\s*(?:[a-z]{1,5}[-/]?)?$/i;
const PHONE_WORD =
  /(?:phone|mobile|mob|mobail|cell|whats ?app|wa|contact|call|tel|telephone|number|num|no|nmbr|nmber|reach|ph|handy|nummer|telefon|numero|फोन|फ़ोन|मोबाइल|नंबर|नम्बर|संपर्क)/i;
const AMOUNT_AFTER =
  /^\s*(?:\/-|rs\b|rupees|inr\b|lakhs?\b|lacs?\b|crores?\b|cr\b|k\b|usd\b|pcs|pieces|units?\b|nos\b|kgs?\b|tons?\b|mt\b|meters?\b|sq|ltr|litres?|%|paid|ka payment|payment)/i;

/** Reads a telephone number as E.164. `country` (ISO 3166) is where a number without a country code belongs. */
export function readPhone(input: string, country = 'IN', options: PhoneOptions = {}): PhoneReading {
  const text = spokenDigits(clean(input));
  let problem: PhoneProblem | undefined;
  let found: string | undefined;
  const pattern = /(?:\+|00)?[(]?\d(?:[\d()]|[\s./-](?=[\s\d(+-])){4,24}\d/g;
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    const run = m[0];
    const before = text.slice(Math.max(0, m.index - 40), m.index);
    const after = text.slice(m.index + run.length, m.index + run.length + 14);
    if (!looksLikePhone(run, before, after)) continue;
    const read = parse(run, country) ?? splitNumbers(run, country);
    if (read)
      found = read; // the last valid number counts
    else problem = problemOf(run, before, text, options.expecting ?? false, country) ?? problem;
  }
  if (found) return { phone: found };
  if (problem) return { phoneProblem: problem };
  if (options.expecting) return shortAttempt(text);
  return {};
}

function looksLikePhone(run: string, before: string, after: string): boolean {
  const digits = run.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 17) return false;
  if (
    /[\p{L}\d_#]$/u.test(before) &&
    !/(?:wa|no|ph|mob|m|number|num|nmbr|call|me|is|hai|at|whatsapp|contact)$/i.test(before)
  )
    return false;
  if (OTHER_NUMBER.test(before) && !/(?:whats ?app|mobile|phone|contact|call)[^,;.]{0,18}$/i.test(before))
    return false;
  if (/[₹$€£]\s*$/.test(before) || AMOUNT_AFTER.test(after)) return false;
  if (/^\s*@/.test(after) || (/^[\p{L}_]/u.test(after) && !/^(?:[a-z]+)/i.test(after))) return false; // 9876543210@upi
  if (/^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$/.test(run) || /^\d{4}-\d{2}-\d{2}/.test(run)) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(run)) return false; // an address of a machine
  return true;
}

/** India's numbers come as 098…, 91…, 091-…, 0091…: all mean the same. */
function parse(run: string, country: string): string | undefined {
  let text = run.replace(/^\(?00/, '+');
  let digits = text.replace(/\D/g, '');
  if (country === 'IN' && !text.startsWith('+')) {
    if (/^0?91[6-9]\d{9}$/.test(digits)) digits = digits.slice(-10);
    if (/^0[6-9]\d{9}$/.test(digits)) digits = digits.slice(1);
    text = digits;
  }
  if (text.startsWith('+') && country === 'IN' && /^910[6-9]\d{9}$/.test(digits))
    text = `+91${digits.slice(3)}`;
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

/** "nine eight double seven …" → digits, where at least six digit words stand in a row. */
function spokenDigits(text: string): string {
  const parts = text.split(/([^\p{L}\p{M}]+)/u);
  let out = '';
  let run = '';
  let kept = '';
  let count = 0;
  let times = 1;
  const flush = () => {
    out += count >= 6 ? `${run} ` : kept;
    run = kept = '';
    count = 0;
    times = 1;
  };
  for (const part of parts) {
    const word = part.toLowerCase();
    if (Object.hasOwn(REPEAT, word)) {
      times = REPEAT[word]!;
      kept += part;
    } else if (Object.hasOwn(SPOKEN, word)) {
      run += SPOKEN[word]!.repeat(times);
      count += times;
      times = 1;
      kept += part;
    } else if (/^[\s,.-]*$/.test(part) && count > 0) kept += part;
    else if (count > 0 && /^[\s,-]*\d[\d\s,-]*$/.test(part)) {
      run += part.replace(/\D/g, '');
      count += part.replace(/\D/g, '').length;
      kept += part;
    } else {
      flush();
      out += part;
    }
  }
  flush();
  return out;
}

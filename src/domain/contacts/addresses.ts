/** When two spellings are one telephone line or one mailbox: pure. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** E.164, or undefined for what is no telephone number. `country` is where numbers without a code belong. */
export function normalPhone(text: string | undefined, country: string): string | undefined {
  if (!text) return undefined;
  const key = `${country} ${text}`;
  if (read.has(key)) return read.get(key);
  if (read.size >= mostRead) read.clear();
  const phone = readPhone(text, country);
  read.set(key, phone);
  return phone;
}

/** Whoever is imported or met is read several times over; reading costs more than the rest of the meeting. */
const read = new Map<string, string | undefined>();
const mostRead = 5000;

function readPhone(text: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(plainDigits(text, country), country as never);
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** Spellings that the library does not read: `+0091 …`, Mexico's old `+52 1 …` and `044 …`, digits of other scripts. */
function plainDigits(text: string, country: string): string {
  const latin = text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  const plain = latin
    .replace(/^\s*\+\s*0+/, '+')
    .replace(/^\s*(?:\+|00)\s*52[\s()-]*1(?=(?:[\s()-]*\d){10}\s*$)/, '+52');
  return country === 'MX' ? plain.replace(/^\s*04[45](?=(?:[\s()-]*\d){10}\s*$)/, '') : plain;
}

/** The digits of a script follow each other, each script's from a multiple of ten on or from its own zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

/**
 * One spelling for numbers that ring the same telephone. By country code, what the national number is without the digit
 * that some dial and others do not:
 * - Brazil: mobile numbers got a ninth digit before their eight (which begin with 6 to 9); some are still kept without.
 * - Argentina: mobile numbers have a 9 when called from abroad, and 15 at home.
 * - Mexico: mobile numbers had a 1 until 2020; WhatsApp still has it.
 */
const oneSpelling: Record<string, (national: string) => string> = {
  55: (national) => national.replace(/^(\d{2})([6-9]\d{7})$/, '$19$2'),
  54: (national) => national.replace(/^9(\d{10})$/, '$1'),
  52: (national) => national.replace(/^1(\d{10})$/, '$1'),
};

/** `+551187654321` and `+5511987654321` → the latter. What is no E.164 number stays as it is. */
export function sameLine(phone: string): string {
  const code = /^\+(5[245])/.exec(phone)?.[1];
  return code ? `+${code}${oneSpelling[code]!(phone.slice(3))}` : phone;
}

/** The number as dialled within its country, for those who told it without its code: `9845012345`. */
export function nationalNumber(phone: string): string | undefined {
  const parsed = parsePhoneNumberFromString(sameLine(phone));
  return parsed && parsed.nationalNumber.length >= 8 ? parsed.nationalNumber : undefined;
}

export function normalEmail(text: string | undefined): string | undefined {
  const email = text?.trim().toLowerCase();
  return email && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email) ? email : undefined;
}

/** One spelling for a mailbox: without the part behind a plus, and without dots where Google delivers. */
export function sameMailbox(email: string): string {
  const [local = '', domain = ''] = splitMail(email.trim().toLowerCase());
  const box = local.split('+')[0] || local;
  return /^(gmail|googlemail)\.com$/.test(domain)
    ? `${box.replaceAll('.', '')}@gmail.com`
    : `${box}@${domain}`;
}

/** `info@`, `sales@`: read by many, and so nobody's own. */
export function isRoleMailbox(email: string, roles: string[]): boolean {
  const local = splitMail(sameMailbox(email))[0] ?? '';
  return roles.includes(local);
}

const splitMail = (email: string): string[] => {
  const at = email.lastIndexOf('@');
  return at < 0 ? [email] : [email.slice(0, at), email.slice(at + 1)];
};

/** The domain of an address that is a company's own; undefined for mail providers that anybody uses. */
export function companyDomain(email: string | undefined): string | undefined {
  const domain = email ? splitMail(email.toLowerCase())[1] : undefined;
  return domain && !freeMail.test(domain) ? domain : undefined;
}
const freeMail =
  /^(gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|msn|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|zoho|rediffmail|yandex|qq|163|126|uol|bol|terra)\./;

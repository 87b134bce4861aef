/** Puts invented people in the place of real ones, the same one for the same person throughout. */
import type { Understanding } from '../nlu.ts';

const people = ['Asha Rao', 'Vikram Shah', 'Meena Iyer', 'Arjun Nair', 'Kavita Joshi', 'Rohan Das'];
const hindiPeople = ['आशा राव', 'विक्रम शाह', 'मीना अय्यर', 'अर्जुन नायर'];
const companies = ['Example Traders', 'Sample Works', 'Model Stores'];
/** Invented numbers: valid in form, so that a story goes as the conversation did. */
const numbers = ['9876543210', '9876543211', '9876543212', '9876543213'];

export type Anonymous = {
  /** Learns who and what is named in a text; before anything is replaced. */
  learn(read: Pick<Understanding, 'entities'>, text: string): void;
  knows(kind: 'person' | 'phone' | 'email', value: string): void;
  text(text: string): string;
  /** E.164 */
  phone(value: string): string;
  email(value: string): string;
};

export function anonymous(): Anonymous {
  const words = new Map<string, string>();
  const phones = new Map<string, string>();
  const emails = new Map<string, string>();
  let persons = 0;
  let firms = 0;

  function person(name: string): void {
    const hindi = /[\u0900-\u097f]/.test(name);
    const parts = name.split(/\s+/).filter((part) => part.length > 1);
    if (!parts.length || parts.every((part) => words.has(part.toLowerCase()))) return;
    const list = hindi ? hindiPeople : people;
    const invented = list[persons++ % list.length]!.split(' ');
    for (const [i, part] of parts.entries())
      if (!words.has(part.toLowerCase())) words.set(part.toLowerCase(), invented[Math.min(i, 1)]!);
  }
  function company(name: string): void {
    if (!words.has(name.toLowerCase())) words.set(name.toLowerCase(), companies[firms++ % companies.length]!);
  }
  function phone(value: string): string {
    const digits = value.replace(/\D/g, '').slice(-10);
    if (!phones.has(digits)) phones.set(digits, numbers[phones.size % numbers.length]!);
    return phones.get(digits)!;
  }
  function email(value: string): string {
    const key = value.toLowerCase();
    if (!emails.has(key)) emails.set(key, `customer${emails.size + 1}@example.com`);
    return emails.get(key)!;
  }

  return {
    learn({ entities }, text) {
      if (entities.person) person(entities.person);
      if (entities.company) company(entities.company);
      if (entities.phone) phone(entities.phone);
      for (const found of text.match(address) ?? []) email(found);
    },
    knows(kind, value) {
      if (kind === 'person') person(value);
      else if (kind === 'phone') phone(value);
      else email(value);
    },
    text(text) {
      const without = text
        .replace(address, (found) => email(found))
        .replace(longNumber, (run) => numberLike(run, phone));
      return replaceWords(without, words);
    },
    phone: (value) => `+91${phone(value)}`,
    email,
  };
}

const address = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,80}\.\p{L}{2,}/gu;
/** Nine digits and more, however they are grouped: a number of somebody's. Fewer may be an amount, or no number at all. */
const longNumber = /\+?\d(?:[\s().-]?\d){8,15}|[\u0966-\u096f]{9,}/g;

function numberLike(run: string, phone: (value: string) => string): string {
  const western = run.replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966));
  const invented = phone(western);
  const hindi = western !== run;
  const shown = hindi
    ? invented.replace(/\d/g, (digit) => String.fromCharCode(0x966 + Number(digit)))
    : invented;
  return run.startsWith('+') ? `+91 ${shown}` : shown;
}

function replaceWords(text: string, words: Map<string, string>): string {
  let result = text;
  for (const [word, invented] of [...words].sort(([a], [b]) => b.length - a.length)) {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    result = result.replace(new RegExp(`(?<![\\p{L}\\p{M}])${escaped}(?![\\p{L}\\p{M}])`, 'giu'), (found) =>
      found === found.toLowerCase() ? invented.toLowerCase() : invented,
    );
  }
  return result;
}

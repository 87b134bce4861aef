/** Codes: pure but for chance. */
import { createHmac, randomInt } from 'node:crypto';

export const codeMinutes = 10;
export const maxTries = 5;
/** Sends within an hour, from one chat and to one address: a form that sends to strangers is else a nuisance for rent. */
export const maxAnHour = 4;
export const passMinutes = 30;

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

// Without what is mistaken for another on a screen or a telephone: 0 O, 1 I L, 2 Z, 5 S, 8 B.
const letters = 'ACDEFGHJKMNPQRTUVWXY34679';
export const newPass = (): string =>
  Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');

/** Keyed, and for one place: a copy of the database tells no code, and nobody's code opens another's chat. */
export const hashOf = (secret: string, place: string, code: string): string =>
  createHmac('sha256', secret).update(`identity\u0000${place}\u0000${code}`).digest('base64url');

/** `+91••••••3210`, `a•••@shop.example`: who asked knows whether it is theirs, nobody else learns it. */
export function hidden(value: string): string {
  const [name, host] = value.split('@');
  return host
    ? `${name!.slice(0, 1)}•••@${host}`
    : `${value.slice(0, 3)}${'•'.repeat(Math.max(0, value.length - 7))}${value.slice(-4)}`;
}

const wordings: Record<string, (code: string, brand: string) => string> = {
  en: (code, brand) =>
    `${code} is your code for the chat with ${brand}. It is good for ${codeMinutes} minutes. Tell it to nobody.`,
  hi: (code, brand) =>
    `${brand} की चैट के लिए आपका कोड ${code} है। यह ${codeMinutes} मिनट तक चलेगा। इसे किसी को न बताएँ।`,
};
export const codeWords = (code: string, brand: string, language = 'en'): string =>
  (wordings[language.slice(0, 2)] ?? wordings.en!)(code, brand);

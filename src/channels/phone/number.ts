import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** What carriers put where a caller does not show their number; +266696687 spells "anonymous". */
const withheld =
  /^(anonymous|restricted|unavailable|unknown|private|blocked|\+?266696687|\+?7378742833|\+?2562533|\+?8656696)$/i;

/** E.164 for a telephone number, undefined for a withheld one, anything else (an extension, `client:priya`) as it is. */
export function readNumber(said: string | undefined, country: string): string | undefined {
  const text = said?.trim();
  if (!text || withheld.test(text)) return undefined;
  if (/^(client|sip|agent):/i.test(text)) return text.toLowerCase();
  const number = parsePhoneNumberFromString(text, country as never);
  return number?.isPossible() ? number.number : text;
}

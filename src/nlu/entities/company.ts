import { clean } from '../text.ts';
import { isCity } from './city.ts';
import { COMMON_WORDS } from './lexicon.ts';

export const SUFFIX =
  /^(?:pvt|private|ltd|limited|llp|inc|llc|gmbh|corp|corporation|co|company|industries|enterprises|enterprise|traders|trading|solutions|technologies|tech|services|associates|group|exports|imports|agencies|agency|constructions|builders|engineers|engineering|motors|hospital|hospitals|clinic|school|college|hotel|hotels|restaurant|pharma|textiles|foods|fabrics|furniture|interiors|steels|plastics|polymers|chemicals|logistics|studio|labs|systems|realty|realtors|developers|ventures|mart|stores|works|packaging|ag|kg|sl|sa|sarl)\.?$/i;
const LEAD =
  /\b(?:(?:company|firm|dukan) ka (?:naam|nam)(?: hai)?|company(?: name)?(?: is| -|:)|company name|firm(?: name)?(?: is|:)?|organi[sz]ation(?: is|:)?|i work (?:at|for|with)|working (?:at|for|with|in)|we are|i represent|(?:manager|engineer|director|head|executive|officer|owner|partner|in-?charge|proprietor|founder|ceo)\s(?:at|of|with)|representing|i own|i run|on behalf of|von der firma|bei der firma|firma|de la empresa|empresa|de la société|société|from|of|von)\s+(?:m\/s\.?\s+)?/gi;

/** The organisation somebody writes for: "from Acme", "Patel Traders Pvt Ltd". Cities are no companies. */
export function readCompany(input: string): string | undefined {
  const text = clean(input);
  let found: string | undefined;
  for (const m of text.matchAll(LEAD)) {
    const name = nameFrom(text.slice(m.index + m[0].length));
    const sure =
      /^(?:company|firm|organi|von der|bei der|de la|empresa|soci)/i.test(m[0]) || (name && hasSuffix(name));
    // after a bare "from" only what is written like a name counts, after a person's introduction anything
    const introduced =
      /\b(?:this is|i am|i'm|myself|name is|here)\b/i.test(text.slice(0, m.index)) && /^from/i.test(m[0]);
    if (
      name &&
      (sure ||
        (/^(?:from|manager|engineer|director|head|executive|officer|owner|partner|in-?charge|proprietor|founder|ceo|i work|working|i represent|representing|on behalf)/i.test(
          m[0],
        ) &&
          (introduced || /^[A-Z]/.test(name))))
    )
      found = name;
  }
  const hindi =
    /(?:कंपनी|कम्पनी|फर्म|संस्था) का नाम ([\p{L}\p{M}]+(?:\s[\p{L}\p{M}]+){0,3}?)\s?(?:है|से|$|[,।.])/u.exec(text);
  return found ?? bySuffix(text) ?? hindi?.[1];
}

function nameFrom(rest: string): string | undefined {
  const parts: string[] = [];
  for (const piece of rest.split(' ').slice(0, 7)) {
    const word = piece.replace(/[,;:!?()"]+$|\.$/g, '');
    const lower = word.toLowerCase();
    if (!/^[\p{L}\p{M}\d&][\p{L}\p{M}\d&.'-]*$/u.test(word)) break;
    if (COMMON_WORDS.has(lower) && !SUFFIX.test(word) && !(parts.length > 0 && lower === 'and')) break;
    parts.push(word);
    if (/[,;:!?)]$|\.$/.test(piece) && !/^(?:pvt|ltd|co)\.$/i.test(piece)) break;
  }
  while (parts.length && /^(?:and|&)$/i.test(parts.at(-1)!)) parts.pop();
  if (parts.length === 0) return;
  const name = parts.join(' ');
  if (isCity(name) || (isCity(parts[0]!) && parts.length === 1)) return;
  if (
    /^\d+$/.test(name) ||
    name.length < 2 ||
    /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|facebook|google|instagram|whatsapp|india|usa|uk|website|morning|yesterday|last)$/i.test(
      parts[0]!,
    )
  )
    return;
  return name;
}

const hasSuffix = (name: string) =>
  name
    .split(' ')
    .slice(1)
    .some((word) => SUFFIX.test(word));

function bySuffix(text: string): string | undefined {
  const match =
    /((?:[A-Z][\p{L}\d&.'-]*\s){1,4}(?:(?:Pvt|Private)\.?\s)?(?:Ltd|Limited|LLP|Inc|LLC|GmbH|Enterprises|Industries|Traders)\b)/u.exec(
      text.slice(0, 600),
    );
  return match?.[1]?.replace(/^(?:I|We|The|Hi|Hello|This|From|At|For)\s/, '').trim();
}

import { clean } from '../text.ts';

const PATTERN = /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gi;

/** Reads the last e-mail address of a text, lower-cased; "name at firm dot com" and "name @ firm.com" are understood. */
export function readEmail(input: string): string | undefined {
  const text = clean(input);
  return last(text) ?? (/dot|@|rate|\(at|\[at/i.test(text) ? last(spoken(text)) : undefined);
}

function last(text: string): string | undefined {
  let found: string | undefined;
  for (const [match] of text.matchAll(PATTERN)) {
    const address = match.toLowerCase().replace(/^(?:e-?mail|mail)(?:id)?[-._]+(?=[a-z])|^[.+-]+/, '');
    const end = address.slice(address.lastIndexOf('.') + 1);
    const [local, domain] = address.split('@');
    if (!local || !domain || local.endsWith('.') || address.includes('..') || !/^[a-z]{2,24}$/.test(end))
      continue;
    found = address;
  }
  return found;
}

/** Only where the whole address is spoken, so that "meet me at 5. com" and "see me at firm.com" stay what they are. */
function spoken(text: string): string {
  return text
    .replace(/\s?[[(]\s?at\s?[\])]\s?/gi, '@')
    .replace(/\s?[[(]\s?dot\s?[\])]\s?/gi, '.')
    .replace(/(\S)\s@\s?(?=\S)|(\S)@\s(?=\S)/g, (_, a, b) => `${a ?? b}@`)
    .replace(
      / (?:at the rate(?: of)?|attherate|at) ([a-z0-9-]{1,40})(?: dot |\.| \. ?)(?=[a-z]{2,})/gi,
      '@$1.',
    )
    .replace(/(@[a-z0-9.-]{1,60}) dot (?=[a-z]{2,})/gi, '$1.')
    .replace(/(@[a-z0-9-]{1,40}) ?\. ?(?=[a-z]{2,})/gi, '$1.')
    .replace(/([a-z0-9]) dot (?=[a-z0-9.]{1,40}@)/gi, '$1.')
    .replace(/([a-z0-9]) underscore (?=[a-z0-9.]{1,40}@)/gi, '$1_');
}

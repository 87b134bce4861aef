/** What an entry is in a chat, and what of it is searched. Pure. */
import { wordsOf } from '../../core/words.ts';
import type { EntryFields } from './model.ts';
import type { Passage } from './port.ts';

/** So much of an article is said at once. */
const mostSaid = 900;

export type Section = { heading: string; text: string };

/** An article by its headings; what is long, by its paragraphs. A short text is one section. */
export function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let heading = '';
  let lines: string[] = [];
  const close = () => {
    const body = lines.join('\n').trim();
    if (body) for (const part of parted(body)) sections.push({ heading, text: part });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const found = /^#{1,4}\s+(.+?)\s*#*$/.exec(line);
    if (!found) lines.push(line);
    else {
      close();
      heading = found[1]!;
    }
  }
  close();
  return sections;
}

function parted(body: string): string[] {
  if (body.length <= mostSaid) return [body];
  const parts: string[] = [];
  for (const paragraph of body.split(/\n\s*\n/)) {
    const last = parts.at(-1);
    if (last && last.length + paragraph.length + 2 <= mostSaid)
      parts[parts.length - 1] = `${last}\n\n${paragraph}`;
    else parts.push(paragraph);
  }
  return parts;
}

/** Word for word, without the marks that a chat would show as such; links with their addresses. */
export function spoken(text: string, links: EntryFields['links'] = []): string {
  const plain = text
    .replace(/^#{1,4}\s+(.+?)\s*#*$/gm, '$1')
    .replace(/^(\s*)[*-]\s+/gm, '$1• ')
    .replace(/\*\*([^*\n]+)\*\*|__([^_\n]+)__/g, '$1$2')
    .replace(/\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return [plain, ...links.map(({ label, url }) => `${label}: ${url}`)].join('\n');
}

/** What is searched of an entry, each passage under `<id>` or `<id>#<section>`. */
/** @param keysOf the words that say something */
export function passagesOf(
  id: string,
  { kind, title, wordings, text }: EntryFields,
  keysOf: (text: string) => string[],
): Passage[] {
  const asked = [title, ...wordings];
  if (kind === 'question') return [{ id, wordings: asked, text }];
  const sections = sectionsOf(text);
  return sections.map(({ heading, text: body }, at) => ({
    id: `${id}#${at}`,
    // "What it costs" says of what only together with the title.
    wordings: heading ? [`${title} ${heading}`, ...(keysOf(heading).length > 1 ? [heading] : [])] : asked,
    text: heading ? `${title}\n${body}` : body,
  }));
}

/** The words of an answer: the whole of a question's, of an article the section that was found. */
export function answerOf({ kind, text, links }: EntryFields, section: number): string {
  if (kind === 'question') return spoken(text, links);
  const found = sectionsOf(text)[section];
  if (!found) return spoken(text, links);
  return spoken(found.heading ? `${found.heading}\n${found.text}` : found.text, links);
}

export const searchOf = ({ title, wordings }: Pick<EntryFields, 'title' | 'wordings'>): string[] => [
  ...new Set(wordsOf([title, ...wordings].join(' '), 120)),
];

/** A question without what tells who asked it. */
export const withoutAddresses = (text: string): string =>
  text
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,80}/gu, '…')
    .replace(/\+?[\p{Nd}](?:[\s().-]?[\p{Nd}]){6,17}/gu, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** Languages in which somebody who writes this one is best answered, the best first. */
export const readableBy = (language: string | undefined): string[] =>
  readable[language ?? ''] ?? [language ?? 'en', 'en'];
const readable: Record<string, string[]> = {
  en: ['en', 'hinglish', 'hi'],
  hi: ['hi', 'hinglish', 'en'],
  hinglish: ['hinglish', 'en', 'hi'],
};

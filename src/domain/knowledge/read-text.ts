/**
 * Entries in a Markdown or plain text. `## ` begins a question, or with `kind: article` above it a section; "Q:"/"A:" and
 * a line that ends in a question mark with its answer below it do as well. Pure.
 */
import { entryFields } from './contract.ts';
import type { EntryFields } from './model.ts';

export type ReadEntry = Pick<
  EntryFields,
  'kind' | 'title' | 'text' | 'wordings' | 'products' | 'links' | 'language'
>;
export type ReadText = { entries: ReadEntry[]; faults: string[] };

const mostEntries = 500;

export function entriesIn(given: string, language: string): ReadText {
  const text = given.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const { kind, rest, of } = frontMatter(text, language);
  const blocks = kind === 'article' ? [whole(rest)] : blocksOf(rest);
  const faults: string[] = [];
  const entries = blocks.slice(0, mostEntries).flatMap(({ title, lines }) => {
    const entry = entryOf(title, lines, kind === 'article' ? 'article' : 'question', of);
    const fault = faultOf(entry);
    if (fault) faults.push(`${(title || lines.join(' ')).slice(0, 60)}: ${fault}`);
    return fault ? [] : [entry];
  });
  if (blocks.length > mostEntries) faults.push(`Only the first ${mostEntries} entries of ${blocks.length}.`);
  return { entries, faults };
}

type Block = { title: string; lines: string[] };

/** `language: hi`, `products: A, B`, `kind: article` between two lines of dashes at the beginning. */
function frontMatter(text: string, language: string) {
  const found = /^---\n([\s\S]*?)\n---\n?/.exec(text);
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(found?.[1] ?? '')?.[1]?.trim();
  return {
    kind: field('kind') === 'article' ? ('article' as const) : undefined,
    rest: found ? text.slice(found[0].length) : text,
    of: { language: field('language') ?? language, products: listed(field('products')) },
  };
}

const listed = (value: string | undefined, by: RegExp = /\s*,\s*/): string[] =>
  value?.split(by).filter(Boolean) ?? [];

function whole(text: string): Block {
  const lines = text.trim().split('\n');
  const title = /^#\s+(.+)$/.exec(lines[0] ?? '')?.[1] ?? lines[0] ?? '';
  return { title: title.trim(), lines: lines.slice(1) };
}

function blocksOf(text: string): Block[] {
  const lines = text.split('\n');
  const heading = lines.some((line) => /^##\s+\S/.test(line))
    ? /^##\s+(.+?)\s*#*$/
    : lines.some((line) => /^\s*(q|question|प्रश्न)\s*[:.)]\s*\S/i.test(line))
      ? /^\s*(?:q|question|प्रश्न)\s*[:.)]\s*(.+?)\s*$/i
      : /^\s*(?:\d+[.)]\s*)?([^\n]{3,200}\?)\s*$/;
  const blocks: Block[] = [];
  for (const line of lines) {
    const title = heading.exec(line)?.[1];
    if (title) blocks.push({ title, lines: [] });
    // What stands above the first heading is a title or an introduction, and no answer.
    else blocks.at(-1)?.lines.push(line);
  }
  if (blocks.length || !text.trim()) return blocks;
  return [whole(text)];
}

/** Lines of their own: "Also: …", "Products: …", "Link: label https://…". */
function entryOf(
  title: string,
  lines: string[],
  kind: EntryFields['kind'],
  of: Pick<ReadEntry, 'language' | 'products'>,
): ReadEntry {
  const wordings: string[] = [];
  const links: EntryFields['links'] = [];
  let products = of.products;
  const body = lines.filter((line) => {
    const also = /^\s*(?:also|also asked)\s*:\s*(.+)$/i.exec(line)?.[1];
    const about = /^\s*products?\s*:\s*(.+)$/i.exec(line)?.[1];
    const link = /^\s*link\s*:\s*(.*?)\s*(https?:\/\/\S+)\s*$/i.exec(line);
    if (also) wordings.push(...listed(also, /\s*[|;]\s*/));
    if (about) products = listed(about);
    if (link) links.push({ label: link[1] || link[2]!, url: link[2]! });
    return !also && !about && !link;
  });
  const text = body
    .join('\n')
    .replace(/^\s*(?:a|answer|ans|उत्तर)\s*[:.)]\s*/i, '')
    .trim();
  return { kind, title: title.trim(), wordings, links, products, language: of.language, text };
}

function faultOf(entry: ReadEntry): string | undefined {
  if (!entry.text) return 'has no answer below it';
  for (const key of ['title', 'wordings', 'text', 'links', 'products', 'language'] as const) {
    const checked = entryFields[key].safeParse(entry[key]);
    if (!checked.success) return `${key}: ${checked.error.issues[0]?.message}`;
  }
  return undefined;
}

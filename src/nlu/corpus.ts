import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dressed } from './dress.ts';
import { generator } from './learn.ts';

/** One sentence of the training data. `family` is the line it was made from: families are held out whole. */
export type Line = {
  text: string;
  label: string;
  language: string;
  channel: string;
  /** Where the sentence is from: `own` is written for this model, else the set's name. */
  source: string;
  family: string;
  /** How many lines it counts for; 1 if not said. */
  weight?: number;
};

/**
 * Reads data/<task>*.tsv: `label, language, channel, text, source`, tab-separated; # begins a comment. A text may hold choices
 * `[good morning|hello|]` and slots `{product}` (data/slots.tsv). Each line is spoken out at most `most` times.
 */
export function readCorpus(dir: string, task: string, most = 6): Line[] {
  const slots = readSlots(dir);
  const lines: Line[] = [];
  const files = readdirSync(dir)
    .filter((f) => f.startsWith(task) && f.endsWith('.tsv'))
    .sort();
  for (const file of files) {
    readFileSync(join(dir, file), 'utf8')
      .split('\n')
      .forEach((row, n) => {
        if (!row.trim() || row.startsWith('#')) return;
        const [label, language, channel, text, source] = row.split('\t');
        if (!label || !language || !channel || !text || !source)
          throw new Error(`${file}:${n + 1}: five fields, separated by tabs, are needed`);
        const line = { label, language, channel, source, family: `${label}\t${text}` };
        const spoken = speak(text, slots, most);
        for (const said of spoken) lines.push({ ...line, text: said });
        if (BARE.has(label) || task === 'language') return;
        const random = generator(hashText(line.family));
        for (const said of spoken) {
          if (random() > 0.25) continue;
          const more = dressed(said, language, random);
          if (more) lines.push({ ...line, text: fill(more, slots, random) });
        }
      });
  }
  return lines;
}

/** Nothing else may stand in these messages, or any text at all would be one of them. */
const BARE = new Set(['greet', 'thanks', 'affirm', 'deny', 'ok', 'gibberish', 'abuse', 'spam']);

function readSlots(dir: string): Map<string, string[]> {
  const slots = new Map<string, string[]>();
  for (const row of readFileSync(join(dir, 'slots.tsv'), 'utf8').split('\n')) {
    if (!row.trim() || row.startsWith('#')) continue;
    const [name, list] = row.split('\t');
    slots.set(name!, [...(slots.get(name!) ?? []), ...list!.split('|')]);
  }
  return slots;
}

/** Speaks a template out, each time with other choices; a plain sentence comes out once, now and then misspelt too. */
export function speak(template: string, slots: Map<string, string[]>, most: number): string[] {
  const seed = hashText(template);
  const random = generator(seed);
  const varied = /[[{]/.test(template);
  most = Math.max(most, Math.min(most * 3, Math.round(choicesOf(template) / 2)));
  const out = new Set<string>();
  for (let i = 0; i < (varied ? most * 2 : 1) && out.size < most; i++) out.add(fill(template, slots, random));
  for (const text of [...out]) if (random() < (varied ? 0.25 : 0.6)) out.add(roughen(text, random));
  return [...out];
}

/** How many ways of saying a template has in it: the more, the oftener it is spoken out. */
function choicesOf(template: string): number {
  let n = 0;
  for (const [, list] of template.matchAll(/\[([^[\]]*)\]/g)) n += list!.split('|').length - 1;
  return n + 2 * (template.match(/\{/g)?.length ?? 0);
}

function fill(template: string, slots: Map<string, string[]>, random: () => number): string {
  const pick = (list: string[]) => list[Math.floor(random() * list.length)]!;
  let text = template;
  for (let depth = 0; depth < 3; depth++) {
    text = text
      .replace(/\[([^[\]]*)\]/g, (_, list: string) => pick(list.split('|')))
      .replace(/\{([a-z_]+)\}/g, (_, name: string) => {
        const list = slots.get(name);
        if (!list) throw new Error(`no slot {${name}} in slots.tsv`);
        return pick(list);
      });
  }
  return text
    .replace(/\s+/g, ' ')
    .replace(/\s([,.?!])/g, '$1')
    .trim();
}

const SHORT: [RegExp, string][] = [
  [/\bplease\b/gi, 'pls'],
  [/\byou\b/gi, 'u'],
  [/\byour\b/gi, 'ur'],
  [/\bare\b/gi, 'r'],
  [/\bthanks\b/gi, 'thx'],
  [/\btomorrow\b/gi, 'tmrw'],
  [/\bnahi\b/gi, 'nhi'],
  [/\bhai\b/gi, 'h'],
  [/\bmujhe\b/gi, 'muje'],
  [/\bchahiye\b/gi, 'chaiye'],
  [/\bmessage\b/gi, 'msg'],
  [/\bquotation\b/gi, 'qtn'],
  [/\band\b/gi, 'n'],
  [/\bkaise\b/gi, 'kese'],
  [/\bbahut\b/gi, 'bht'],
];

/** A sentence as somebody in a hurry would type it; always the same for the same sentence. */
export const roughened = (text: string): string => roughen(text, generator(hashText(text)));

/** As people type in a hurry: no capitals or points, short forms, a letter lost or two exchanged. */
function roughen(text: string, random: () => number): string {
  let rough = random() < 0.8 ? text.toLowerCase() : text;
  if (random() < 0.7) rough = rough.replace(/[.,!']/g, '');
  if (random() < 0.3) rough = rough.replace(/\?/g, '');
  for (const [pattern, short] of SHORT) if (random() < 0.6) rough = rough.replace(pattern, short);
  const words = rough.split(' ');
  const slips = words.length > 3 ? 1 + Math.floor(random() * 2) : random() < 0.4 ? 1 : 0;
  for (let i = 0; i < slips; i++) {
    const at = Math.floor(random() * words.length);
    const word = words[at]!;
    if (word.length < 4 || !/^[a-z]+$/i.test(word)) continue;
    const k = 1 + Math.floor(random() * (word.length - 2));
    words[at] =
      random() < 0.5
        ? word.slice(0, k) + word.slice(k + 1)
        : word.slice(0, k) + word[k + 1]! + word[k]! + word.slice(k + 2);
  }
  return words.join(' ');
}

export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193);
  }
  return h >>> 0;
}

import { z } from 'zod';
import { text } from '../../../core/validate.ts';

/** A question with its answer, or an article that is read section by section. */
export const entryKinds = ['question', 'article'] as const;
/** Only what is published is said to customers; `archived` is kept and found by nobody. */
export const entryStates = ['draft', 'published', 'archived'] as const;

export const language = z.string().regex(/^[a-z]{2,12}$/, 'is a language: en, hi, hinglish');
const link = z.object({ label: text(120), url: z.url({ protocol: /^https?$/ }).max(500) });

/** What somebody writes. */
export const entryFields = {
  kind: z.enum(entryKinds),
  /** The question as a customer would ask it; the article's title. */
  title: text(200),
  /** The same asked in other words, in any language. */
  wordings: z.array(text(200)).max(30),
  /** Plain text; `**bold**`, `## heading`, `- point` and `[label](https://…)` are understood. */
  text: text(20_000),
  language,
  /** An entry that says the same in another language. */
  translationOf: z.string().max(60),
  /** Which products it is about; none: all. */
  products: z.array(z.string().min(1).max(120)).max(50),
  links: z.array(link).max(10),
  state: z.enum(entryStates),
};

export const entryView = z.object({
  id: z.string(),
  kind: z.enum(entryKinds),
  title: z.string(),
  wordings: z.array(z.string()),
  text: z.string(),
  language: z.string(),
  translationOf: z.string().optional(),
  products: z.array(z.string()),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  state: z.enum(entryStates),
  version: z.number(),
  /** The file of config/knowledge that it came from. */
  file: z.string().optional(),
  by: z.string(),
  at: z.string(),
  /** In the last 30 days: given as an answer, sent by a colleague, and how often people asked on after it. */
  used: z.number(),
  sent: z.number(),
  askedAgain: z.number(),
});
export type EntryView = z.output<typeof entryView>;

/** An entry as somebody gets it who asked: in the words of the entry. */
export const foundView = z.object({
  id: z.string(),
  title: z.string(),
  /** As a chat shows it: plain, with its links. Of an article, the section. */
  text: z.string(),
  language: z.string(),
  products: z.array(z.string()),
  /** 0 … 1 */
  confidence: z.number(),
  /** Whether the bot would give it. */
  sure: z.boolean(),
});
export type FoundView = z.output<typeof foundView>;

export const ok = z.object({ ok: z.literal(true) });

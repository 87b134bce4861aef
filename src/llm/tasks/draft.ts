/** A reply that a colleague reads, mends and sends: nothing of it goes to a customer by itself. */
import { z } from 'zod';
import { jsonSchema, readAnswer } from '../json.ts';
import { createMask } from '../mask.ts';
import { type Article, LlmError, type Request } from '../types.ts';
import { isSafeText } from '../verify.ts';
import { type ConversationLine, linesOut } from './lines.ts';

export type DraftInput = {
  lines: ConversationLine[];
  /** What the colleague wants to say, in a few words. */
  wish: string;
  facts?: string[];
  articles?: Article[];
  locale: string;
};

const MOST_CHARS = 1500;
const answer = z.strictObject({ draft: z.string().max(MOST_CHARS) });
const schema = jsonSchema(answer);
const INSTRUCTION =
  'You draft a reply for a colleague to check and send. data.wish is what the colleague wants to say to the customer ' +
  'of data.lines. Write it in the language data.locale: friendly, plain, short, no mark-up. ' +
  'Prices, dates, numbers and promises only as they stand in data.facts, data.articles or data.lines.';

export function request(input: DraftInput): { request: Request; read: (text: string) => string } {
  const mask = createMask();
  const lines = linesOut(mask, input.lines);
  const facts = (input.facts ?? []).map((fact) => mask.hide(fact));
  const articles = (input.articles ?? [])
    .slice(0, 4)
    .map(({ title, text }) => ({ title, text: text.slice(0, 3000) }));
  const wish = mask.hide(input.wish.slice(0, 600));
  return {
    request: {
      task: 'draft',
      instruction: INSTRUCTION,
      data: { lines, wish, facts, articles, locale: input.locale },
      schemaName: 'draft',
      schema,
      maxTokens: 700,
    },
    read(text) {
      const { draft } = readAnswer(text, answer);
      const sources = JSON.stringify([lines, facts, articles, wish]);
      if (!mask.isWhole(draft) || !isSafeText(mask.show(draft), mask.show(sources), MOST_CHARS + 200))
        throw new LlmError('text-unsafe');
      return mask.show(draft);
    },
  };
}

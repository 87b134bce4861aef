/** A conversation in a few lines, for the colleague who calls. */
import { z } from 'zod';
import { jsonSchema, readAnswer } from '../json.ts';
import { createMask } from '../mask.ts';
import { LlmError, type Request } from '../types.ts';
import { isSafeText } from '../verify.ts';
import { type ConversationLine, linesOut } from './lines.ts';

export type SummariseInput = {
  lines: ConversationLine[];
  /** What is known of the customer, already in words ("wants a demo on Friday"). */
  facts?: string[];
  /** Language of the summary: the colleague's. */
  locale: string;
};

const MOST_CHARS = 900;
const answer = z.strictObject({ summary: z.string().max(MOST_CHARS), next: z.string().max(200).nullable() });
const schema = jsonSchema(answer);
const INSTRUCTION =
  'You brief a colleague who is about to call a customer. Sum up data.lines in at most five short sentences in the ' +
  'language data.locale: what the customer wants, what was answered, what is open. "next" is the next step or null. ' +
  'Use only names, numbers and dates that stand in the data.';

export function request(input: SummariseInput): { request: Request; read: (text: string) => string } {
  const mask = createMask();
  const lines = linesOut(mask, input.lines);
  const facts = (input.facts ?? []).map((fact) => mask.hide(fact));
  return {
    request: {
      task: 'summarise',
      instruction: INSTRUCTION,
      data: { lines, facts, locale: input.locale },
      schemaName: 'summary',
      schema,
      maxTokens: 500,
    },
    read(text) {
      const { summary, next } = readAnswer(text, answer);
      const whole = [summary, next].filter(Boolean).join('\n');
      const sources = JSON.stringify([lines, facts]);
      if (!mask.isWhole(whole) || !isSafeText(mask.show(whole), mask.show(sources), MOST_CHARS + 260))
        throw new LlmError('text-unsafe');
      return mask.show(whole);
    },
  };
}

/**
 * An entry of the knowledge base, said so that it answers the question in the customer's language: nothing in it that the
 * entry does not say. Whatever cannot be found there, the entry's own words stand.
 */
import { z } from 'zod';
import { jsonSchema, readAnswer } from '../json.ts';
import { createMask, outgoing } from '../mask.ts';
import { type Article, LlmError, type Request } from '../types.ts';
import { isSafeText, namesNothingNew } from '../verify.ts';

/** `locale`: the customer's language. */
export type AnswerInput = { question: string; articles: Article[]; locale: string };
export type Answered = { text: string; source: Pick<Article, 'id' | 'title' | 'url'> };

const MOST_ARTICLES = 4;
const MOST_CHARS = 900;
const answer = z.strictObject({ source: z.string().max(100).nullable(), answer: z.string().max(MOST_CHARS) });
const schema = jsonSchema(answer);
const INSTRUCTION =
  'data.question is a customer’s, data.articles are the business’s own. If one article answers the question, give its ' +
  'id as "source" and in "answer" what it says to that, in the language data.locale: short, plain, nothing that the ' +
  'article does not say, every amount, number, day and address as it stands there. If none does: null and "".';

/** @throws LlmError `no-source` where there is no article: without one nothing is asked. */
export function request(input: AnswerInput): { request: Request; read: (text: string) => Answered } {
  if (!input.articles.length) throw new LlmError('no-source');
  const mask = createMask();
  const offered = input.articles.slice(0, MOST_ARTICLES);
  const articles = offered.map(({ id, title, text }) => ({ id, title, text: text.slice(0, 4000) }));
  return {
    request: {
      task: 'answer',
      instruction: INSTRUCTION,
      data: { question: outgoing(mask, input.question, 1000), articles, locale: input.locale },
      schemaName: 'answer',
      schema,
      maxTokens: 500,
    },
    read(text) {
      const { source, answer: said } = readAnswer(text, answer);
      const article = offered.find(({ id }) => id === source);
      if (!article || !said.trim()) throw new LlmError('no-source');
      const words = `${article.title}\n${article.text}`;
      if (!isSafeText(said, words, MOST_CHARS) || !namesNothingNew(said, words))
        throw new LlmError('text-unsafe');
      const { id, title, url } = article;
      return { text: said.trim(), source: { id, title, ...(url && { url }) } };
    },
  };
}

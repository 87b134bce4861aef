/** A question about the business: answered in the words of an article, with its source, or not at all. */
import { z } from 'zod';
import { jsonSchema, readAnswer } from '../json.ts';
import { createMask, outgoing } from '../mask.ts';
import { type Article, LlmError, type Request } from '../types.ts';
import { occurs } from '../verify.ts';

export type AnswerInput = { question: string; articles: Article[] };
/** `text` is made of the article's own sentences. */
export type Answered = { text: string; source: Pick<Article, 'id' | 'title' | 'url'> };

const MOST_ARTICLES = 4;
const answer = z.strictObject({
  source: z.string().max(100).nullable(),
  passages: z.array(z.string().max(600)).max(3),
});
const schema = jsonSchema(answer);
const INSTRUCTION =
  'data.question is a customer’s, data.articles are the business’s own. If one article answers the question, give its ' +
  'id as "source" and in "passages" the sentences that answer it, copied word for word. If none does: null and [].';

export function request(input: AnswerInput): { request: Request; read: (text: string) => Answered } {
  const mask = createMask();
  const articles = input.articles
    .slice(0, MOST_ARTICLES)
    .map(({ id, title, text }) => ({ id, title, text: text.slice(0, 4000) }));
  return {
    request: {
      task: 'answer',
      instruction: INSTRUCTION,
      data: { question: outgoing(mask, input.question, 1000), articles },
      schemaName: 'answer',
      schema,
      maxTokens: 500,
    },
    read(text) {
      const { source, passages } = readAnswer(text, answer);
      const article = input.articles.slice(0, MOST_ARTICLES).find(({ id }) => id === source);
      const said = passages.map((passage) => passage.trim()).filter(Boolean);
      if (!article || said.length === 0) throw new LlmError('no-source');
      if (!said.every((passage) => occurs(passage, article.text))) throw new LlmError('text-unsafe');
      return { text: said.join(' '), source: { id: article.id, title: article.title, url: article.url } };
    },
  };
}

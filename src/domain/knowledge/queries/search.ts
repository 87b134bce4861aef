import { handles } from '../../../core/define.ts';
import { getConversation, listMessages } from '../../conversations/contract.ts';
import {
  findAnswer,
  previewEntry,
  publishedPassages,
  readText,
  searchKnowledge,
  suggestEntries,
} from '../contract.ts';
import { EntryModel } from '../model.ts';
import type { KnowledgeReader } from '../port.ts';
import { entriesIn } from '../read-text.ts';
import { answerOf, passagesOf, spoken } from '../rules.ts';
import type { Shelf } from '../shelf.ts';

/** Below it an entry is about something else, also for a colleague who chooses. */
const worthShowing = 0.15;

export const searchHandlers = (shelf: Shelf, reader: () => KnowledgeReader) => [
  handles(
    searchKnowledge,
    async (_ctx, { limit, ...asked }) => ({
      items: (await shelf.find(asked, limit))
        .filter(({ confidence }) => confidence >= worthShowing)
        .map(({ certain: _, ...found }) => found),
    }),
    {
      present: ({ items }) => ({
        text: items.length
          ? items.map(({ title, text }) => `*${title}*\n${text}`).join('\n\n')
          : 'Nothing is written about that yet.',
      }),
    },
  ),
  handles(findAnswer, async (_ctx, asked) => {
    const [best] = await shelf.find(asked, 1);
    return best?.sure ? { answer: best } : {};
  }),
  handles(publishedPassages, async () => ({
    passages: (await EntryModel.find({ state: 'published' }).lean()).flatMap((entry) =>
      passagesOf(entry._id, entry, reader().keysOf).map(({ wordings }, section) => ({
        title: entry.title,
        wordings,
        text: answerOf(entry, section),
      })),
    ),
  })),
  handles(suggestEntries, async (ctx, { conversationId, limit }) => {
    const { language } = await ctx.ask(getConversation, { conversationId });
    const { items } = await ctx.ask(listMessages, {
      conversationId,
      limit: 20,
    });
    const question = (items.findLast(({ direction }) => direction === 'in')?.text ?? '').slice(0, 500);
    const found = question ? await shelf.find({ question, language }, limit) : [];
    return {
      question,
      items: found
        .filter(({ confidence }) => confidence >= worthShowing)
        .map(({ certain: _certain, ...one }) => one),
    };
  }),
  handles(readText, async (_ctx, { text, language }) => {
    const { entries, faults } = entriesIn(text, language);
    return {
      items: entries.map(({ kind, title, text: words, wordings, language: own }) => ({
        kind,
        title,
        text: words,
        wordings,
        language: own,
      })),
      faults,
    };
  }),
  handles(previewEntry, async (_ctx, { text, links }) => {
    const words = spoken(text, links) || '…';
    const shown = await reader().preview(words);
    return {
      items: shown.map(({ channel, text: said, limits }) => ({
        channel,
        text: said,
        limit: limits.text,
        cut: words.length > limits.text,
      })),
    };
  }),
];

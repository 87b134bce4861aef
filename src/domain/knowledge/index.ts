/** The organisation's answers: written by it, given word for word, and what was asked that nobody has written yet. */
import { defineModule } from '../../core/define.ts';
import {
  dismissQuestionHandler,
  noteInsertedHandler,
  noteKnowledgeHandler,
  sendAnswerHandler,
} from './commands/asked.ts';
import { createEntryHandler, revertEntryHandler, updateEntryHandler } from './commands/entries.ts';
import { importEntriesHandler } from './commands/import.ts';
import { entryChanged, questionAsked } from './contract.ts';
import type { KnowledgeReader } from './port.ts';
import { entryVersionsHandler, getEntryHandler, listEntriesHandler } from './queries/entries.ts';
import { getQuestionHandler, listQuestionsHandler } from './queries/questions.ts';
import { searchHandlers } from './queries/search.ts';
import { createShelf } from './shelf.ts';

/** @param reader language understanding and the channels; asked only when a request is served. */
export const knowledge = (reader: () => KnowledgeReader) =>
  defineModule({
    name: 'knowledge',
    summary: 'Answers and articles, found by customers and colleagues, and questions nobody has answered yet',
    handlers: [
      createEntryHandler,
      updateEntryHandler,
      revertEntryHandler,
      importEntriesHandler,
      listEntriesHandler,
      getEntryHandler,
      entryVersionsHandler,
      ...searchHandlers(createShelf(reader), reader),
      listQuestionsHandler,
      getQuestionHandler,
      dismissQuestionHandler,
      sendAnswerHandler,
      noteInsertedHandler,
      noteKnowledgeHandler(reader),
    ],
    events: [entryChanged, questionAsked],
  });

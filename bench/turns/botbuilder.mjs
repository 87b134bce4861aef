// Microsoft Bot Framework: a waterfall dialog of the same six turns; state in memory, or in SQLite with full sync.

import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hold } from './talk.mjs';

const require = createRequire(import.meta.url);
const { ConversationState, MemoryStorage, TestAdapter } = require('botbuilder');
const { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } = require('botbuilder-dialogs');

function sqliteStorage() {
  const db = new DatabaseSync(join(mkdtempSync(join(tmpdir(), 'bb-')), 'state.db'));
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT)',
  );
  const get = db.prepare('SELECT value FROM state WHERE key = ?');
  const put = db.prepare(
    'INSERT INTO state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const drop = db.prepare('DELETE FROM state WHERE key = ?');
  let etag = 0;
  return {
    async read(keys) {
      return Object.fromEntries(
        keys.flatMap((key) => {
          const row = get.get(key);
          return row ? [[key, JSON.parse(row.value)]] : [];
        }),
      );
    },
    async write(changes) {
      db.exec('BEGIN');
      for (const [key, value] of Object.entries(changes))
        put.run(key, JSON.stringify({ ...value, eTag: String(++etag) }));
      db.exec('COMMIT');
    },
    async delete(keys) {
      for (const key of keys) drop.run(key);
    },
  };
}

export async function run({ storage, conversations, rounds }) {
  const state = new ConversationState(storage === 'sqlite' ? sqliteStorage() : new MemoryStorage());
  const dialogs = new DialogSet(state.createProperty('dialog'));
  const questions = [
    'What are you looking for?',
    'Your name?',
    'Your phone?',
    'When shall we show it?',
    'Shall I book it?',
  ];
  dialogs.add(new TextPrompt('text'));
  dialogs.add(
    new WaterfallDialog('book', [
      ...questions.map((question) => (step) => step.prompt('text', question)),
      async (step) => {
        await step.context.sendActivity('Booked.');
        return step.endDialog();
      },
    ]),
  );
  const adapter = new TestAdapter(async (context) => {
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('book');
    await state.saveChanges(context);
  });
  const say = (conversation, text) =>
    adapter.processActivity({
      type: 'message',
      text,
      channelId: 'test',
      from: { id: `u${conversation}` },
      recipient: { id: 'bot' },
      conversation: { id: `c${conversation}` },
      serviceUrl: '',
    });
  return { name: `botbuilder (${storage})`, ...(await hold({ conversations, rounds, say })) };
}

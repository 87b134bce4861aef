// @builderbot/bot: the same six turns as chained answers with capture; its in-memory database.
import { createRequire } from 'node:module';
import { hold } from './talk.mjs';

const { addKeyword, createBot, createFlow, EVENTS, MemoryDB, ProviderClass } = createRequire(import.meta.url)(
  '@builderbot/bot',
);

const waiting = new Map();

class LoopProvider extends ProviderClass {
  async initVendor() {
    this.vendor = {};
    return this.vendor;
  }
  beforeHttpServerInit() {}
  afterHttpServerInit() {}
  busEvents() {
    return [];
  }
  async saveFile() {
    return '';
  }
  async sendMessage(to) {
    waiting.get(to)?.();
  }
}

export async function run({ conversations, rounds }) {
  const next = (question) => [question, { capture: true }];
  const flow = addKeyword(EVENTS.WELCOME)
    .addAnswer(...next('What are you looking for?'), async () => {})
    .addAnswer(...next('Your name?'), async () => {})
    .addAnswer(...next('Your phone?'), async () => {})
    .addAnswer(...next('When shall we show it?'), async () => {})
    .addAnswer(...next('Shall I book it?'), async () => {})
    .addAnswer('Booked.');
  const provider = new LoopProvider();
  const bot = await createBot(
    { flow: createFlow([flow]), provider, database: new MemoryDB() },
    { queue: { timeout: 60_000, concurrencyLimit: 64 } },
  );
  // The answer is sent before the state is kept: the next line waits for both.
  const say = async (conversation, body) => {
    const from = `u${conversation}`;
    const answered = new Promise((resolve) => waiting.set(from, resolve));
    await bot.handleMsg({ from, body, name: from });
    await answered;
  };
  return { name: '@builderbot/bot (memory)', ...(await hold({ conversations, rounds, say })) };
}

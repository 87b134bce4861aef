/** Telegraf, with its own bot, polling and webhook, against the emulator: what it accepts, our side may trust a little more. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Markup, Telegraf, TelegramError } from 'telegraf';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';

const priya = 98450123;

describe('Telegraf against the emulator', () => {
  let emulator: Emulator;
  let bot: Telegraf;
  beforeEach(async () => {
    emulator = await startEmulator();
    bot = new Telegraf(emulator.accounts.telegram.token, {
      telegram: { apiRoot: emulator.url, webhookReply: false },
    });
    emulator.telegram.person(priya, { firstName: 'Priya' });
  });
  afterEach(() => emulator.close());
  const texts = () => emulator.telegram.seen(priya).map(({ text }) => text);

  it('polls, answers, and has its buttons pressed', async () => {
    bot.start((ctx) => ctx.reply('Welcome', Markup.inlineKeyboard([Markup.button.callback('Demo', 'demo')])));
    bot.action('demo', async (ctx) => {
      await ctx.answerCbQuery();
      await ctx.editMessageText('Booked');
    });
    const ended = bot.launch();
    await emulator.telegram.say(priya, '/start');
    await emulator.waitFor(() => texts().includes('Welcome'));
    await emulator.telegram.press(priya, 'Demo');
    await emulator.waitFor(() => texts().includes('Booked'));
    expect(emulator.telegram.answered()).toHaveLength(1);
    expect(emulator.telegram.seen(priya)).toHaveLength(1);
    bot.stop();
    await ended;
  });

  it('takes updates by webhook under its secret token', async () => {
    bot.on('message', (ctx) => ctx.reply(`You said ${(ctx.message as { text?: string }).text}`));
    const server: Server = createServer(bot.webhookCallback('/hook', { secretToken: 'a-secret' }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await bot.telegram.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, {
      secret_token: 'a-secret',
    });
    expect(await emulator.telegram.say(priya, 'Hello')).toMatchObject({ acknowledged: true });
    await emulator.waitFor(() => texts().includes('You said Hello'));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('uploads, and finds the file again', async () => {
    await emulator.telegram.say(priya, 'Hi');
    const sent = await bot.telegram.sendDocument(
      priya,
      { source: Buffer.from('%PDF-x'), filename: 'x.pdf' },
      { caption: 'x' },
    );
    expect(emulator.telegram.seen(priya).at(-1)!.file).toMatchObject({
      filename: 'x.pdf',
      body: Buffer.from('%PDF-x'),
    });
    const link = await bot.telegram.getFileLink(sent.document.file_id);
    expect(await (await fetch(link)).text()).toBe('%PDF-x');
  });

  it('is refused in Telegram’s words', async () => {
    await emulator.telegram.say(priya, 'Hi');
    const refused = async (act: Promise<unknown>) => {
      const error = await act.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(TelegramError);
      return (error as TelegramError).description;
    };
    expect(await refused(bot.telegram.sendMessage(404, 'x'))).toBe('Bad Request: chat not found');
    expect(await refused(bot.telegram.sendMessage(priya, 'x'.repeat(4097)))).toBe(
      'Bad Request: message is too long',
    );
    const tooLong = Markup.inlineKeyboard([Markup.button.callback('x', 'x'.repeat(65))]);
    expect(await refused(bot.telegram.sendMessage(priya, 'x', tooLong))).toBe(
      'Bad Request: BUTTON_DATA_INVALID',
    );
    await emulator.telegram.block(priya);
    expect(await refused(bot.telegram.sendMessage(priya, 'x'))).toBe(
      'Forbidden: bot was blocked by the user',
    );
  });
});

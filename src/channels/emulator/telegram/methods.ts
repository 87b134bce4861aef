/** The methods of the Bot API that are played. Answers after core.telegram.org/bots/api#available-methods. */
import type { World } from '../types.ts';
import {
  type Problem,
  problemWithChat,
  problemWithKeyboard,
  problemWithRate,
  problemWithText,
} from './limits.ts';
import type { Part } from './multipart.ts';
import { type ChatMessage, readable, type StoredFile, type TelegramState } from './state.ts';

export type Result = { result: unknown } | { problem: Problem };
export type Args = Record<string, any>;
type Method = (args: Args, files: Part[]) => Result | Promise<Result>;

const ok = (result: unknown): Result => ({ result });
const no = (status: number, description: string): Result => ({ problem: { status, description } });

/** core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: "short bursts" are taken for 20 messages. */
function tooFast(world: World, { bot }: TelegramState, chat: number): Problem | undefined {
  const isOk =
    world.allow('telegram', '30 messages a second', bot.username, { max: 30, perMs: 1000 }) &&
    world.allow('telegram', 'one message a second to one chat', `${bot.username}:${chat}`, {
      max: 30 + 20,
      perMs: 30_000,
    });
  return isOk
    ? undefined
    : {
        status: 429,
        description: 'Too Many Requests: retry after 3',
        parameters: { retry_after: 3 },
      };
}

export function createMethods(world: World, state: TelegramState): Record<string, Method> {
  const { bot } = state;
  const me = {
    id: Number(bot.token.split(':')[0]),
    is_bot: true,
    first_name: bot.name,
    username: bot.username,
  };

  const send =
    (kind?: 'photo' | 'document' | 'audio' | 'video'): Method =>
    (args, files) => {
      const chat = Number(args.chat_id);
      const html = args.parse_mode === 'HTML';
      const problem =
        problemWithChat(state, chat) ??
        problemWithRate(state, world.clock.now().getTime()) ??
        tooFast(world, state, chat) ??
        (kind ? problemWithText(args.caption, html, 1024) : problemWithText(args.text, html, 4096)) ??
        problemWithKeyboard(args.reply_markup);
      if (problem) return { problem };
      const file = kind ? fileOf(kind, args, files) : undefined;
      if (kind && !file) return no(400, 'Bad Request: wrong file identifier/HTTP URL specified');
      return ok(
        shown(
          add({ chat, html, text: kind ? (args.caption ?? '') : args.text, args, ...(file && { file }) }),
          kind,
        ),
      );
    };

  function fileOf(kind: string, args: Args, files: Part[]): StoredFile | undefined {
    const part = files.find(({ name }) => name === kind);
    if (part) {
      const id = `AgAC${world.next()}`;
      const file = {
        id,
        mime: part.mime ?? 'application/octet-stream',
        filename: part.filename ?? kind,
        body: part.body,
      };
      state.files.set(id, file);
      return file;
    }
    const given = String(args[kind] ?? '');
    if (/^https?:/.test(given)) {
      const file = {
        id: `BQAC${world.next()}`,
        mime: 'application/octet-stream',
        filename: given,
        body: Buffer.alloc(0),
      };
      state.files.set(file.id, file);
      return file;
    }
    return state.files.get(given);
  }

  function add(m: { chat: number; html: boolean; text: string; args: Args; file?: StoredFile }): ChatMessage {
    const message: ChatMessage = {
      id: world.next(),
      chat: m.chat,
      direction: 'in',
      at: world.clock.now(),
      text: readable(m.text, m.html),
      html: m.html,
      buttons: m.args.reply_markup?.inline_keyboard ?? [],
      edited: false,
      raw: m.args,
      ...(m.file && { file: m.file }),
    };
    state.messages.push(message);
    return message;
  }

  /** A message as Telegram answers with it. */
  function shown(message: ChatMessage, kind?: string) {
    const size = {
      file_id: message.file?.id,
      file_unique_id: message.file?.id,
      file_size: message.file?.body.length,
    };
    return {
      message_id: message.id,
      from: me,
      chat: { id: message.chat, type: 'private' },
      date: Math.floor(message.at.getTime() / 1000),
      ...(kind === undefined
        ? { text: message.text }
        : {
            caption: message.text,
            [kind]: kind === 'photo' ? [size] : { ...size, file_name: message.file?.filename },
          }),
    };
  }

  return {
    getMe: () => ok(me),
    setWebhook: ({ url = '', secret_token, allowed_updates }) => {
      if (url && !/^https?:\/\//.test(url))
        return no(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
      state.webhook = { url, secret: secret_token, allowed: allowed_updates };
      return ok(true);
    },
    deleteWebhook: () => {
      state.webhook = { url: '' };
      return ok(true);
    },
    getWebhookInfo: () =>
      ok({
        url: state.webhook.url,
        has_custom_certificate: false,
        pending_update_count: state.waiting.length,
        ...(state.webhook.lastError && { last_error_message: state.webhook.lastError }),
      }),
    async getUpdates({ offset = 0, timeout = 0, limit = 100 }) {
      if (state.webhook.url)
        return no(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      const before = state.waiting.length;
      state.waiting = state.waiting.filter(({ update_id }) => update_id >= offset);
      if (state.waiting.length < before) world.bus.emit('change');
      if (!state.waiting.length && timeout > 0)
        await nextChange(world, timeout * 1000, () => state.waiting.length > 0);
      return ok(state.waiting.filter(({ update_id }) => update_id >= offset).slice(0, limit));
    },
    sendMessage: send(),
    sendPhoto: send('photo'),
    sendDocument: send('document'),
    sendAudio: send('audio'),
    sendVideo: send('video'),
    sendVenue: (args) => {
      const chat = Number(args.chat_id);
      const problem = problemWithChat(state, chat);
      if (problem) return { problem };
      return ok(shown(add({ chat, html: false, text: `📍 ${args.title}\n${args.address}`, args })));
    },
    editMessageText: (args) => {
      const html = args.parse_mode === 'HTML';
      const found = state.messages.find(
        ({ id, chat, direction }) =>
          id === args.message_id && chat === Number(args.chat_id) && direction === 'in',
      );
      if (!found) return no(400, 'Bad Request: message to edit not found');
      const problem = problemWithText(args.text, html, 4096) ?? problemWithKeyboard(args.reply_markup);
      if (problem) return { problem };
      const buttons = args.reply_markup?.inline_keyboard ?? [];
      const text = readable(args.text, html);
      if (found.text === text && JSON.stringify(found.buttons) === JSON.stringify(buttons))
        return no(
          400,
          'Bad Request: message is not modified: specified new message content and reply markup are exactly the same',
        );
      Object.assign(found, { text, html, buttons, edited: true, raw: args });
      return ok(shown(found));
    },
    answerCallbackQuery: ({ callback_query_id }) => {
      state.answered.push(String(callback_query_id));
      return ok(true);
    },
    getFile: ({ file_id }) => {
      const file = state.files.get(String(file_id));
      if (!file) return no(400, 'Bad Request: invalid file_id');
      if (file.body.length > 20_000_000) return no(400, 'Bad Request: file is too big');
      return ok({
        file_id,
        file_unique_id: file_id,
        file_size: file.body.length,
        file_path: `documents/${file_id}`,
      });
    },
  };
}

function nextChange(world: World, ms: number, isDone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      if (!isDone()) return;
      clearTimeout(timer);
      world.bus.off('change', done);
      resolve();
    };
    const timer = setTimeout(() => {
      world.bus.off('change', done);
      resolve();
    }, ms);
    timer.unref();
    world.bus.on('change', done);
  });
}

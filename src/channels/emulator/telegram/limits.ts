/** What the Bot API refuses, in its own words. Fixtures after core.telegram.org/bots/api#sendmessage and #inlinekeyboardbutton. */
import { readable, type TelegramState } from './state.ts';

export type Problem = { status: number; description: string; parameters?: Record<string, unknown> };
const bad = (description: string): Problem => ({ status: 400, description: `Bad Request: ${description}` });

export function problemWithText(text: unknown, html: boolean, max: number): Problem | undefined {
  const words = typeof text === 'string' ? readable(text, html).trim() : '';
  if (!words && max === 4096) return bad('message text is empty');
  if (words.length > max) return bad(max === 4096 ? 'message is too long' : 'message caption is too long');
  if (html && typeof text === 'string' && !isBalanced(text)) return bad("can't parse entities");
  return undefined;
}

function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, tag = ''] of html.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (!['b', 'i', 'u', 's', 'a', 'code', 'pre'].includes(tag)) return false;
    if (!slash) open.push(tag);
    else if (open.pop() !== tag) return false;
  }
  return !open.length && !/<(?!\/?\w+[^>]*>)/.test(html);
}

export function problemWithKeyboard(markup: any): Problem | undefined {
  const buttons = (markup?.inline_keyboard ?? []).flat();
  if (buttons.length > 100) return bad('reply markup is too long');
  for (const { text, callback_data: data, url } of buttons) {
    if (!text) return bad('inline keyboard button text is empty');
    if (data === undefined && url === undefined)
      return bad('Text buttons are unallowed in the inline keyboard');
    if (data !== undefined && (Buffer.byteLength(data) < 1 || Buffer.byteLength(data) > 64))
      return bad('BUTTON_DATA_INVALID');
    if (url !== undefined && !/^(https?:\/\/[^/]+\.[^/]+|tg:\/\/)/.test(url))
      return bad(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  return undefined;
}

/** Whether this chat may be written to. */
export function problemWithChat(state: TelegramState, id: number): Problem | undefined {
  const person = state.people.get(id);
  if (!person) return bad('chat not found');
  if (person.blocked) return { status: 403, description: 'Forbidden: bot was blocked by the user' };
  return person.started
    ? undefined
    : { status: 403, description: "Forbidden: bot can't initiate conversation with a user" };
}

/** core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second in all. */
export function problemWithRate(state: TelegramState, now: number): Problem | undefined {
  if (state.perSecond === undefined) return undefined;
  state.sent = state.sent.filter((at) => at > now - 1000);
  if (state.sent.length >= state.perSecond)
    return {
      status: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    };
  state.sent.push(now);
  return undefined;
}

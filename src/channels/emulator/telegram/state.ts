/** What Telegram knows of one bot: people, private chats, files, and the updates that wait to be asked for. */
import type { TelegramBot } from '../types.ts';

export type Person = {
  id: number;
  firstName: string;
  username?: string;
  /** Without the plus sign, as Telegram shows it. */
  phone: string;
  /** Has written to the bot or pressed Start: only then the bot may write. */
  started: boolean;
  blocked: boolean;
};
export type Button = { text: string; callback_data?: string; url?: string };
export type ChatMessage = {
  id: number;
  chat: number;
  /** `in`: from the bot to the person. */
  direction: 'in' | 'out';
  at: Date;
  text: string;
  html: boolean;
  buttons: Button[][];
  edited: boolean;
  file?: StoredFile;
  raw: Record<string, any>;
};
export type StoredFile = { id: string; mime: string; filename: string; body: Buffer };

export type TelegramState = {
  bot: TelegramBot;
  people: Map<number, Person>;
  messages: ChatMessage[];
  files: Map<string, StoredFile>;
  webhook: { url: string; secret?: string; allowed?: string[]; lastError?: string };
  /** For getUpdates: not confirmed yet. */
  waiting: Record<string, any>[];
  /** Calls that were taken: method and payload, oldest first. */
  taken: { method: string; args: Record<string, any> }[];
  /** Callback queries that the bot has answered. */
  answered: string[];
  /** Messages a second that the bot may send; absent: as many as it likes. */
  perSecond?: number;
  sent: number[];
};

export const newState = (bot: TelegramBot): TelegramState => ({
  bot,
  people: new Map(),
  messages: [],
  files: new Map(),
  webhook: { url: '' },
  waiting: [],
  taken: [],
  answered: [],
  sent: [],
});

export function personOf(state: TelegramState, id: number): Person {
  const known = state.people.get(id);
  if (known) return known;
  const made: Person = { id, firstName: `Person ${id}`, phone: `91${id}`, started: false, blocked: false };
  state.people.set(id, made);
  return made;
}

export const isRegistered = (state: TelegramState, id: number): boolean => state.people.has(id);

/** As a person reads it: without the marks of HTML. */
export const readable = (text: string, html: boolean): string =>
  html
    ? text
        .replace(/<[^>]+>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
    : text;

/** What a Slack workspace knows: people, direct messages with the app, views, and the short-lived ids it hands out. */
import type { EmulatorAccounts } from '../types.ts';

export type SlackMessage = {
  ts: string;
  channel: string;
  user: string;
  /** Who sees it alone; absent: everybody in the channel. */
  ephemeralTo?: string;
  text: string;
  blocks: Record<string, any>[];
  metadata?: Record<string, any>;
  /** The response_url through which it came, if it did. */
  via?: string;
  edited?: boolean;
  files?: SlackFile[];
};
export type SlackFile = { id: string; name: string; size: number; body?: Buffer };
export type OpenView = { id: string; hash: string; user: string; view: Record<string, any> };
type Trigger = { user: string; expiresAt: number; used: boolean };
export type ResponseUrl = {
  id: string;
  user: string;
  channel: string;
  expiresAt: number;
  uses: number;
  ts?: string;
};

export type SlackState = {
  account: EmulatorAccounts['slack'];
  messages: SlackMessage[];
  /** Calls of the Web API that were taken: method and arguments, oldest first. */
  taken: { method: string; args: Record<string, any> }[];
  modals: Map<string, OpenView>;
  homes: Map<string, OpenView>;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** Announced, then filled, then shown. */
  uploads: Map<string, SlackFile>;
  /** By the link that was shared. */
  unfurls: Map<string, { blocks: Record<string, any>[] }>;
};

export const newState = (account: EmulatorAccounts['slack']): SlackState => ({
  account,
  messages: [],
  taken: [],
  modals: new Map(),
  homes: new Map(),
  triggers: new Map(),
  responseUrls: new Map(),
  uploads: new Map(),
  unfurls: new Map(),
});

/** The direct message between the app and a user; null for a stranger. */
export function dmOf(state: SlackState, user: string): string | null {
  return state.account.users.some(({ id }) => id === user) ? `D${user.slice(1)}` : null;
}
export const userOfDm = (state: SlackState, channel: string): string | undefined =>
  state.account.users.find(({ id }) => dmOf(state, id) === channel)?.id;

/** All that a person can read in blocks, line by line: for tests and for screen readers alike. */
export function readable(text: string, blocks: Record<string, any>[]): string {
  const lines = blocks
    .flatMap((block) => [
      plain(block.text),
      ...(block.fields ?? []).map(plain),
      ...(block.elements ?? [])
        .filter((element: any) => element.type === 'mrkdwn' || element.type === 'plain_text')
        .map(plain),
      plain(block.label),
    ])
    .filter(Boolean);
  return (lines.length ? lines : [text]).join('\n');
}

const plain = (part: any): string =>
  (typeof part?.text === 'string' ? part.text : '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

export type Button = {
  text: string;
  actionId: string;
  blockId: string;
  value?: string;
  url?: string;
  confirm?: Record<string, any>;
};
export function buttonsOf(blocks: Record<string, any>[]): Button[] {
  return blocks.flatMap((block) =>
    (block.type === 'actions' ? block.elements : block.accessory ? [block.accessory] : [])
      .filter((element: any) => element.type === 'button')
      .map((element: any) => ({
        text: element.text.text,
        actionId: element.action_id,
        blockId: block.block_id ?? '',
        value: element.value,
        url: element.url,
        confirm: element.confirm,
      })),
  );
}

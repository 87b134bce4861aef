/** Opens the configured channel accounts and gives each its port; an account that lacks a setting stays closed. */
import type { AccountConfig } from '../core/config.ts';
import type { Channel, ChannelAccount, ChannelPort } from '../core/define.ts';
import type { Logger } from '../core/logger.ts';
import { channels } from './index.ts';

export type OpenAccount = { channel: Channel; id: string; account: ChannelAccount };
export type Accounts = {
  get(channel: string, account: string): OpenAccount | undefined;
  all(): OpenAccount[];
  /** What is configured but could not be opened, and why. */
  closed: { channel: string; id: string; reason: string }[];
  start(): Promise<void>;
  /**
   * Takes over what is configured now: accounts whose settings are others are opened anew beside the old ones, which end
   * what they have begun. @returns what became of whom.
   */
  reload(configured: AccountConfig[]): Promise<AccountChange[]>;
  stop(): Promise<void>;
};
export type AccountChange = {
  channel: string;
  account: string;
  became: 'opened' | 'changed' | 'closed';
  /** Why it is closed. */
  reason?: string;
};

export async function openAccounts(
  configured: AccountConfig[],
  portOf: (channel: string, account: string) => ChannelPort,
  log: Logger,
): Promise<Accounts> {
  const open = new Map<string, OpenAccount>();
  const known = new Map<string, string>();
  const closed: Accounts['closed'] = [];
  let started = false;
  await reload(configured);

  async function reload(wanted: AccountConfig[]): Promise<AccountChange[]> {
    const changes: AccountChange[] = [];
    const keys = new Set(wanted.map(keyOf));
    for (const key of [...known.keys()])
      if (!keys.has(key)) {
        known.delete(key);
        const [channel, account] = key.split(':') as [string, string];
        retire(key, { channel, account, became: 'closed', reason: 'not configured any more' }, changes);
      }
    for (const one of wanted) {
      const key = keyOf(one);
      const print = JSON.stringify([one.settings, one.missing]);
      if (known.get(key) === print) continue;
      known.set(key, print);
      const at = { channel: one.channel, account: one.id };
      const opened = one.missing.length
        ? `not configured: set ${one.missing.join(', ')}`
        : await tryOpen(one.channel, one.id, one.settings);
      if (typeof opened === 'string') {
        retire(key, { ...at, became: 'closed', reason: opened }, changes);
        continue;
      }
      const before = open.get(key);
      forget(one.channel, one.id);
      open.set(key, opened);
      changes.push({ ...at, became: before ? 'changed' : 'opened' });
      // What it has begun it ends; sockets change hands by their lease.
      if (before) void before.account.stop?.().catch((err) => log.warn({ err, ...at }, 'did not stop'));
      if (started) begin(opened);
    }
    return changes;
  }

  function retire(key: string, change: AccountChange, changes: AccountChange[]): void {
    const { channel, account: id, reason = '' } = change;
    const before = open.get(key);
    open.delete(key);
    forget(channel, id);
    if (known.has(key)) closed.push({ channel, id, reason });
    changes.push(change);
    void before?.account.stop?.().catch((err) => log.warn({ err, channel, account: id }, 'did not stop'));
  }

  function forget(channel: string, id: string): void {
    const at = closed.findIndex((one) => one.channel === channel && one.id === id);
    if (at >= 0) closed.splice(at, 1);
  }

  /** @returns why not, in words, where it cannot be opened. */
  async function tryOpen(name: string, id: string, settings: unknown): Promise<OpenAccount | string> {
    const load = channels[name];
    if (!load) return `there is no channel ${name}`;
    const channel = await load();
    const parsed = channel.settings.safeParse(settings);
    if (!parsed.success)
      return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return { channel, id, account: await channel.open({ id, settings: parsed.data }, portOf(name, id)) };
  }

  /** One provider that is down must not keep the others from starting. */
  function begin({ channel, id, account }: OpenAccount): void {
    void account
      .start?.()
      .catch((error) =>
        log.error({ err: error, channel: channel.name, account: id }, 'a channel account did not start'),
      );
  }

  return {
    get: (channel, account) => open.get(`${channel}:${account}`),
    all: () => [...open.values()],
    closed,
    reload,
    async start() {
      started = true;
      for (const account of open.values()) begin(account);
    },
    async stop() {
      await Promise.allSettled([...open.values()].map(({ account }) => account.stop?.()));
    },
  };
}

const keyOf = ({ channel, id }: AccountConfig): string => `${channel}:${id}`;

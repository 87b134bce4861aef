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
  stop(): Promise<void>;
};

export async function openAccounts(
  configured: AccountConfig[],
  portOf: (channel: string, account: string) => ChannelPort,
  log: Logger,
): Promise<Accounts> {
  const open = new Map<string, OpenAccount>();
  const closed: Accounts['closed'] = [];
  for (const { channel: name, id, settings, missing } of configured) {
    const reason = missing.length
      ? `not configured: set ${missing.join(', ')}`
      : await tryOpen(name, id, settings);
    if (reason) closed.push({ channel: name, id, reason });
  }

  /** @returns why not, or undefined when open. */
  async function tryOpen(name: string, id: string, settings: unknown): Promise<string | undefined> {
    const load = channels[name];
    if (!load) return `there is no channel ${name}`;
    const channel = await load();
    const parsed = channel.settings.safeParse(settings);
    if (!parsed.success)
      return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    open.set(`${name}:${id}`, {
      channel,
      id,
      account: await channel.open({ id, settings: parsed.data }, portOf(name, id)),
    });
    return undefined;
  }

  return {
    get: (channel, account) => open.get(`${channel}:${account}`),
    all: () => [...open.values()],
    closed,
    async start() {
      for (const { channel, id, account } of open.values()) {
        // One provider that is down must not keep the others from starting.
        void account
          .start?.()
          .catch((error) =>
            log.error({ err: error, channel: channel.name, account: id }, 'a channel account did not start'),
          );
      }
    },
    async stop() {
      await Promise.allSettled([...open.values()].map(({ account }) => account.stop?.()));
    },
  };
}

/** Channel accounts and secrets as they are set now, taken over while everything goes on. */
import type { Accounts } from '../channels/accounts.ts';
import type { Config } from '../core/config.ts';
import type { Live } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import type { Reload } from '../domain/settings/channels.ts';
import { channelsReloaded } from '../domain/settings/contract.ts';
import { keptVariables } from '../domain/settings/kept.ts';

type Deps = { config: Config; live: Live; log: Logger };

export function createReload({ config, live, log }: Deps, accounts: () => Accounts): Reload {
  let before: Promise<unknown> = Promise.resolve();

  async function takeOver() {
    const { accounts: wanted, env } = config.again(await keptVariables(config));
    config.accounts.splice(0, config.accounts.length, ...wanted);
    config.env.LLM_API_KEY = env.LLM_API_KEY;
    return accounts().reload(config.accounts);
  }
  const reload: Reload = () => {
    const done = before.then(takeOver);
    before = done.catch(() => {});
    return done;
  };

  // An administrator said so to one process: the others follow.
  live.subscribe(() => {
    reload().catch((err) => log.warn({ err }, 'settings were not taken over; they stay as they were'));
  }, [channelsReloaded.name]);
  return reload;
}

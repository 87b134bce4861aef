/** What the console has set of channel accounts: sealed, and never shown again. */
import type { Config } from '../../core/config.ts';
import { sealFor } from '../../core/seal.ts';
import { ChannelVariableModel } from './model.ts';

const sealOf = (secret: string, name: string) => sealFor(secret, `channel-variable:${name}`);

export const sealed = (secret: string, name: string, value: string): string =>
  sealOf(secret, name).close(value);

/** Values by variable, as `Config.again` takes them. */
export async function keptVariables({ secret }: Pick<Config, 'secret'>): Promise<Record<string, string>> {
  const found = await ChannelVariableModel.find().lean();
  return Object.fromEntries(found.map(({ _id, sealed }) => [_id, sealOf(secret, _id).open(sealed)]));
}

/** Puts the accounts in place as the console has set them; where it has set nothing, they stay as they are. */
export async function fillKept(config: Config): Promise<void> {
  const kept = await keptVariables(config);
  if (Object.keys(kept).length)
    config.accounts.splice(0, config.accounts.length, ...config.again(kept).accounts);
}

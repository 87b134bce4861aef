/** Where the outside reaches us. */
import type { Config } from '../../core/config.ts';

export const baseOf = ({ env }: Config): string =>
  (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, '');

export const webhookOf = (config: Config, channel: string, account: string): string =>
  `${baseOf(config)}/webhooks/${channel}/${account}`;

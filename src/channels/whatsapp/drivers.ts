/**
 * The list of WhatsApp's drivers. To add one that links a phone: a folder with its process and its settings, and a line in
 * both tables; everything else (supervisor, pairing, pacing, files) is shared in `linked/`.
 */
import { z } from 'zod';
import type { ChannelAccount, ChannelPort } from '../../core/define.ts';
import { baileysSettings } from './baileys/settings.ts';
import { openCloudAccount } from './cloud-api.ts';
import { type LinkedDeps, type LinkedSettings, openLinkedAccount } from './linked/account.ts';
import { startDriver } from './linked/driver-process.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { webSettings } from './web/settings.ts';

const schemas = {
  cloud: settingsSchema.extend({ driver: z.literal('cloud').default('cloud') }),
  baileys: baileysSettings,
  web: webSettings,
};

/** What each linked driver runs. Its library is loaded there, and only when an account uses it. */
const processes = {
  baileys: new URL('./baileys/process.ts', import.meta.url),
  web: new URL('./web/process.ts', import.meta.url),
};

type DriverSettings = {
  [name in keyof typeof schemas]: z.output<(typeof schemas)[name]>;
}[keyof typeof schemas];

/** Without a driver named it is the Cloud API: the one for business use. */
export const driverSettings = z.preprocess(
  (value) => ({ driver: 'cloud', ...(value as object) }),
  z.discriminatedUnion('driver', [schemas.cloud, schemas.baileys, schemas.web]),
);

export function openDriver(
  id: string,
  settings: DriverSettings | Settings,
  port: ChannelPort,
  /** Time and chance of a linked phone, for tests. */
  more: Pick<LinkedDeps, 'wait' | 'random'> = {},
): ChannelAccount {
  if (!('driver' in settings) || settings.driver === 'cloud')
    return openCloudAccount(id, settings as Settings, port);
  const { driver } = settings;
  const env = settings.caFile ? { NODE_EXTRA_CA_CERTS: settings.caFile } : undefined;
  return openLinkedAccount({
    id,
    settings: settings as LinkedSettings,
    port,
    fork: (app) => startDriver(processes[driver], app, env),
    ...more,
  });
}

/** What the channels get from the product, and what the product asks them. */
import type { Accounts } from '../channels/accounts.ts';
import { createMediaStore, type MediaStore } from '../channels/media-store.ts';
import { accountKeys } from '../core/account-keys.ts';
import { accountState } from '../core/account-state.ts';
import { systemActor } from '../core/actor.ts';
import type { ChannelPort } from '../core/define.ts';
import { holdLease } from '../core/lease.ts';
import { createSigner } from '../core/signing.ts';
import { invitationMedia } from '../domain/calendar/media.ts';
import { createReceipts } from '../domain/conversations/settle.ts';
import { customerLink } from '../domain/files/links.ts';
import { fileIdOf, fileMedia } from '../domain/files/media.ts';
import { forgetBrowser } from '../domain/notifications/contract.ts';
import { reportMedia } from '../domain/reports/media.ts';
import type { ChannelProbe } from '../domain/settings/channels.ts';
import type { Files } from './files.ts';
import type { Kernel } from './kernel.ts';

type Ports = { media: MediaStore; portOf: (channel: string, account: string) => ChannelPort };

export function createPorts(
  { bus, clock, config, log, owner }: Kernel,
  files: Files,
  accept: ChannelPort['accept'],
): Ports {
  const signer = createSigner(config.secret);
  const receipts = createReceipts();
  const publicUrl = config.env.PUBLIC_URL ?? `http://${config.env.HOST}:${config.env.PORT}`;
  const media = createMediaStore(
    config,
    signer,
    publicUrl,
    (id) => reportMedia(bus, id) ?? invitationMedia(bus, id) ?? fileMedia(files.store, id),
    // Opened for a while, unlike what everybody may have.
    (id) => {
      const fileId = fileIdOf(id);
      return fileId && customerLink(config, fileId, clock.now());
    },
  );
  const portOf = (channel: string, account: string): ChannelPort => ({
    accept,
    receipts,
    clock,
    log: log.child({ channel, account }),
    publicUrl,
    fetch,
    lease: (name) => holdLease(`${channel}:${account}:${name}`, owner, clock),
    sign: signer.sign,
    verify: signer.verify,
    media,
    state: accountState(`${channel}:${account}`),
    keys: accountKeys(`${channel}:${account}`, config.secret, clock),
    ...(channel === 'push' && {
      gone: async (id: string) =>
        void (await bus.command(forgetBrowser, { id }, { actor: systemActor('push'), surface: 'timer' })),
    }),
  });
  return { media, portOf };
}

/** What can be asked of the channel accounts: those that are open, and why the others are not. */
export const probesOf = (accounts: Accounts): ChannelProbe[] => [
  ...accounts.all().map(({ channel, id, account }) => ({
    channel: channel.name,
    account: id,
    ...(account.health && { health: () => account.health!() }),
    ...(account.link && { link: account.link }),
    ...(account.templates && { templates: account.templates }),
  })),
  ...accounts.closed.map(({ channel, id, reason }) => ({ channel, account: id, closed: reason })),
];

/** Addresses of files: a colleague's opens for a quarter of an hour and only while they may see the conversation, a customer's for a day. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Config } from '../../core/config.ts';
import type { StoredMedia } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { readLink, signLink } from '../../core/links.ts';
import { addMinutes } from '../../core/zone.ts';
import { getConversation } from '../conversations/contract.ts';
import { actorFor } from '../staff/contract.ts';
import { readFileOf } from './media.ts';
import { FileModel } from './model.ts';
import { isShown } from './rules.ts';
import type { FileStore } from './store.ts';

const purpose = 'file';
const staffMinutes = 15;
/** In place of a user's id: whoever was sent the address. */
const customer = 'customer';

type Secrets = Pick<Config, 'secret' | 'app'>;

export const staffLink = ({ secret }: Secrets, fileId: string, userId: string, now: Date): string =>
  `/files/${signLink(secret, purpose, fileId, userId, addMinutes(now, staffMinutes))}`;

export const customerLink = ({ secret, app }: Secrets, fileId: string, now: Date): string =>
  `/files/${signLink(secret, purpose, fileId, customer, addMinutes(now, app.files.linkHours * 60))}`;

export type OpenFile = (token: string, now: Date) => Promise<StoredMedia & { shown: boolean }>;

/** For the page that serves such an address. @throws auth.bad_signature, auth.link_expired, record.not_found */
export const fileOpener =
  (bus: Bus, config: Config, store: FileStore): OpenFile =>
  async (token, now) => {
    const { id, who } = readLink(config.secret, purpose, token, now);
    if (who !== customer) await mayStillSee(bus, id, who);
    const file = await readFileOf(store, id);
    return { ...file, shown: isShown(file.mime) };
  };

async function mayStillSee(bus: Bus, fileId: string, userId: string): Promise<void> {
  const caller = { actor: systemActor('files'), surface: 'api' as const };
  const { actor } = await bus.query(actorFor, { userId }, caller);
  if (!actor) throw new AppError('auth.link_expired');
  const file = await FileModel.findById(fileId, { conversationId: 1, owner: 1 }).lean();
  if (!file?.conversationId) {
    // Not sent yet: its uploader's own.
    if (file?.owner === `user:${userId}`) return;
    throw new AppError('record.not_found', { kind: 'file', id: fileId });
  }
  await bus.query(getConversation, { conversationId: file.conversationId }, { actor, surface: 'console' });
}

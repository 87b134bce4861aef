import webPush from 'web-push';
import type { ChannelPort } from '../../core/define.ts';

/** Both halves of the key by which push services know us, base64url. Browsers subscribe to the public one. */
export type VapidKeys = { publicKey: string; privateKey: string; since: string };

/** Made at the first start and kept: with other keys every subscription would be void. */
export async function keptKeys(state: ChannelPort['state']): Promise<VapidKeys> {
  const kept = await state.get<VapidKeys>('vapid');
  if (kept) return kept;
  const made = { ...webPush.generateVAPIDKeys(), since: new Date().toISOString().slice(0, 10) };
  return state.keep('vapid', made);
}

/**
 * A button carries little: 64 bytes at Telegram, 200 characters at WhatsApp. What is longer is kept under the hash of its
 * own words, so that the same button is kept once, whoever gets it and however often; what is not kept is no button of ours.
 */
import { createHash } from 'node:crypto';
import type { ChannelPort } from '../../core/define.ts';

type State = ChannelPort['state'];

const kept = 'kept:';

/** @param max bytes that a button may carry; at least 40. */
export async function toData(value: string, state: State, max: number): Promise<string> {
  if (Buffer.byteLength(value) <= max && !value.startsWith(kept)) return value;
  const key = `${kept}${createHash('sha256').update(value).digest('base64url').slice(0, 32)}`;
  await state.keep(key, value);
  return key;
}

/** @returns undefined for a button that we never made. */
export async function fromData(data: string, state: State): Promise<string | undefined> {
  return data.startsWith(kept) ? state.get<string>(data) : data;
}

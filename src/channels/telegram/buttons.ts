/**
 * A button carries at most 64 bytes. What is longer is kept under the hash of its own words, so that the same button is
 * kept once, whoever gets it and however often; what is not kept is no button of ours.
 */
import { createHash } from 'node:crypto';
import type { ChannelPort } from '../../core/define.ts';
import { shorten } from '../render.ts';
import { capabilities, maxData } from './settings.ts';

export type Button = { text: string; callback_data: string } | { text: string; url: string };
type State = ChannelPort['state'];

const kept = 'kept:';

export async function toData(value: string, state: State): Promise<string> {
  if (Buffer.byteLength(value) <= maxData && !value.startsWith(kept)) return value;
  const key = `${kept}${createHash('sha256').update(value).digest('base64url').slice(0, 32)}`;
  await state.keep(key, value);
  return key;
}

/** @returns undefined for a button that we never made. */
export async function fromData(data: string, state: State): Promise<string | undefined> {
  return data.startsWith(kept) ? state.get<string>(data) : data;
}

export async function pressButton(label: string, value: string, state: State): Promise<Button> {
  return {
    text: shorten(label || '–', capabilities.buttons.label),
    callback_data: await toData(value, state),
  };
}

/** Short labels stand side by side, as far as a telephone is wide. */
export function rows(buttons: Button[], width = 30): Button[][] {
  const made: Button[][] = [];
  let used = 0;
  for (const button of buttons) {
    const size = button.text.length + 4;
    const last = made.at(-1);
    if (last && used + size <= width && last.length < 4) {
      last.push(button);
      used += size;
    } else {
      made.push([button]);
      used = size;
    }
  }
  return made;
}

/** Buttons below a message, and how they stand beside each other. */
import type { ChannelPort } from '../../core/define.ts';
import { shorten } from '../render.ts';
import { toData } from '../staff/data.ts';
import { capabilities, maxData } from './settings.ts';

export type Button = { text: string; callback_data: string } | { text: string; url: string };

export async function pressButton(
  label: string,
  value: string,
  state: ChannelPort['state'],
): Promise<Button> {
  return {
    text: shorten(label || '–', capabilities.buttons.label),
    callback_data: await toData(value, state, maxData),
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

import { type Mask, outgoing } from '../mask.ts';

export type ConversationLine = { from: 'customer' | 'us'; text: string };

const MOST_LINES = 40;
const MOST_CHARS = 1500;

/** The last lines of a conversation as they may leave: masked, each cut. */
export function linesOut(mask: Mask, lines: ConversationLine[]): ConversationLine[] {
  return lines.slice(-MOST_LINES).map(({ from, text }) => ({ from, text: outgoing(mask, text, MOST_CHARS) }));
}

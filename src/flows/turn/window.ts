/** Until when the channel carries free text. */
import { millis } from './durations.ts';
import type { Talk } from './talk.ts';

/** A margin, since a timer may be late. */
const margin = millis('30 minutes');
export function windowEnd({ memory, input, windowOf }: Talk): Date | undefined {
  const hours = windowOf(input.conversation.channel);
  return hours === undefined || !memory.heardAt
    ? undefined
    : new Date(Date.parse(memory.heardAt) + hours * 3_600_000 - margin);
}
/** Nobody may be written to freely there who has never written to us. */
export const isOpenWindow = (talk: Talk, now: Date): boolean => {
  const { input, memory, windowOf } = talk;
  if (windowOf(input.conversation.channel) === undefined) return true;
  const end = memory.heardAt && windowEnd(talk);
  return Boolean(end && now <= end);
};

/** How fast a linked phone writes: a pause after each message, and so many a day. Kept over restarts. */
import type { ChannelPort } from '../../../core/define.ts';
import { dayOf, gapMs, msToNextDay, type Pacing } from './rules.ts';

export function createPace(settings: Pacing, port: ChannelPort, random: () => number) {
  let nextAt = 0;
  let today: { day: string; count: number } | undefined;

  return {
    /** Takes the right to send one message now. @returns 0, or the milliseconds until there is one. */
    async take(): Promise<number> {
      const now = port.clock.now();
      const at = now.getTime();
      if (at < nextAt) return nextAt - at;
      // Set before anything is awaited: two sends at once must not take the same turn.
      nextAt = at + gapMs(settings, random());
      const day = dayOf(now);
      if (today?.day !== day) {
        const kept = await port.state.get<{ day: string; count: number }>('sent');
        if (today?.day !== day) today = kept?.day === day ? { ...kept } : { day, count: 0 };
      }
      if (today.count >= settings.dailyCap) return msToNextDay(now);
      today.count++;
      await port.state.set('sent', today);
      return 0;
    },
  };
}

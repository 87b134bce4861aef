/** Pure decisions about a linked phone: what follows when its connection ends, and how fast it may write. */

/** Where a linked phone stands. */
export const phases = [
  'unlinked',
  'starting',
  'scan',
  'pairing',
  'online',
  'reconnecting',
  'taken over',
  'logged out',
  'banned',
] as const;
export type Phase = (typeof phases)[number];

/** Phases that only a person can end. */
export const isResting = (phase: Phase): boolean =>
  phase === 'unlinked' || phase === 'taken over' || phase === 'logged out' || phase === 'banned';

const second = 1000;
const minute = 60 * second;
const firstWaitMs = second;
const longestWaitMs = 5 * minute;
/** A connection that lasted so long was a good one: the next failure counts as the first. */
export const stableMs = 5 * minute;

export type Next =
  | { do: 'connect'; afterMs: number; phase: Phase; failures: number }
  /** `forget` throws the device's keys away. */
  | { do: 'rest'; phase: Phase; forget: boolean }
  /** Another process of ours has the account: wait for the lease again. */
  | { do: 'yield' };

/**
 * What follows the end of a connection.
 * Codes: Baileys' DisconnectReason, and the connect failures that WhatsApp answers (402, 403 and 406 are blocks).
 */
export function afterClose(
  code: number,
  before: { failures: number; onlineMs: number; isPaired: boolean; isOurs: boolean },
): Next {
  const { isPaired, isOurs } = before;
  if (code === 515) return { do: 'connect', afterMs: 0, phase: 'pairing', failures: 0 };
  if (!isOurs) return { do: 'yield' };
  if (code === 440) return { do: 'rest', phase: 'taken over', forget: false };
  if (code === 401) return { do: 'rest', phase: isPaired ? 'logged out' : 'unlinked', forget: true };
  if (code === 402 || code === 403 || code === 406) return { do: 'rest', phase: 'banned', forget: false };
  // Nobody scanned the code: asking for ever would look like an attack.
  if (!isPaired && code === 408) return { do: 'rest', phase: 'unlinked', forget: true };
  const failures = (before.onlineMs >= stableMs ? 0 : before.failures) + 1;
  const afterMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
  return { do: 'connect', afterMs, phase: 'reconnecting', failures };
}

const details: Record<Phase, string> = {
  unlinked: 'No phone is linked.',
  starting: 'The driver is being started.',
  scan: 'Waits for the code to be scanned: on the phone, WhatsApp → Settings → Linked devices → Link a device.',
  pairing: 'The phone agreed; the connection is being made.',
  online: 'Paired and connected.',
  reconnecting: 'The connection was lost and is being made again.',
  'taken over':
    'Another program uses this linked device. Close it there, then connect again, or unlink and link anew.',
  'logged out': 'The phone removed this device. Link it again.',
  banned:
    'WhatsApp has blocked this number. Look at the phone: it says for how long, and how to ask for a review.',
};

/** The state in words, for people. */
export const phaseInWords = (phase: Phase, why?: string): string =>
  why ? `${details[phase]} (${why})` : details[phase];

export type Pacing = { replyOnly: boolean; dailyCap: number; minGapMs: number; maxGapMs: number };

/** Why a message must not go out by a linked phone; undefined when it may. */
export function refusal(
  { purpose, lastInboundAt }: { purpose: string; lastInboundAt?: unknown },
  { replyOnly }: Pick<Pacing, 'replyOnly'>,
): string | undefined {
  if (!replyOnly) return undefined;
  if (purpose === 'marketing')
    return 'a linked phone sends no advertising: numbers are blocked for it (setting replyOnly)';
  if (typeof lastInboundAt !== 'string')
    return 'a linked phone answers only those who have written to it: numbers are blocked for more (setting replyOnly)';
  return undefined;
}

/** The pause after a message, as a person would make it. @param random 0 ≤ random < 1. */
export const gapMs = (
  { minGapMs, maxGapMs }: Pick<Pacing, 'minGapMs' | 'maxGapMs'>,
  random: number,
): number => Math.round(minGapMs + (maxGapMs - minGapMs) * random);

/** The day that the cap counts by, UTC. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
export const msToNextDay = (now: Date): number => {
  const next = new Date(now);
  next.setUTCHours(24, 0, 0, 0);
  return next.getTime() - now.getTime();
};

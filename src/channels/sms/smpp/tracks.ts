/**
 * Which of our messages a receipt tells of. By the SMSC's id, as long as this process remembers the answer: a receipt may
 * come before the outbox has written the id down. And where the answer was lost, by whom it went to and how it begins.
 */
import type { ChannelPort } from '../../../core/define.ts';
import type { ReceiptStatus } from '../../../core/messaging.ts';

export type Place = { ref: string; part: number; of: number };
type Lost = { ref: string; to: string; text: string; at: number };

const most = 20_000;
const lostMs = 7 * 24 * 3_600_000;

export function createTracks({ state, clock }: Pick<ChannelPort, 'state' | 'clock'>) {
  const byId = new Map<string, Place>();
  const delivered = new Map<string, Set<number>>();
  /** Read once; only this process loses what it sends. */
  let lost: Lost[] | undefined;
  const remembered = async () => (lost ??= (await state.get<Lost[]>('lost')) ?? []);

  return {
    note(id: string, place: Place): void {
      if (!id) return;
      byId.set(id, place);
      if (byId.size > most) byId.delete(byId.keys().next().value!);
    },

    /** Its answer was lost: its receipt says more. */
    async lose({ ref, to, text }: { ref: string; to: string; text: string }): Promise<void> {
      const now = clock.now().getTime();
      const before = (await remembered()).filter(({ at }) => now - at < lostMs);
      lost = [...before, { ref, to, text: start(text), at: now }].slice(-200);
      await state.set('lost', lost);
    },

    async find(told: { providerId?: string; to: string; text?: string }): Promise<Place | undefined> {
      const known = told.providerId && byId.get(told.providerId);
      if (known) return known;
      const begins = start(told.text ?? '');
      const all = await remembered();
      const found = all.filter(
        ({ to, text }) =>
          to === told.to && text && begins && (text.startsWith(begins) || begins.startsWith(text)),
      );
      // Two of them could be meant: neither is settled by a guess.
      const [one] = found;
      if (!one || found.length > 1) return undefined;
      const place = { ref: one.ref, part: 0, of: 1 };
      if (told.providerId) byId.set(told.providerId, place);
      lost = all.filter((other) => other !== one);
      await state.set('lost', lost);
      return place;
    },

    /** A message is delivered when all of its parts are. @returns what that makes of the message, if anything. */
    moved({ ref, part, of }: Place, status: ReceiptStatus): ReceiptStatus | undefined {
      if (of === 1 || status === 'failed') return status;
      if (status !== 'delivered') return undefined;
      const parts = delivered.get(ref) ?? new Set();
      delivered.set(ref, parts.add(part));
      if (delivered.size > most) delivered.delete(delivered.keys().next().value!);
      if (parts.size < of) return undefined;
      delivered.delete(ref);
      return status;
    },
  };
}

/** Receipts repeat about twenty characters, in an alphabet of their own. */
const start = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, 16);

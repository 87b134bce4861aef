/** Takes one raw mail in: read, kept durably or told as a receipt. When it resolves, the mailbox may move on. */
import { createLimiter } from '../../core/limiter.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { type RawMail, type ReadDeps, readMail } from './read.ts';

/** So often the same mail may fail before it is kept as a bare note, so that it cannot block those behind it. */
const patience = 3;
const hour = 3_600_000;

export type Intake = { take(raw: RawMail): Promise<void> };

export function createIntake(deps: ReadDeps): Intake {
  const { port, settings, account } = deps;
  const senders = createLimiter({
    max: settings.hourlyFromOne,
    perMs: hour,
    clock: port.clock,
    maxKeys: 5_000,
  });
  const failures = new Map<string, number>();

  return {
    /** @throws when it could not be stored: take it again later. */
    async take(raw) {
      const place = `${raw.place.uidValidity}/${raw.place.uid}`;
      try {
        await keep(raw);
        failures.delete(place);
      } catch (error) {
        const count = (failures.get(place) ?? 0) + 1;
        failures.set(place, count);
        if (count < patience) throw error;
        port.log.error({ err: error, place }, 'a mail could not be taken in; it is kept as a note');
        await port.accept([note(raw, place)]);
        failures.delete(place);
      }
    },
  };

  async function keep(raw: RawMail): Promise<void> {
    const read = await readMail(raw, deps);
    if ('receipts' in read) return port.receipts(read.receipts);
    const { event } = read;
    // Two machines that do not say what they are would write to each other for ever.
    if (event.body.kind !== 'signal' && senders.take(event.thread) > 0) {
      port.log.warn(
        { thread: event.thread },
        'so much mail from one sender that it is kept, but not answered',
      );
      event.meta!.automatic = 'too many mails in an hour';
    }
    await port.accept([event]);
  }

  function note({ receivedAt }: RawMail, place: string): InboundEvent {
    return {
      id: `unreadable ${place}`,
      channel: 'email',
      account,
      audience: 'customer',
      thread: 'nobody',
      from: [],
      at: receivedAt,
      body: {
        kind: 'unknown',
        note: `A mail that could not be read: number ${place} in ${settings.mailbox}`,
      },
      meta: { automatic: 'unreadable' },
    };
  }
}

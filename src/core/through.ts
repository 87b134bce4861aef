/** Events that are handled in the transaction that emits them: what falls due for thousands at once is written once. */
import type { Context } from './context.ts';
import type { Subscriber } from './define.ts';
import { type EventDocument, eventOf } from './events.ts';

/**
 * Hands each event to its subscribers where all of them are apart; the others wait as usual.
 * @param contextOf a subscriber's context, in that transaction
 * @returns the events as they are to be stored
 */
export async function handleThrough(
  documents: EventDocument[],
  subscribers: Subscriber[],
  contextOf: (name: string, cause: EventDocument['cause']) => Context,
): Promise<EventDocument[]> {
  const apart = subscribers.filter((subscriber) => subscriber.apart);
  const names = new Set(apart.map(({ name }) => name));
  const through = documents.filter(
    ({ pending }) => pending.length > 0 && pending.every((name) => names.has(name)),
  );
  for (const { name, prepare, handle } of apart) {
    const its = through.filter(({ pending }) => pending.includes(name)).map(eventOf);
    if (its.length > 1) await prepare?.(contextOf(name, its[0]!.cause), its);
    for (const event of its) await handle(contextOf(name, event.cause), event);
  }
  for (const document of through) Object.assign(document, { pending: [], open: false });
  return documents;
}

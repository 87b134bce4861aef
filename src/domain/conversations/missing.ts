/** The proof behind the ledger: every customer's message that counts as handled stands in a transcript. */
import { type InboxDocument, InboxModel } from './model/inbox.ts';
import { MessageModel } from './model/message.ts';

export type Missing = { id: string; channel: string; thread: string; at: string };
type Entry = Pick<InboxDocument, '_id' | 'event' | 'receivedAt' | 'conversationId'>;

/** Kinds of which each becomes a line of a transcript; a signal is none, and a call becomes a call. */
const spoken = ['text', 'press', 'media', 'location', 'contact', 'unknown'];
const batch = 500;

/** Entries of the span that are done and left no line, the oldest first; `count` is of all, `items` has the first ones. */
export async function missingOf(
  receivedAt: { $gte: Date; $lt: Date },
  most = 50,
): Promise<{ count: number; items: Missing[] }> {
  const done = InboxModel.find(
    { receivedAt, status: 'done', 'event.audience': 'customer', 'event.body.kind': { $in: spoken } },
    { 'event.channel': 1, 'event.thread': 1, receivedAt: 1, conversationId: 1 },
  )
    .sort({ receivedAt: 1 })
    .lean<Entry[]>()
    .cursor({ batchSize: batch });
  const found = { count: 0, items: [] as Missing[] };
  let some: Entry[] = [];
  const check = async () => {
    for (const { _id, event, receivedAt: at } of await withoutLine(some)) {
      found.count++;
      if (found.items.length < most)
        found.items.push({ id: _id, channel: event.channel, thread: event.thread, at: at.toISOString() });
    }
    some = [];
  };
  for await (const entry of done) if (some.push(entry) === batch) await check();
  await check();
  return found;
}

async function withoutLine(entries: Entry[]): Promise<Entry[]> {
  if (!entries.length) return [];
  const lines = await MessageModel.find(
    {
      conversationId: { $in: [...new Set(entries.map(({ conversationId }) => conversationId ?? ''))] },
      inboxId: { $in: entries.map(({ _id }) => _id) },
    },
    { inboxId: 1 },
  ).lean();
  const kept = new Set(lines.map(({ inboxId }) => inboxId));
  return entries.filter(({ _id }) => !kept.has(_id));
}

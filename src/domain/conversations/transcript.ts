import type { Live } from '../../core/live.ts';
import { messageReceived, messageSent } from './contract.ts';
import { ConversationModel } from './model/conversation.ts';
import { MessageModel } from './model/message.ts';

/** A customer's own view of their conversation on one channel, by its thread: what was said, and a bell for more. */
export function createTranscript(channel: string, live: Live) {
  const threads = new Map<string, string>();
  const bells = new Map<string, Set<() => void>>();

  async function conversationOf(thread: string): Promise<string | undefined> {
    const known = threads.get(thread);
    if (known) return known;
    const found = await ConversationModel.findOne({ channel, thread }, { _id: 1 }).lean();
    if (found) remember(thread, found._id);
    return found?._id;
  }

  function remember(thread: string, conversationId: string): void {
    threads.set(thread, conversationId);
    if (threads.size > 10_000) threads.delete(threads.keys().next().value!);
  }

  live.subscribe(
    ({ payload }) => {
      if (bells.size) void ring((payload as { conversationId: string }).conversationId);
    },
    [messageReceived.name, messageSent.name],
  );

  async function ring(conversationId: string): Promise<void> {
    const found = await ConversationModel.findById(conversationId, { thread: 1, channel: 1 }).lean();
    if (found?.channel !== channel) return;
    for (const bell of bells.get(found.thread) ?? []) bell();
  }

  return {
    async after(thread: string, seq: number, limit: number) {
      const conversationId = await conversationOf(thread);
      if (!conversationId) return [];
      const messages = await MessageModel.find({ conversationId, seq: { $gt: seq } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean();
      return messages.map(({ _id, inboxId, at, ...rest }) => ({
        ...rest,
        id: _id,
        at: at.toISOString(),
        ...(inboxId && { providerId: inboxId.split(':').slice(2).join(':') }),
      }));
    },
    subscribe(thread: string, bell: () => void): () => void {
      const set = bells.get(thread) ?? new Set();
      bells.set(thread, set.add(bell));
      return () => {
        set.delete(bell);
        if (!set.size) bells.delete(thread);
      };
    },
  };
}

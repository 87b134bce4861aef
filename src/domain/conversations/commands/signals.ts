/** Signals: what is no message and yet an event of the conversation, kept in the inbox like any other. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import type { InboundEvent } from '../../../core/messaging.ts';
import { signalConversation, tellConversations } from '../contract.ts';
import { type ConversationDocument, ConversationModel } from '../model/conversation.ts';
import { type InboxDocument, InboxModel, inboxId, laneOf } from '../model/inbox.ts';

const ok = { ok: true } as const;

export const signalConversationHandler = handles(
  signalConversation,
  async (ctx, { conversationId, name, data, once }) => {
    const conversation = await ConversationModel.findById(conversationId, place).lean();
    if (conversation) await keep(ctx, conversation, name, data, once);
    return ok;
  },
);

export const tellConversationsHandler = handles(
  tellConversations,
  async (ctx, { contactId, event, id, payload }) => {
    const waiting = await ConversationModel.find(
      { contactId, 'session.state.wait.event': event },
      place,
    ).lean();
    for (const conversation of waiting) await keep(ctx, conversation, 'event', { event, payload }, id);
    return { told: waiting.length };
  },
);

const place = { channel: 1, account: 1, thread: 1 } as const;
type Place = Pick<ConversationDocument, '_id' | 'channel' | 'account' | 'thread'>;

async function keep(
  ctx: Context,
  { _id, channel, account, thread }: Place,
  name: string,
  data: Record<string, unknown>,
  once: string = ctx.id(),
): Promise<void> {
  const now = ctx.now();
  const event: InboundEvent = {
    id: `signal:${_id}:${name}:${once}`,
    channel,
    account,
    audience: 'customer',
    thread,
    from: [],
    at: now,
    body: { kind: 'signal', name, data },
  };
  const entry: InboxDocument = {
    _id: inboxId(event),
    lane: laneOf(event),
    order: ctx.id(),
    event,
    receivedAt: now,
    status: 'pending',
    attempts: 0,
    nextAt: now,
  };
  if (!(await InboxModel.exists({ _id: entry._id }))) await InboxModel.create([entry]);
}

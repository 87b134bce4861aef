import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { beginsWith } from '../../../core/fields.ts';
import { isOn } from '../assistance.ts';
import { getConversation, listConversations, listMessages, reachContact } from '../contract.ts';
import { type ConversationDocument, ConversationModel, type Written } from '../model/conversation.ts';
import { type MessageDocument, MessageModel } from '../model/message.ts';

export const listConversationsHandler = handles(listConversations, async (ctx, input) => {
  const filter = { $and: [ctx.scope('read', 'Conversation'), ...criteria(ctx, input)] };
  const after = decodeCursor<[boolean, string, string]>(input.cursor);
  const page = await ConversationModel.find(after ? { $and: [...filter.$and, behind(after)] } : filter)
    .sort({ waitingForStaff: -1, lastMessageAt: -1, _id: -1 })
    .limit(input.limit + 1)
    .lean();
  const items = page.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map(present),
    total: await ConversationModel.countDocuments(filter),
    ...(page.length > input.limit &&
      last && {
        nextCursor: encodeCursor([last.waitingForStaff, last.lastMessageAt.toISOString(), last._id]),
      }),
  };
});

function criteria(
  ctx: Context,
  input: {
    mode?: string;
    mine?: boolean;
    waiting?: boolean;
    channel?: string;
    contactId?: string;
    assigneeId?: string;
    search?: string;
  },
): object[] {
  const found: object[] = [];
  if (input.mode) found.push({ mode: input.mode });
  if (input.mine) found.push({ assigneeId: ctx.actor.id });
  if (input.assigneeId) found.push({ assigneeId: input.assigneeId });
  if (input.waiting) found.push({ waitingForStaff: true });
  if (input.channel) found.push({ channel: input.channel });
  if (input.contactId) found.push({ contactId: input.contactId });
  for (const word of (input.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)) {
    found.push({ search: beginsWith(word, ctx.hides) ?? { $in: [] } });
  }
  return found;
}

/** Rows after the last one of the page before, in the list's order. */
const behind = ([waiting, at, id]: [boolean, string, string]): object => {
  const lastMessageAt = new Date(at);
  return {
    $or: [
      ...(waiting ? [{ waitingForStaff: false }] : []),
      { waitingForStaff: waiting, lastMessageAt: { $lt: lastMessageAt } },
      { waitingForStaff: waiting, lastMessageAt, _id: { $lt: id } },
    ],
  };
};

export const getConversationHandler = handles(getConversation, async (ctx, { conversationId }) => {
  const conversation = await visible(ctx, conversationId);
  const assistance = { summaries: isOn(ctx, 'summarise'), drafts: isOn(ctx, 'draft') };
  return {
    ...present(conversation),
    ...originOf(conversation),
    ...(conversation.brief && { brief: presentWritten(conversation.brief) }),
    ...(conversation.draft && { draft: presentWritten(conversation.draft) }),
    ...((assistance.summaries || assistance.drafts) && { assistance }),
  };
});

export const listMessagesHandler = handles(
  listMessages,
  async (ctx, { conversationId, after, before, limit }) => {
    await visible(ctx, conversationId);
    const range = {
      ...(after !== undefined && { $gt: after }),
      ...(before !== undefined && { $lt: before }),
    };
    const filter = { conversationId, ...(Object.keys(range).length && { seq: range }) };
    // The newest page unless the caller reads on from somewhere.
    const direction = after === undefined ? -1 : 1;
    const page = await MessageModel.find(filter).sort({ seq: direction }).limit(limit).lean();
    return { items: (direction === -1 ? page.reverse() : page).map(presentMessage) };
  },
);

export const reachContactHandler = handles(reachContact, async (_ctx, { contactId, channel }) => {
  const conversation = await ConversationModel.findOne({
    contactId,
    optedOut: false,
    // Who rang last is written to elsewhere.
    channel: channel ?? { $ne: 'telephony' },
  })
    .sort({ lastMessageAt: -1 })
    .lean();
  return conversation ? { conversation: present(conversation) } : {};
});

async function visible(ctx: Context, id: string): Promise<ConversationDocument> {
  const found = await ConversationModel.findOne({
    $and: [{ _id: id }, ctx.scope('read', 'Conversation')],
  }).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'conversation', id });
  return found;
}

function present(c: ConversationDocument) {
  return {
    id: c._id,
    channel: c.channel,
    account: c.account,
    thread: c.thread,
    identities: c.identities,
    mode: c.mode,
    optedOut: c.optedOut,
    preview: c.preview,
    unread: c.unread,
    lastMessageAt: c.lastMessageAt.toISOString(),
    waitingForStaff: c.waitingForStaff,
    ...(c.name && { name: c.name }),
    ...(c.contactId && { contactId: c.contactId }),
    ...(c.assigneeId && { assigneeId: c.assigneeId }),
    ...(c.language && { language: c.language }),
    ...(c.summary && { summary: c.summary }),
  };
}

const originFields = ['page', 'title', 'referrer', 'campaign', 'onPage', 'onTitle'] as const;
function originOf({ meta }: ConversationDocument) {
  const told = originFields.flatMap((field) =>
    typeof meta[field] === 'string' ? [[field, meta[field]] as const] : [],
  );
  return told.length ? { origin: Object.fromEntries(told) } : {};
}

const presentWritten = ({ by: _, at, ...written }: Written) => ({ ...written, at: at.toISOString() });

function presentMessage(message: MessageDocument) {
  const { _id, seq, direction, author, text, content, at, status, error, decided } = message;
  return {
    id: _id,
    seq,
    direction,
    author,
    text,
    content,
    at: at.toISOString(),
    status,
    ...(error && { error }),
    ...(decided && { decided }),
  };
}

import type { Context } from '../../core/context.ts';
import type { Identity, InboundEvent } from '../../core/messaging.ts';
import type { Writes } from '../../core/writes.ts';
import { type ConversationDocument, ConversationModel } from './model/conversation.ts';
import { searchTokens } from './rules.ts';

/** Thrown when another process took these events or this conversation first: look again, nothing is wrong. */
export class Overtaken extends Error {}

/** The conversation these events belong to, made on the first, with what they tell of the person. Saved by `saveConversation`. */
export async function openConversation(ctx: Context, events: InboundEvent[]): Promise<ConversationDocument> {
  const { channel, account, thread } = events[0]!;
  const known = await ConversationModel.findOne({ channel, account, thread }).lean();
  return learn(known ?? (await begin(ctx, { channel, account, thread })), events);
}

async function begin(
  ctx: Context,
  key: { channel: string; account: string; thread: string },
): Promise<ConversationDocument> {
  const now = ctx.now();
  const conversation: ConversationDocument = {
    _id: ctx.id(),
    ...key,
    identities: [],
    teamIds: [],
    mode: 'bot',
    waitingForStaff: false,
    session: null,
    optedOut: false,
    consent: [],
    seq: 0,
    version: 0,
    unread: 0,
    preview: '',
    startedAt: now,
    lastMessageAt: now,
    meta: {},
    search: [],
  };
  try {
    await ConversationModel.create([conversation]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000) throw new Overtaken();
    throw error;
  }
  return conversation;
}

/** Takes over what the events tell of the person and of how to answer. */
function learn(conversation: ConversationDocument, events: InboundEvent[]): ConversationDocument {
  const identities = [...conversation.identities];
  const name = conversation.name ?? events.find((event) => event.name)?.name;
  for (const { from } of events) {
    for (const identity of from)
      if (!identities.some((known) => same(known, identity))) identities.push(identity);
  }
  const meta = Object.assign({ ...conversation.meta }, ...events.map((event) => event.meta ?? {}));
  return { ...conversation, identities, meta, search: searchTokens(name, identities), ...(name && { name }) };
}

const same = (a: Identity, b: Identity): boolean =>
  a.scheme === b.scheme && a.value === b.value && (a.scope ?? '') === (b.scope ?? '');

/** Writes the conversation if nobody moved it since it was read (compare-and-set on its version). */
export function saveConversation(writes: Writes, conversation: ConversationDocument): void {
  const { _id, version, ...rest } = conversation;
  writes.update(ConversationModel, { _id, version }, { $set: { ...rest, version: version + 1 } });
  conversation.version += 1;
}

/** Everything gathered, or nothing: a version that moved on or entries that were taken abort the transaction. */
export async function flushOrGiveWay(writes: Writes): Promise<void> {
  if (!(await writes.flush())) throw new Overtaken();
}

/** Who a customer turned out to be, proved otherwise than by the channel they write on. */
import { handles } from '../../../core/define.ts';
import type { Identity } from '../../../core/messaging.ts';
import { addToTimeline, identifyContact, identityProved } from '../../contacts/contract.ts';
import { contextOf, conversationChanged, proveIdentity } from '../contract.ts';
import { type ConversationDocument, ConversationModel } from '../model/conversation.ts';
import { searchTokens } from '../rules.ts';

const ok = { ok: true } as const;

export const proveIdentityHandler = handles(
  proveIdentity,
  async (ctx, { identities, contactId, by, ...at }) => {
    const conversation = await find(at);
    // A chat in which nothing was said yet: its first message brings the proof along.
    if (!conversation) return ok;
    const { _id: conversationId, channel } = conversation;
    const proved = [...conversation.identities, ...(identities as Identity[])].filter(
      (one, place, all) => all.findIndex((other) => same(one, other)) === place,
    );
    const found = await ctx.run(identifyContact, {
      identities: proved,
      contactId: contactId ?? conversation.contactId,
      ...(conversation.name && { name: conversation.name }),
    });
    ctx.writes.adjust(
      ConversationModel,
      { _id: conversationId },
      {
        $set: {
          identities: proved,
          contactId: found.contactId,
          search: searchTokens(found.name ?? conversation.name, proved),
          ...(found.name && { name: found.name }),
        },
        $inc: { version: 1 },
      },
    );
    await ctx.run(addToTimeline, {
      contactId: found.contactId,
      kind: 'note',
      by: 'System',
      channel,
      conversationId,
      title:
        by === 'code'
          ? `Proved by a one-time code: ${identities.map(({ value }) => value).join(', ')}`
          : 'Goes on from another channel, by the customer’s own code',
    });
    ctx.emit(identityProved, { contactId: found.contactId, conversationId, by });
    ctx.emit(conversationChanged, { conversationId }, { kind: 'Conversation', id: conversationId });
    return ok;
  },
);

export const contextOfHandler = handles(contextOf, async (_ctx, at) => {
  const known = await find(at);
  if (!known) return { identities: [] };
  return {
    conversationId: known._id,
    identities: known.identities,
    ...(known.contactId && { contactId: known.contactId }),
    ...(known.session && { vars: known.session.vars }),
    ...(known.language && { language: known.language }),
  };
});

type At = { conversationId?: string; channel?: string; account?: string; thread?: string };
async function find({ conversationId, channel, account, thread }: At): Promise<ConversationDocument | null> {
  if (conversationId) return ConversationModel.findById(conversationId).lean();
  return thread ? ConversationModel.findOne({ channel, account, thread }).lean() : null;
}

const same = (a: Identity, b: Identity): boolean =>
  a.scheme === b.scheme && a.value === b.value && (a.scope ?? '') === (b.scope ?? '');

import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { assignConversations, conversationChanged, linkContact, setConsent } from '../contract.ts';
import { ConversationModel } from '../model/conversation.ts';
import { searchTokens } from '../rules.ts';

const ok = { ok: true } as const;

export const assignConversationsHandler = handles(
  assignConversations,
  async (ctx, { contactId, assigneeId, teamIds }) => {
    ctx.writes.adjust(
      ConversationModel,
      { contactId },
      {
        ...(assigneeId
          ? { $set: { assigneeId, teamIds } }
          : { $set: { teamIds }, $unset: { assigneeId: 1 } }),
        $inc: { version: 1 },
      },
    );
    for (const { _id } of await ConversationModel.find({ contactId }, { _id: 1 }).limit(50).lean())
      changed(ctx, _id);
    return ok;
  },
);

export const linkContactHandler = handles(linkContact, async (ctx, { conversationId, contactId, name }) => {
  const conversation = await ConversationModel.findById(conversationId).lean();
  const search = searchTokens(name ?? conversation?.name, conversation?.identities ?? []);
  ctx.writes.adjust(
    ConversationModel,
    { _id: conversationId },
    { $set: { contactId, search, ...(name && { name }) }, $inc: { version: 1 } },
  );
  changed(ctx, conversationId);
  return ok;
});

/** An opt-out blocks at once: what was queued but has not left yet stays unsent by the check at enqueue. */
export const setConsentHandler = handles(setConsent, async (ctx, { conversationId, optedOut, words }) => {
  ctx.writes.adjust(
    ConversationModel,
    { _id: conversationId },
    {
      $set: { optedOut },
      $push: { consent: { at: ctx.now(), optedOut, words } },
      $inc: { version: 1 },
    },
  );
  changed(ctx, conversationId);
  return ok;
});

const changed = (ctx: Context, id: string) =>
  ctx.emit(conversationChanged, { conversationId: id }, { kind: 'Conversation', id });

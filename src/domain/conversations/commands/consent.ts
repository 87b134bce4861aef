/** What becomes of consents when contacts are merged, and when that is undone. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { conversationChanged, joinConsent, partConsent } from '../contract.ts';
import { type ConversationDocument, ConversationModel } from '../model/conversation.ts';

export const joinConsentHandler = handles(joinConsent, async (ctx, { contactId, mergeId }) => {
  const all = await ConversationModel.find({ contactId }).lean();
  const stopped = new Map(
    all.filter(({ optedOut }) => optedOut).map(({ channel, consent }) => [channel, consent.at(-1)]),
  );
  const others = all.filter(({ channel, optedOut }) => !optedOut && stopped.has(channel));
  for (const conversation of others) {
    const { words = 'stop' } = stopped.get(conversation.channel) ?? {};
    const entry = { at: ctx.now(), optedOut: true, words, mergeId };
    change(ctx, conversation, { optedOut: true, consent: [...conversation.consent, entry] });
  }
  return { stopped: others.length };
});

export const partConsentHandler = handles(partConsent, async (ctx, { mergeId }) => {
  for (const conversation of await ConversationModel.find({ 'consent.mergeId': mergeId }).lean()) {
    const consent = conversation.consent.filter((entry) => entry.mergeId !== mergeId);
    const isLast = conversation.consent.at(-1)?.mergeId === mergeId;
    change(ctx, conversation, {
      consent,
      ...(isLast && { optedOut: consent.at(-1)?.optedOut ?? false }),
    });
  }
  return { ok: true } as const;
});

/** A turn that was decided on the consent of before does not commit. */
function change(ctx: Context, { _id, version }: ConversationDocument, set: object): void {
  ctx.writes.update(ConversationModel, { _id, version }, { $set: set, $inc: { version: 1 } });
  ctx.emit(conversationChanged, { conversationId: _id }, { kind: 'Conversation', id: _id });
}

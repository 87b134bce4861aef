import { on, type Subscriber } from '../../core/define.ts';
import { contactChanged, getContact, knownByProof } from '../contacts/contract.ts';
import { isOn } from './assistance.ts';
import { summariseConversation } from './assistance-contract.ts';
import {
  assignConversations,
  conversationBegun,
  conversationChanged,
  conversationHandedOver,
  linkContact,
} from './contract.ts';
import { ConversationModel } from './model/conversation.ts';
import { searchTokens } from './rules.ts';

export const subscribers: Subscriber[] = [
  /** A customer we know goes on on another channel: by what that channel has proved, never by what somebody says. */
  on(conversationBegun, 'conversations.know-the-customer', async (ctx, { payload: { conversationId } }) => {
    const talk = await ConversationModel.findById(conversationId).lean();
    if (!talk || talk.contactId) return;
    const { contactId, name, assigneeId, teamIds } = await ctx.ask(knownByProof, {
      identities: talk.identities,
    });
    if (!contactId) return;
    await ctx.run(linkContact, { conversationId, contactId, ...(name && { name }) });
    if (assigneeId) await ctx.run(assignConversations, { contactId, assigneeId, teamIds });
  }),
  /** A conversation bears the name that its customer turned out to have. */
  on(contactChanged, 'conversations.bear-the-name', async (ctx, { payload: { contactId } }) => {
    const { name } = await ctx.ask(getContact, { contactId });
    if (!name) return;
    for (const { _id, identities } of await ConversationModel.find({ contactId, name: { $ne: name } })
      .limit(50)
      .lean()) {
      ctx.writes.adjust(
        ConversationModel,
        { _id },
        { $set: { name, search: searchTokens(name, identities) }, $inc: { version: 1 } },
      );
      ctx.emit(conversationChanged, { conversationId: _id }, { kind: 'Conversation', id: _id });
    }
  }),
  /** Whoever takes over reads what the language layer makes of it; without that, what the bot put together. */
  on(
    conversationHandedOver,
    'conversations.brief-the-colleague',
    async (ctx, { payload: { conversationId } }) => {
      if (isOn(ctx, 'summarise')) await ctx.run(summariseConversation, { conversationId });
    },
  ),
];

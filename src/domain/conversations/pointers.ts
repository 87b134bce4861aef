import { definePointer } from '../../core/merging.ts';
import { conversationChanged } from './contract.ts';
import { ConversationModel } from './model/conversation.ts';

/** A turn that was decided for the contact of before does not commit: the version has moved on. */
export const conversationPointer = definePointer({
  name: 'conversations',
  model: ConversationModel,
  contact: { field: 'contactId' },
  conversation: '_id',
  owned: true,
  version: 'version',
  moved: (ctx, ids) => {
    for (const id of ids) ctx.emit(conversationChanged, { conversationId: id }, { kind: 'Conversation', id });
  },
});

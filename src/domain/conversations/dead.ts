import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import { conversationChanged } from './contract.ts';
import { ConversationModel } from './model/conversation.ts';
import type { InboxDocument } from './model/inbox.ts';

/** A message that cannot be handled is a person's task: its conversation goes to the top of the inbox. */
export async function deadLetter(
  { _id, event: { channel, account, thread } }: InboxDocument,
  bus: Bus,
): Promise<void> {
  await bus.unitOfWork(
    { actor: systemActor('lanes'), surface: 'flow', cause: { id: _id, depth: 0 } },
    async (ctx) => {
      const conversation = await ConversationModel.findOneAndUpdate(
        { channel, account, thread },
        { $set: { waitingForStaff: true }, $inc: { version: 1 } },
      ).lean();
      if (conversation)
        ctx.emit(
          conversationChanged,
          { conversationId: conversation._id },
          { kind: 'Conversation', id: conversation._id },
        );
    },
  );
}

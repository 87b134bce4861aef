import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { listAppointments } from '../../appointments/contract.ts';
import { listConversations, listMessages } from '../../conversations/contract.ts';
import { contactInteractions } from '../contract.ts';
import { TimelineModel } from '../model.ts';
import { visible } from './contacts.ts';

export const contactInteractionsHandler = handles(contactInteractions, async (ctx, { contactId }) => {
  await visible(ctx, contactId);
  const messages = await countMessages(ctx, contactId);
  const calls = await TimelineModel.countDocuments({ contactId, kind: 'call' });
  const { items } = await ctx.ask(listAppointments, { contactId, status: 'completed', limit: 200 });
  const inPerson = items.filter(({ mode }) => mode === 'in-person').length;
  const total = messages + calls + items.length;
  return { total, online: total - inPerson, inPerson, messages, calls, appointments: items.length };
});

/** A conversation numbers its messages: the newest one's number is their count. */
async function countMessages(ctx: Context, contactId: string): Promise<number> {
  let count = 0;
  const { items } = await ctx.ask(listConversations, { contactId, limit: 100 });
  for (const { id } of items) {
    const newest = await ctx.ask(listMessages, { conversationId: id, limit: 1 });
    count += newest.items[0]?.seq ?? 0;
  }
  return count;
}

/** A question that nobody has written an answer to goes to a person: whoever looks after the customer, else managers. */
import { on } from '../../core/define.ts';
import { getConversation } from '../conversations/contract.ts';
import { questionAsked } from '../knowledge/contract.ts';
import { lookUpLeads } from '../leads/contract.ts';
import { notify } from './notify.ts';

export const knowledgeSubscribers = [
  on(questionAsked, 'notifications.questionAsked', async (ctx, event) => {
    const { conversationId, asked } = event.payload;
    const { contactId, name } = await ctx.ask(getConversation, { conversationId });
    const lead = contactId ? (await ctx.ask(lookUpLeads, { contactIds: [contactId] })).items[0] : undefined;
    await notify(ctx, lead?.assigneeId ? 'question-open' : 'question-open-unassigned', event, {
      ...(lead && { leadId: lead.id }),
      name: name || 'A customer',
      note: asked,
      link: `/inbox/${conversationId}`,
    });
  }),
];

/** What we begin: asking for feedback, writing to leads that fell silent. Each is a flow in the client's conversation. */
import mongoose, { Schema } from 'mongoose';
import type { Context } from '../../core/context.ts';
import { defineJob, defineModule, handles, on } from '../../core/define.ts';
import { nextOpening } from '../../core/office.ts';
import { setTimer } from '../../core/timers.ts';
import { addDays, addMinutes } from '../../core/zone.ts';
import { appointmentCompleted } from '../appointments/contract.ts';
import { addToTimeline } from '../contacts/contract.ts';
import { getConversation, isSpoken, reachContact, signalConversation } from '../conversations/contract.ts';
import { enquiryRecorded, getEnquiry } from '../enquiries/contract.ts';
import { leadMerged, silentLeads } from '../leads/contract.ts';
import { ticketResolved } from '../tickets/contract.ts';
import { beginFlow, leadWrittenTo, reengageSilent } from './contract.ts';

type OutreachDocument = { _id: string; count: number; at: Date };
const OutreachModel = mongoose.model<OutreachDocument>(
  'Outreach',
  new Schema<OutreachDocument>({ _id: String, count: Number, at: Date }, { versionKey: false }),
  'outreach',
);

const beginFlowHandler = handles(beginFlow, async (ctx, { contactId, conversationId, flow, vars, once }) => {
  const talk = conversationId
    ? await ctx.ask(getConversation, { conversationId })
    : (await ctx.ask(reachContact, { contactId })).conversation;
  if (!talk || isSpoken(talk.channel) || talk.optedOut || talk.mode === 'human') return { begun: false };
  await ctx.run(signalConversation, { conversationId: talk.id, name: 'flow', data: { flow, vars }, once });
  return { begun: true };
});

const reengageHandler = handles(
  reengageSilent,
  async (ctx, { silentDays, limit }) => {
    const { outreach, organisation } = ctx.config.app;
    const system = ctx.asSystem('outreach');
    const before = addDays(ctx.now(), -(silentDays ?? outreach.silentDays), organisation.timezone);
    const { items } = await ctx.ask(silentLeads, { before: before.toISOString(), limit: 500 });
    const written: { leadId: string; number: number; name: string }[] = [];
    let unreachable = 0;
    for (const { id: leadId, number, name, contactId, product } of items) {
      if (written.length === limit) break;
      const earlier = await OutreachModel.findById(leadId).lean();
      if (earlier && (earlier.count >= outreach.most || earlier.at > before)) continue;
      const { conversation } = await system.ask(reachContact, { contactId });
      if (!conversation || conversation.mode === 'human') {
        unreachable++;
        continue;
      }
      await OutreachModel.updateOne(
        { _id: leadId },
        { $inc: { count: 1 }, $set: { at: ctx.now() } },
        { upsert: true },
      );
      await system.run(beginFlow, {
        contactId,
        conversationId: conversation.id,
        flow: 're-engagement',
        vars: { ...(product && { interest: product }) },
        once: `reengage:${leadId}:${(earlier?.count ?? 0) + 1}`,
      });
      await system.run(addToTimeline, {
        contactId,
        leadId,
        kind: 'note',
        by: ctx.actor.kind === 'user' ? ctx.actor.name : 'System',
        title: 'Written to after a long silence',
      });
      ctx.emit(leadWrittenTo, { leadId, conversationId: conversation.id }, { kind: 'Lead', id: leadId });
      written.push({ leadId, number, name });
    }
    return { written: written.length, unreachable, leads: written };
  },
  {
    present: ({ written, unreachable, leads }) => ({
      text: [
        written
          ? `Wrote to ${written}: ${leads.map(({ number, name }) => `#${number} ${name}`).join(', ')}.`
          : 'Nobody to write to.',
        ...(unreachable ? [`${unreachable} more cannot be reached by chat and should be called.`] : []),
      ].join(' '),
    }),
  },
);

const reengageDaily = defineJob({
  name: 'outreach.reengage',
  summary: 'Write to some of the leads that fell silent, where the configuration says so',
  every: '0 11 * * 1-5',
  run: async (ctx) => {
    const { daily } = ctx.config.app.outreach;
    if (daily) await ctx.run(reengageSilent, { limit: daily });
  },
});

/** In business hours: nobody wants to be asked at night. */
async function askLater(
  ctx: Context,
  minutes: number,
  input: {
    contactId: string;
    conversationId?: string | undefined;
    vars: Record<string, unknown>;
    once: string;
  },
): Promise<void> {
  if (!minutes) return;
  await setTimer({
    key: `outreach:${input.once}`,
    dueAt: nextOpening(addMinutes(ctx.now(), minutes), ctx.config.app.organisation),
    command: beginFlow.name,
    input: { flow: 'feedback', ...input },
  });
}

export const outreach = defineModule({
  name: 'outreach',
  summary: 'What we begin ourselves: feedback after demos and tickets, silent leads',
  handlers: [beginFlowHandler, reengageHandler],
  events: [leadWrittenTo],
  subscribers: [
    on(enquiryRecorded, 'outreach.leadForm', async (ctx, { payload }) => {
      const { enquiryId, contactId, conversationId, leadId, verdict } = payload;
      if (conversationId || !leadId || (verdict !== 'new' && verdict !== 'reengaged')) return;
      const { medium, name, product } = await ctx.ask(getEnquiry, { enquiryId });
      if (!/form|lead ?ads|leadgen/i.test(medium)) return;
      const enquiry = { enquiryId, leadId, verdict };
      const vars = { enquiry, ...(name && { name }), ...(product && { product }) };
      await ctx.run(beginFlow, { contactId, flow: 'lead-form', vars, once: `form:${enquiryId}` });
    }),
    on(appointmentCompleted, 'outreach.demoFeedback', async (ctx, { payload }) => {
      const { contactId, appointmentId, kind } = payload;
      if (kind !== 'demo' || !contactId) return;
      await askLater(ctx, ctx.config.app.outreach.feedbackAfterDemoMinutes, {
        contactId,
        vars: { about: 'demo' },
        once: `demo:${appointmentId}`,
      });
    }),
    on(ticketResolved, 'outreach.ticketFeedback', async (ctx, { payload }) => {
      const { contactId, conversationId, ticketId, number } = payload;
      await askLater(ctx, ctx.config.app.outreach.feedbackAfterTicketMinutes, {
        contactId,
        ...(conversationId && { conversationId }),
        vars: { about: 'ticket', ratedTicket: ticketId, ticket: number },
        once: `ticket:${ticketId}`,
      });
    }),
    /** Whoever was written to under either lead was written to; undoing the merge makes nobody be written to more. */
    on(leadMerged, 'outreach.merged', async (_, { payload: { keep, merge } }) => {
      const earlier = await OutreachModel.findById(merge).lean();
      if (earlier)
        await OutreachModel.updateOne(
          { _id: keep },
          { $inc: { count: earlier.count }, $max: { at: earlier.at } },
          { upsert: true },
        );
    }),
  ],
  jobs: [reengageDaily],
});

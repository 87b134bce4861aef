/** What follows from a new lead: its first call as a task, and the manager's alarm when nobody calls. */
import type { Context } from '../../core/context.ts';
import { handles, on } from '../../core/define.ts';
import { nextOpening } from '../../core/office.ts';
import { setTimer } from '../../core/timers.ts';
import { addMinutes } from '../../core/zone.ts';
import { setFollowUp } from '../activities/contract.ts';
import { leadAssigned, leadCreated, leadReengaged, lookUpLeads } from '../leads/contract.ts';
import { tell } from '../notifications/contract.ts';
import { findUsers, type UserView } from '../staff/contract.ts';
import { allocated } from './choose.ts';
import { tellUnattended } from './contract.ts';
import { settingsNow } from './settings.ts';

const watch = async (ctx: Context, leadId: string): Promise<void> => {
  const { unattendedMinutes: minutes } = await settingsNow(ctx);
  if (!minutes) return;
  await setTimer({
    key: `assignment:${leadId}:unattended`,
    dueAt: inOfficeTime(ctx, minutes),
    command: tellUnattended.name,
    input: { leadId, minutes },
  });
};

/** Counted from when the office is open, and not told at night. */
const inOfficeTime = (ctx: Context, minutes: number): Date => {
  const { organisation } = ctx.config.app;
  return nextOpening(addMinutes(nextOpening(ctx.now(), organisation), minutes), organisation);
};

export const assignmentSubscribers = [
  on(leadCreated, 'assignment.created', (ctx, { payload }) => watch(ctx, payload.leadId)),
  on(leadReengaged, 'assignment.reengaged', (ctx, { payload }) => watch(ctx, payload.leadId)),
  on(leadAssigned, 'assignment.assigned', async (ctx, { payload: { leadId, to } }) => {
    if (!to) return;
    await allocated(ctx, leadId, to);
    const { firstCallMinutes } = await settingsNow(ctx);
    const [lead] = firstCallMinutes ? (await ctx.ask(lookUpLeads, { ids: [leadId] })).items : [];
    // Whoever gets it has nothing planned on it yet.
    if (lead?.stageKind !== 'open' || lead.followUpAt || lead.assigneeId !== to) return;
    const at = inOfficeTime(ctx, firstCallMinutes).toISOString();
    await ctx.run(setFollowUp, { leadId, at, note: 'First call' });
  }),
];

export const tellUnattendedHandler = handles(tellUnattended, async (ctx, { leadId, minutes }) => {
  const [lead] = (await ctx.ask(lookUpLeads, { ids: [leadId] })).items;
  const { initial, notAttempted = [initial] } = ctx.config.pipelines[0]!;
  if (!lead || lead.lastCallOutcome || !notAttempted.includes(lead.stage)) return { told: 0 };
  const [owner] = lead.assigneeId
    ? (await ctx.ask(findUsers, { ids: [lead.assigneeId], activeOnly: false })).items
    : [];
  const managers = await managersOf(ctx, owner);
  const who = owner ? `It is with ${owner.name}.` : 'It is nobody’s yet.';
  for (const { id: userId } of managers)
    await ctx.run(tell, {
      userId,
      rule: 'lead-unattended',
      title: `Lead #${lead.number} is unattended`,
      text: `Nobody has called ${lead.name} from ${lead.source} for ${minutes} minutes. ${who}`,
      link: `/leads/${leadId}`,
      key: `unattended:${leadId}:${lead.createdAt}:${userId}`,
      media: [],
    });
  return { told: managers.length };
});

/** The caller's own manager; where none is named, every manager. */
async function managersOf(ctx: Context, owner?: UserView): Promise<UserView[]> {
  const own = owner?.managerId ? (await ctx.ask(findUsers, { ids: [owner.managerId] })).items : [];
  return own.length ? own : (await ctx.ask(findUsers, { roles: ['manager'] })).items;
}

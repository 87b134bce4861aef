/** Clients that may be one person are told of as duplicate leads: to who has both, else only to those who see all. */
import { on } from '../../core/define.ts';
import { contactSuspected } from '../contacts/contract.ts';
import { leadSuspected, lookUpLeads } from './contract.ts';

export const suspicionSubscriber = on(contactSuspected, 'leads.suspicion', async (ctx, { payload }) => {
  const { contactId, otherId, why, score, sameOwner } = payload;
  const { items } = await ctx.ask(lookUpLeads, { contactIds: [contactId, otherId] });
  const open = items.filter(({ stageKind }) => stageKind === 'open');
  const lead = open.find((one) => one.contactId === contactId) ?? open[0];
  if (!lead) return;
  ctx.emit(
    leadSuspected,
    {
      leadId: lead.id,
      why: `Perhaps here twice (${Math.round(score * 100)} %). ${why}`,
      link: `/duplicates/${otherId}/${contactId}`,
      callerMayKnow: sameOwner,
    },
    { kind: 'Lead', id: lead.id },
  );
});

/** Which lead a call belongs to: that of the number, else the one that its enquiry makes. */
import type { Context } from '../../core/context.ts';
import { chooseAssignee } from '../assignment/contract.ts';
import { keysOf, knownContacts } from '../contacts/contract.ts';
import { recordEnquiry } from '../enquiries/contract.ts';
import { assignLead, findLeads, getLead, type LeadView, lookUpLeads } from '../leads/contract.ts';
import type { PhoneCallDocument } from './model.ts';
import type { Summary } from './rules.ts';

/** @returns undefined where a colleague rang somebody who is no lead: that is no business of ours. */
export async function leadOf(
  ctx: Context,
  call: PhoneCallDocument,
  { direction, customer, outcome }: Summary & { customer: string },
): Promise<string | undefined> {
  const known = await leadByPhone(ctx, customer);
  if (direction === 'out') return known?.id;
  if (known && isActive(ctx, known)) {
    if (!known.assigneeId) await allot(ctx, known);
    return known.id;
  }
  // A stranger, or somebody who comes back: the verdict and its evidence are those of every enquiry.
  const { source, medium, campaign } = call;
  const { leadId } = await ctx.run(recordEnquiry, {
    phone: customer,
    source,
    medium,
    ...(campaign && { campaign }),
    note: outcome === 'missed' ? 'Rang; nobody took the call.' : 'Rang.',
  });
  return leadId ?? known?.id;
}

/** Open ones first, then the newest; the number itself must be the lead's, or another one of its contact. */
async function leadByPhone(ctx: Context, phone: string): Promise<LeadView | undefined> {
  const { items } = await ctx.ask(findLeads, { search: phone, limit: 20 });
  const own = items.filter((lead) => lead.phone === phone);
  const direct = own.find(({ stageKind }) => stageKind === 'open') ?? own[0];
  if (direct) return direct;
  const keys = keysOf([{ phone }], ctx.config.app.organisation.country);
  const contactIds = (await ctx.ask(knownContacts, { keys })).items.map(({ _id }) => _id);
  if (!contactIds.length) return undefined;
  const { items: theirs } = await ctx.ask(lookUpLeads, { contactIds: contactIds.slice(0, 50) });
  const lead = theirs.find(({ stageKind }) => stageKind === 'open') ?? theirs[0];
  return lead && ctx.ask(getLead, { leadId: lead.id });
}

function isActive(ctx: Context, { stageKind, lastActivityAt }: LeadView): boolean {
  const silentMs = ctx.config.app.enquiries.silentDays * 86_400_000;
  return stageKind === 'open' && ctx.now().getTime() - Date.parse(lastActivityAt) < silentMs;
}

/** Nobody's lead rings: it becomes somebody's, by the rules for new ones. */
async function allot(ctx: Context, { id: leadId, source, city, product, campaign }: LeadView): Promise<void> {
  const { user } = await ctx.run(chooseAssignee, { leadId, source, city, product, campaign });
  if (user) await ctx.run(assignLead, { leadId, assigneeId: user.id, reason: 'The client rang.' });
}

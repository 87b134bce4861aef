import type { Actor } from '../../../core/actor.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { chooseAssignees } from '../../assignment/contract.ts';
import {
  addManyToTimeline,
  assignContact,
  createMatcher,
  keysOf,
  knownContacts,
  type Matcher,
  recordContacts,
} from '../../contacts/contract.ts';
import { assignConversations } from '../../conversations/contract.ts';
import { leadsOfContacts, openLeads, reachableLeads, reopenLeads, touchLeads } from '../../leads/contract.ts';
import { sourceLabel } from '../../settings/contract.ts';
import { findUsers, listProjects, projectFor, type UserView } from '../../staff/contract.ts';
import {
  type BulkOutcome,
  type BulkPolicy,
  type BulkRow,
  foreseeEnquiries,
  recordEnquiries,
  verdictLabels,
} from '../contract.ts';
import { type EnquiryDocument, EnquiryModel } from '../model.ts';
import { type KnownLead, type Planned, planBatch } from './plan.ts';

type Batch = {
  planned: Planned[];
  matcher: Matcher;
  first: number;
  at: Date;
  leads: Map<string, KnownLead[]>;
};

/** What is known of everybody in it, asked once; then row by row. */
async function plan(
  ctx: Context,
  { rows, policy, actor }: { rows: BulkRow[]; policy: BulkPolicy; actor: Actor },
): Promise<Batch> {
  const { country } = ctx.config.app.organisation;
  const at = ctx.now();
  const { items: known } = await ctx.ask(knownContacts, { keys: keysOf(rows, country) });
  const found = await ctx.ask(leadsOfContacts, { contactIds: known.map(({ _id }) => _id) });
  const leads = new Map<string, KnownLead[]>();
  for (const lead of found.items)
    leads.set(lead.ref.contactId, [...(leads.get(lead.ref.contactId) ?? []), lead]);
  const matcher = createMatcher(known, { country, now: at, id: ctx.id, limits: ctx.config.app.enquiries });
  const mayFill =
    policy.known === 'fill'
      ? await changeable(
          ctx.as(actor),
          found.items.map(({ ref }) => ref.id),
        )
      : [];
  const planned = planBatch(
    rows.map((row) => ({ ...row, source: sourceLabel(row.source) })),
    {
      matcher,
      leads,
      policy,
      mayFill: new Set(mayFill),
      nextNumber: found.nextNumber,
      now: at,
      id: ctx.id,
      ...ctx.config.app.enquiries,
    },
  );
  return { planned, matcher, first: found.nextNumber, at, leads };
}

async function changeable(ctx: Context, ids: string[]): Promise<string[]> {
  if (!ctx.can('read', 'Lead')) return [];
  const { items } = await ctx.ask(reachableLeads, { ids, action: 'update' });
  return items.map(({ id }) => id);
}

export const foreseeEnquiriesHandler = handles(foreseeEnquiries, async (ctx, input) => ({
  outcomes: (await plan(ctx, input)).planned.map(outcomeOf),
}));

export const recordEnquiriesHandler = handles(recordEnquiries, async (ctx, { ref, ...input }) => {
  const batch = await plan(ctx, input);
  const owners = await assign(ctx, batch);
  const before = await writeLeads(ctx, batch, owners);
  await writeContacts(ctx, batch, owners);
  await writeEnquiries(ctx, batch, owners, input.actor.name, ref);
  return {
    outcomes: batch.planned.map(outcomeOf),
    undo: { at: batch.at, mark: ctx.id(), taught: [...batch.matcher.taught.values()], before },
  };
});

const outcomeOf = ({
  row: _,
  meeting: __,
  fill: ___,
  was: ____,
  project: _____,
  ...outcome
}: Planned): BulkOutcome => outcome;

type Owner = Pick<UserView, 'id' | 'name' | 'teamIds'>;
type Owners = Map<string, Owner>;

/** New leads by lead: whoever is named, if still here; the others by the organisation's rules. */
async function assign(ctx: Context, { planned }: Batch): Promise<Owners> {
  const opened = planned.filter(({ action }) => action === 'opened');
  const named = [...new Set(opened.flatMap(({ row }) => row.assigneeId ?? []))];
  const { items } = named.length ? await ctx.ask(findUsers, { ids: named }) : { items: [] };
  const byId = new Map(items.map((user) => [user.id, user]));
  const { items: projects } = opened.length ? await ctx.ask(listProjects, {}) : { items: [] };
  for (const one of opened) one.project = projectFor(projects, one.row);
  const owners: Owners = new Map();
  const own = ({ leadId, project }: Planned, user: Owner) =>
    owners.set(leadId!, project ? { ...user, teamIds: [project.id] } : user);
  const open: Planned[] = [];
  for (const one of opened) {
    const user = one.row.assigneeId && byId.get(one.row.assigneeId);
    if (user) own(one, user);
    else open.push(one);
  }
  const { users } = open.length
    ? await ctx.run(chooseAssignees, {
        leads: open.map(
          ({ leadId, project, row: { source, city, product, campaign, industry, segment, size } }) => ({
            leadId: leadId!,
            source,
            city,
            product,
            campaign,
            industry,
            segment,
            size,
            ...(project && { among: project.memberIds }),
          }),
        ),
      })
    : { users: [] };
  for (const [at, one] of open.entries()) {
    const user = users[at];
    if (user) own(one, user);
  }
  for (const one of opened) one.assigneeId = owners.get(one.leadId!)?.id;
  return owners;
}

async function writeLeads(ctx: Context, { planned, first, at }: Batch, owners: Owners) {
  const opened = planned.filter(({ action }) => action === 'opened');
  const ids = (action: string) => [
    ...new Set(planned.filter((one) => one.action === action).map(({ leadId }) => leadId!)),
  ];
  const { before } = await ctx.run(reopenLeads, { at, leadIds: ids('reopened') });
  const made = new Set(opened.map(({ leadId }) => leadId));
  const touched = planned.filter(({ action, leadId }) => /added|filled/.test(action) && !made.has(leadId));
  const previous = touchedBefore(touched, before);
  await ctx.run(touchLeads, {
    at,
    leads: touched.map(({ leadId, fill }) => ({
      leadId: leadId!,
      ...(fill && Object.keys(fill).length && { fill }),
    })),
  });
  // At last: what is read within a transaction is read past all that it has written.
  await ctx.run(openLeads, {
    first,
    at,
    leads: opened.map(({ leadId, enquiryId, verdict, contactId, row, project, meeting: { particulars } }) => {
      const owner = owners.get(leadId!);
      const { product, quantity, budget, source, medium, campaign, industry, segment, size } = row;
      const about = { ...particulars, product, quantity, budget, campaign, industry, segment, size };
      return {
        leadId: leadId!,
        enquiryId: enquiryId!,
        contactId: contactId!,
        verdict,
        name: '',
        source,
        medium,
        ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
        ...(project && { projectId: project.id, teamIds: [project.id] }),
        ...(owner && { assigneeId: owner.id, teamIds: owner.teamIds }),
      };
    }),
  });
  return { ...previous, ...before };
}

/** A lead that was only touched goes back to the last activity it had. */
function touchedBefore(touched: Planned[], reopened: Record<string, unknown>) {
  const refs = touched.flatMap(({ leadId, was }) =>
    was && !(leadId! in reopened)
      ? [[leadId!, { lastActivityAt: new Date(was.lastActivityAt), stage: was.stage }] as const]
      : [],
  );
  return Object.fromEntries(refs);
}

async function writeContacts(ctx: Context, { planned, matcher }: Batch, owners: Owners): Promise<void> {
  const opened = planned.filter(({ action }) => action === 'opened');
  const ownerOf = new Map(opened.map(({ contactId, leadId }) => [contactId!, owners.get(leadId!)]));
  const made = [...matcher.made.values()].map((contact) => {
    const owner = ownerOf.get(contact._id);
    return owner ? { ...contact, assigneeId: owner.id, teamIds: owner.teamIds } : contact;
  });
  const met = planned.flatMap(({ action, contactId }) =>
    action !== 'skipped' && !matcher.made.has(contactId!) ? contactId! : [],
  );
  await ctx.run(recordContacts, { made, taught: [...matcher.taught.values()], met: [...new Set(met)] });
  // With the lead of somebody known come their contact and their conversations.
  for (const one of opened) {
    const owner = !one.madeContact && !matcher.made.has(one.contactId!) && owners.get(one.leadId!);
    if (!owner) continue;
    const { assigneeId, teamIds } = one.meeting.contact;
    one.ownerBefore = { ...(assigneeId && { assigneeId }), teamIds };
    const given = { contactId: one.contactId!, assigneeId: owner.id, teamIds: owner.teamIds };
    await ctx.run(assignContact, given);
    await ctx.run(assignConversations, given);
  }
}

async function writeEnquiries(
  ctx: Context,
  { planned, at, leads }: Batch,
  owners: Owners,
  by: string,
  ref: string,
): Promise<void> {
  const enquiries: EnquiryDocument[] = [];
  const entries = [];
  for (const one of planned) {
    if (one.action === 'skipped') continue;
    const { contactId, leadId, enquiryId, verdict, evidence, row } = one;
    const owner = leadId ? owners.get(leadId) : undefined;
    if (enquiryId) {
      const lead = leads.get(contactId!)?.find((known) => known.ref.id === leadId)?.ref;
      enquiries.push(enquiryOf(one, at, owner ?? ownerOfLead(lead)));
    }
    const asked = [row.product, row.quantity, row.budget, row.city, row.note].filter(Boolean).join(' · ');
    const why = evidence.map(({ text }) => text);
    entries.push({
      contactId: contactId!,
      ...(leadId && { leadId }),
      at,
      kind: 'enquiry' as const,
      ref: enquiryId ?? `${ref}:${one.n}`,
      by,
      title: enquiryId
        ? `Enquiry from ${row.source}: ${verdictLabels[verdict]}`
        : `Filled in from a file: ${one.filled!.join(', ') || 'nothing new'}`,
      text: [asked, ...why, owner && `Assigned to ${owner.name}.`].filter(Boolean).join('\n').slice(0, 4000),
    });
  }
  ctx.writes.insert(EnquiryModel, ...enquiries);
  await ctx.run(addManyToTimeline, { items: entries });
}

const ownerOfLead = (lead?: KnownLead['ref']) =>
  lead?.assigneeId ? { id: lead.assigneeId, teamIds: lead.teamIds } : undefined;

function enquiryOf(
  { row, meeting, enquiryId, verdict, evidence, contactId, leadId, leadNumber, action }: Planned,
  at: Date,
  owner?: Pick<Owner, 'id' | 'teamIds'>,
): EnquiryDocument {
  const { n: _, assigneeId: __, ...said } = row;
  return {
    ...said,
    ...meeting.particulars,
    _id: enquiryId!,
    at,
    verdict,
    evidence,
    contactId: contactId!,
    assigneeId: owner?.id ?? null,
    teamIds: owner?.teamIds ?? [],
    ...(leadId && { leadId, leadNumber }),
    ...(action === 'opened' && { ownLeadId: leadId }),
  };
}

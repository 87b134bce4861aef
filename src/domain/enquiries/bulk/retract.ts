/** Takes a batch back, the last row first. What somebody has gone on with stays, and is told. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { EventModel } from '../../../core/events.ts';
import {
  assignContact,
  contactAlike,
  contactSuspected,
  contactsWithMore,
  retractContacts,
  takeFromTimeline,
} from '../../contacts/contract.ts';
import { type Fillable, type LeadBefore, lookUpLeads, rewindLeads } from '../../leads/contract.ts';
import { type BulkOutcome, type BulkUndo, retractEnquiries } from '../contract.ts';
import { EnquiryModel } from '../model.ts';

/** A lead as it would stand after what has been taken back so far. */
type Rewound = {
  expected: Date;
  lastActivityAt: number;
  remove: boolean;
  before: Partial<LeadBefore>;
  empty: Fillable[];
};
type World = {
  undo: BulkUndo;
  leads: Map<string, Rewound>;
  /** Leads, contacts and enquiries of which something was told since. */
  touched: Set<string>;
  /** Enquiries that are of another lead or contact by now, or of none. */
  moved: Set<string>;
  /** Leads on which somebody else's enquiries are, and contacts with whom more happened. */
  busy: Set<string>;
};

export const retractEnquiriesHandler = handles(retractEnquiries, async (ctx, { outcomes, undo, ref }) => {
  const done = outcomes.filter(({ action }) => action !== 'skipped');
  const refs = done.map(({ enquiryId, n }) => enquiryId ?? `${ref}:${n}`);
  const world = await look(ctx, done, undo, refs);
  const stayed: { n: number; leadId?: string; why: string }[] = [];
  const gone: BulkOutcome[] = [];
  for (const outcome of done.toReversed()) {
    const why = whyStays(outcome, world);
    if (why) stayed.push({ n: outcome.n, ...(outcome.leadId && { leadId: outcome.leadId }), why });
    else {
      gone.push(outcome);
      takeBack(outcome, world);
    }
  }
  await write(ctx, gone, stayed, world, ref);
  return { removed: gone.length, stayed: stayed.reverse() };
});

async function look(ctx: Context, done: BulkOutcome[], undo: BulkUndo, refs: string[]): Promise<World> {
  const leadIds = idsOf(done, 'leadId');
  const contactIds = idsOf(done, 'contactId');
  const enquiryIds = idsOf(done, 'enquiryId');
  const { items } = await ctx.ask(lookUpLeads, { ids: leadIds });
  const told = await EventModel.distinct('subject.id', {
    'subject.id': { $in: [...leadIds, ...contactIds, ...enquiryIds] },
    _id: { $gt: undo.mark },
    // That somebody resembles others is found by itself: nobody has done anything.
    name: { $nin: [contactAlike.name, contactSuspected.name] },
  });
  const others = await EnquiryModel.distinct('leadId', {
    leadId: { $in: leadIds },
    _id: { $nin: enquiryIds },
  });
  const stored = await EnquiryModel.find({ _id: { $in: enquiryIds } }, { leadId: 1, contactId: 1 }).lean();
  const places = new Map(stored.map(({ _id, leadId, contactId }) => [_id, `${leadId}:${contactId}`]));
  const moved = done.filter(
    ({ enquiryId, leadId, contactId }) => enquiryId && places.get(enquiryId) !== `${leadId}:${contactId}`,
  );
  const made = done.filter(({ madeContact }) => madeContact).map(({ contactId }) => contactId!);
  const { ids } = await ctx.ask(contactsWithMore, { contactIds: made, refs });
  return {
    undo,
    leads: new Map(
      items.map(({ id, lastActivityAt }) => [
        id,
        {
          expected: new Date(lastActivityAt),
          lastActivityAt: Date.parse(lastActivityAt),
          remove: false,
          before: {},
          empty: [],
        },
      ]),
    ),
    touched: new Set(told as string[]),
    moved: new Set(moved.map(({ enquiryId }) => enquiryId!)),
    busy: new Set([...others, ...ids] as string[]),
  };
}

function whyStays(outcome: BulkOutcome, { undo, leads, touched, moved, busy }: World): string | undefined {
  const { action, leadId, contactId, enquiryId, madeContact } = outcome;
  if (enquiryId && touched.has(enquiryId)) return 'Its verdict was corrected.';
  if (enquiryId && moved.has(enquiryId)) return 'It was merged with another record.';
  if (action === 'kept' || action === 'added') return undefined;
  const lead = leads.get(leadId!);
  if (!lead) return 'The lead is gone.';
  if (touched.has(leadId!) || lead.lastActivityAt !== undo.at.getTime())
    return 'Somebody has worked on the lead.';
  if (action !== 'opened') return undefined;
  if (busy.has(leadId!)) return 'Another enquiry came in on the lead.';
  if (touched.has(contactId!) || (madeContact && busy.has(contactId!)))
    return 'More has happened with the contact.';
  return undefined;
}

function takeBack({ action, leadId, filled = [] }: BulkOutcome, { undo, leads }: World): void {
  const lead = leadId ? leads.get(leadId) : undefined;
  if (!lead) return;
  if (action === 'opened') lead.remove = true;
  const before = undo.before[leadId!];
  // Where somebody has worked on it since, only the enquiry is taken away.
  if (!before || lead.lastActivityAt !== undo.at.getTime()) return;
  lead.empty.push(...filled);
  lead.before = action === 'reopened' ? before : { lastActivityAt: before.lastActivityAt, ...lead.before };
}

async function write(
  ctx: Context,
  gone: BulkOutcome[],
  stayed: { n: number; leadId?: string }[],
  { undo, leads, touched, busy }: World,
  ref: string,
): Promise<void> {
  ctx.writes.remove(EnquiryModel, { _id: { $in: idsOf(gone, 'enquiryId') } });
  await ctx.run(takeFromTimeline, { refs: gone.map(({ enquiryId, n }) => enquiryId ?? `${ref}:${n}`) });
  const held = new Set(stayed.flatMap(({ leadId }) => leadId ?? []));
  await ctx.run(rewindLeads, {
    leads: [...leads].flatMap(([leadId, { expected, remove, before, empty }]) => {
      if (!remove && (held.has(leadId) || (!Object.keys(before).length && !empty.length))) return [];
      return [{ leadId, expected, remove, before, empty }];
    }),
  });
  const free = (contactId: string) => !touched.has(contactId) && !busy.has(contactId);
  const kept = new Set([...leads].flatMap(([leadId, { remove }]) => (remove ? [] : leadId)));
  const made = gone.filter(
    ({ madeContact, contactId, leadId }) => madeContact && free(contactId!) && !(leadId && kept.has(leadId)),
  );
  await ctx.run(retractContacts, {
    made: made.map(({ contactId }) => contactId!),
    taught: undo.taught.filter(({ contactId }) => free(contactId)),
  });
  for (const { contactId, ownerBefore } of gone)
    if (ownerBefore && free(contactId!))
      await ctx.run(assignContact, { contactId: contactId!, ...ownerBefore });
}

const idsOf = (outcomes: BulkOutcome[], field: 'leadId' | 'contactId' | 'enquiryId'): string[] => [
  ...new Set(outcomes.flatMap((outcome) => outcome[field] ?? [])),
];

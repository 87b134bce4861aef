import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError, isAppError } from '../../../core/errors.ts';
import type { Identity } from '../../../core/messaging.ts';
import type { RecordKind } from '../../../core/rights.ts';
import { listConversations, listMessages } from '../../conversations/contract.ts';
import { getLead, lookUpLeads } from '../../leads/contract.ts';
import { contactTimeline, getContact, isContactProved, type TimelineItem } from '../contract.ts';
import { type ContactDocument, ContactModel, type TimelineDocument, TimelineModel } from '../model.ts';
import { keyOf, normalIdentity } from '../rules.ts';
import { viewOf } from '../view.ts';
import { withoutKeptBack } from './kept-back.ts';

export const getContactHandler = handles(getContact, async (ctx, { contactId }) =>
  viewOf(await visible(ctx, contactId)),
);

export const isContactProvedHandler = handles(isContactProved, async (ctx, { contactId, identities }) => {
  const contact = await ContactModel.findById(contactId).lean();
  const own = contact?.identities.filter(({ scheme }) => scheme !== 'visitor').map(keyOf) ?? [];
  const { country } = ctx.config.app.organisation;
  return {
    proved: identities.some((given) => own.includes(keyOf(normalIdentity(given as Identity, country)))),
  };
});

/** Where the last page ended: in what happened, and in each conversation. */
type Place = [at: string, id: string, sequences: Record<string, number>];
/** `order`: by what it is sorted; within a conversation it never contradicts the messages' own sequence. */
type Row = TimelineItem & { order: string; seq?: number };

export const contactTimelineHandler = handles(contactTimeline, async (ctx, { contactId, cursor, limit }) => {
  await visible(ctx, contactId);
  const place = decodeCursor<Place>(cursor);
  const happened = await happenings(await readable(ctx, contactId), place, limit + 1);
  const said = ctx.can('read', 'Conversation')
    ? await sayings(ctx, contactId, place?.[2] ?? {}, limit + 1)
    : [];
  const rows = [...happened, ...said].sort(newestFirst);
  const page = rows.slice(0, limit);
  return {
    items: await withoutKeptBack(
      ctx,
      contactId,
      page.map(({ seq: _, order: __, ...item }) => item),
    ),
    ...(rows.length > limit && { nextCursor: encodeCursor(after(page, place)) }),
  };
});

const kindOf: Partial<Record<TimelineItem['kind'], RecordKind>> = {
  call: 'Call',
  appointment: 'Appointment',
  note: 'Note',
  followUp: 'FollowUp',
  enquiry: 'Enquiry',
  ticket: 'Ticket',
  task: 'Task',
  stage: 'Lead',
  assignment: 'Lead',
};

/** A contact may have a lead of a colleague's, and its history tells of records of every kind: each by its own right. */
async function readable(ctx: Context, contactId: string): Promise<Record<string, unknown>> {
  const kinds = Object.entries(kindOf)
    .filter(([, kind]) => !ctx.can('read', kind))
    .map(([name]) => name);
  const { items } = await ctx.asSystem('contacts').ask(lookUpLeads, { contactIds: [contactId] });
  const hidden: string[] = [];
  for (const { id: leadId } of ctx.actor.kind === 'system' ? [] : items)
    if (!(await ctx.ask(getLead, { leadId }).catch(refused))) hidden.push(leadId);
  return {
    contactId,
    ...(kinds.length && { kind: { $nin: kinds } }),
    ...(hidden.length && { leadId: { $nin: hidden } }),
  };
}

function refused(error: unknown): undefined {
  if (isAppError(error) && ['record.not_found', 'auth.forbidden'].includes(error.code)) return undefined;
  throw error;
}

async function happenings(
  of: Record<string, unknown>,
  place: Place | undefined,
  limit: number,
): Promise<Row[]> {
  const at = place && new Date(place[0]);
  const older = at ? { $or: [{ at: { $lt: at } }, { at, _id: { $lt: place[1] } }] } : {};
  const items = await TimelineModel.find({ $and: [of, older] })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean();
  return items.map(present);
}

/** Messages of the conversations that the asking person may read. */
async function sayings(
  ctx: Context,
  contactId: string,
  sequences: Record<string, number>,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  const { items: conversations } = await ctx.ask(listConversations, { contactId, limit: 100 });
  for (const { id: conversationId, channel } of conversations) {
    const before = sequences[conversationId];
    const { items } = await ctx.ask(listMessages, {
      conversationId,
      limit: Math.min(limit, 200),
      ...(before !== undefined && { before }),
    });
    let order = '9999';
    for (const { id, seq, at, text, direction, author } of items.toReversed()) {
      order = at < order ? at : order;
      const by =
        author.name ?? (author.kind === 'bot' ? 'Bot' : author.kind === 'customer' ? 'Customer' : 'Staff');
      rows.push({
        id,
        seq,
        order,
        at,
        kind: 'message',
        title: direction === 'in' ? 'Customer wrote' : 'We wrote',
        text,
        by,
        channel,
        conversationId,
      });
    }
  }
  return rows;
}

function after(page: Row[], place?: Place): Place {
  const lastHappening = page.findLast(({ kind }) => kind !== 'message');
  const [at, id] = lastHappening
    ? [lastHappening.at, lastHappening.id]
    : [place?.[0] ?? '9999-12-31T00:00:00.000Z', place?.[1] ?? ''];
  const sequences = { ...place?.[2] };
  for (const { conversationId, seq } of page) if (seq !== undefined) sequences[conversationId!] = seq;
  return [at, id, sequences];
}

const newestFirst = (a: Row, b: Row): number =>
  b.order.localeCompare(a.order) || (b.seq ?? 0) - (a.seq ?? 0) || b.id.localeCompare(a.id);

function present({ _id, contactId: _, ref: __, at, ...rest }: TimelineDocument): Row {
  return { id: _id, at: at.toISOString(), order: at.toISOString(), ...rest };
}

export async function visible(ctx: Context, contactId: string): Promise<ContactDocument> {
  const contact = await ContactModel.findOne({
    $and: [{ _id: contactId }, ctx.scope('read', 'Contact')],
  }).lean();
  if (!contact) throw new AppError('record.not_found', { kind: 'contact', id: contactId });
  return contact;
}

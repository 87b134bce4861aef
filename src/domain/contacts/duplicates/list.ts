/** The pairs that somebody may decide about: those of which they may change both contacts. */
import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import type { Card } from '../../../core/messaging.ts';
import { mergeLead } from '../../leads/contract.ts';
import {
  dismissDuplicate,
  listDuplicates,
  type SuspicionView,
  suspectAgain,
} from '../contract-duplicates.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import { leadsOf } from './compare.ts';
import { type PairDocument, PairModel } from './pairs.ts';

type Condition = Record<string, unknown>;

export const listDuplicatesHandler = handles(
  listDuplicates,
  async (ctx, { contactId, cursor, limit }) => {
    const place = decodeCursor<[number, string]>(cursor);
    const conditions = [
      ...rightsOf(ctx),
      { status: 'open' },
      ...(contactId ? [{ contactIds: contactId }] : []),
      ...(place
        ? [{ score: { $lte: place[0] } }, { $or: [{ score: { $lt: place[0] } }, { _id: { $lt: place[1] } }] }]
        : []),
    ];
    const rows = await PairModel.find(all(conditions))
      .sort({ score: -1, _id: -1 })
      .limit(limit + 1)
      .lean();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await present(ctx, page),
      ...(rows.length > limit && last && { nextCursor: encodeCursor([last.score, last._id]) }),
    };
  },
  {
    present: ({ items }) =>
      items.length
        ? { text: `${items.length} may be doubles:`, cards: items.slice(0, 5).map(pairCard) }
        : { text: 'Nobody is suspected to be here twice.' },
  },
);

/** The asking person's rights to contacts, said of both sides of a pair. */
const rightsOf = (ctx: Context): Condition[] => {
  const scope = ctx.scope('update', 'Contact');
  return [prefixed('a', scope), prefixed('b', scope)];
};

function prefixed(side: 'a' | 'b', condition: Condition): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([key, value]) => {
      if (key.startsWith('$'))
        return [key, Array.isArray(value) ? value.map((each) => prefixed(side, each)) : value];
      return [`${side}.${key === '_id' ? 'id' : key}`, value];
    }),
  );
}

/** What is repeated of the contacts may lag behind by a moment: each is read again under the rights of now. */
async function present(ctx: Context, pairs: PairDocument[]): Promise<SuspicionView[]> {
  const ids = [...new Set(pairs.flatMap(({ contactIds }) => contactIds))];
  const contacts = ids.length
    ? await ContactModel.find({ $and: [{ _id: { $in: ids } }, ctx.scope('update', 'Contact')] }).lean()
    : [];
  const byId = new Map(contacts.map((contact) => [contact._id, contact]));
  const views: SuspicionView[] = [];
  for (const { _id, at, score, reasons, a, b } of pairs) {
    const [one, other] = [byId.get(a.id), byId.get(b.id)];
    if (!one || !other) continue;
    views.push({
      id: _id,
      at: at.toISOString(),
      score,
      reasons,
      a: await suspectOf(ctx, one),
      b: await suspectOf(ctx, other),
    });
  }
  return views;
}

async function suspectOf(ctx: Context, contact: ContactDocument): Promise<SuspicionView['a']> {
  const { _id: contactId, name, phone, email, city, company, createdAt } = contact;
  const [lead] = await leadsOf(ctx, contactId);
  return {
    contactId,
    name: name || phone || email || 'Unknown',
    createdAt: createdAt.toISOString(),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(city && { city }),
    ...(company && { company }),
    ...(lead && {
      lead: {
        id: lead.id,
        number: lead.number,
        stageLabel: lead.stageLabel,
        ...(lead.product && { product: lead.product }),
      },
    }),
  };
}

function pairCard({ id, a, b, score, reasons }: SuspicionView): Card {
  const say = ({ name, phone, email, lead }: SuspicionView['a']) =>
    [lead && `#${lead.number}`, name, phone, email].filter(Boolean).join(' · ');
  return {
    title: `${Math.round(score * 100)} %: ${a.name} and ${b.name}`.slice(0, 150),
    fields: [
      { label: 'One', value: say(a) },
      { label: 'Other', value: say(b) },
      { label: 'Why', value: reasons.map(({ text }) => text).join(' ') },
    ],
    buttons: [
      ...(a.lead && b.lead
        ? [
            {
              label: 'Merge',
              command: mergeLead.name,
              input: { keep: a.lead.id, merge: b.lead.id },
              confirm: `Merge #${b.lead.number} into #${a.lead.number}? It can be undone.`,
            },
          ]
        : []),
      { label: 'Not the same', command: dismissDuplicate.name, input: { id } },
    ],
    link: `/duplicates/${a.contactId}/${b.contactId}`,
    key: `pair:${id}`,
  };
}

export const dismissDuplicateHandler = handles(
  dismissDuplicate,
  async (ctx, { id }) => {
    await decide(ctx, id, 'open', 'dismissed');
    ctx.audit({
      kind: 'Contact',
      id: id.split(':')[0]!,
      after: { dismissed: id },
      text: 'told two contacts apart',
      undo: { command: suspectAgain.name, input: { id } },
    });
    return { ok: true } as const;
  },
  { present: () => ({ text: 'Noted: two persons. They are not suspected again.', update: true }) },
);

export const suspectAgainHandler = handles(suspectAgain, async (ctx, { id }) => {
  await decide(ctx, id, 'dismissed', 'open');
  return { ok: true } as const;
});

async function decide(
  ctx: Context,
  id: string,
  from: PairDocument['status'],
  status: PairDocument['status'],
): Promise<void> {
  const pair = await PairModel.findOne(all([{ _id: id, status: from }, ...rightsOf(ctx)])).lean();
  if (!pair || (await present(ctx, [pair])).length === 0)
    throw new AppError('record.not_found', { kind: 'pair', id });
  await PairModel.updateOne({ _id: id }, { $set: { status, decidedBy: ctx.actor.id } });
}

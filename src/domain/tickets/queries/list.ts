import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { beginsWith } from '../../../core/fields.ts';
import { all } from '../../../core/filter.ts';
import { ticketCard } from '../card.ts';
import {
  findTickets,
  listTickets,
  type TicketViewName,
  type ticketSorts,
  ticketViewNames,
  ticketViews,
} from '../contract.ts';
import { type TicketDocument, TicketModel } from '../model.ts';
import { searchWords } from '../rules.ts';
import { viewsOf } from '../view.ts';

type Sort = (typeof ticketSorts)[number];
type Condition = Record<string, unknown>;

/** The named filters of the ticket list, as data: label, condition, order. */
const table: Record<
  TicketViewName,
  { label: string; where: (at: { now: Date; me: string }) => Condition; sort: Sort }
> = {
  open: { label: 'Open', where: () => ({ active: true }), sort: 'priority' },
  mine: { label: 'Mine', where: ({ me }) => ({ active: true, assigneeId: me }), sort: 'priority' },
  overdue: { label: 'Overdue', where: ({ now }) => ({ active: true, dueAt: { $lt: now } }), sort: 'due' },
  waiting: { label: 'Waiting for the customer', where: () => ({ status: 'waiting' }), sort: 'oldest' },
  resolved: { label: 'Resolved', where: () => ({ status: 'resolved' }), sort: 'newest' },
  all: { label: 'All', where: () => ({}), sort: 'newest' },
};

type Key = 'openedAt' | 'rank' | 'dueAt' | '_id';
const orders: Record<Sort, [Key, 1 | -1][]> = {
  newest: [
    ['openedAt', -1],
    ['_id', -1],
  ],
  oldest: [
    ['openedAt', 1],
    ['_id', 1],
  ],
  priority: [
    ['rank', 1],
    ['openedAt', 1],
    ['_id', 1],
  ],
  due: [
    ['dueAt', 1],
    ['_id', 1],
  ],
};

export const listTicketsHandler = handles(
  listTickets,
  async (ctx, input) => {
    const order = orders[input.sort ?? (input.view ? table[input.view].sort : 'newest')];
    const conditions = conditionsOf(ctx, input);
    const rows = await TicketModel.find(all([...conditions, ...behind(order, input.cursor)]))
      .sort(Object.fromEntries(order))
      .limit(input.limit + 1)
      .lean();
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: await viewsOf(ctx, page),
      total: await TicketModel.countDocuments(all(conditions)),
      ...(rows.length > input.limit && last && { nextCursor: encodeCursor(placeOf(order, last)) }),
    };
  },
  {
    present: ({ items, total }, at) =>
      items.length
        ? {
            text:
              total > items.length
                ? `${items.length} of ${total} tickets:`
                : `${total} ticket${total === 1 ? '' : 's'}:`,
            cards: items.map((ticket) => ticketCard(ticket, at)),
          }
        : { text: 'No tickets here.' },
  },
);

type Filter = {
  view?: TicketViewName;
  status?: string;
  kind?: string;
  priority?: string;
  category?: string;
  assigneeId?: string;
  contactId?: string;
  search?: string;
  sort?: Sort;
};

/** The rights first, then what was asked for: the order of the indexes. */
function conditionsOf(ctx: Context, filter: Filter): Condition[] {
  const { view, status, kind, priority, category, assigneeId, contactId, search } = filter;
  const sort = filter.sort ?? (view && table[view].sort);
  return [
    ctx.scope('read', 'Ticket'),
    ...(view ? [table[view].where({ now: ctx.now(), me: ctx.actor.id })] : []),
    ...(assigneeId ? [{ assigneeId: assigneeId === 'none' ? null : assigneeId }] : []),
    ...(status ? [{ status }] : []),
    ...(kind ? [{ kind }] : []),
    ...(priority ? [{ priority }] : []),
    ...(category ? [{ category }] : []),
    ...(contactId ? [{ contactId }] : []),
    // A pattern, not a range: in an array the two ends of a range may be met by two different words.
    ...searchWords(search ?? '').map((word) => ({ search: beginsWith(word, ctx.hides) ?? { $in: [] } })),
    // Tickets without a deadline have no place in the order by deadline.
    ...(sort === 'due' && view !== 'overdue' ? [{ dueAt: { $gt: new Date(0) } }] : []),
  ];
}

const placeOf = (order: [Key, 1 | -1][], ticket: TicketDocument): unknown[] =>
  order.map(([key]) => (ticket[key] instanceof Date ? (ticket[key] as Date).toISOString() : ticket[key]));

/** Rows after the last one of the page before, in the list's order. */
function behind(order: [Key, 1 | -1][], cursor?: string): Condition[] {
  const place = decodeCursor<unknown[]>(cursor);
  if (!place) return [];
  const values = order.map(([key], i) =>
    key === 'openedAt' || key === 'dueAt' ? new Date(String(place[i])) : place[i],
  );
  const past = (i: number) => ({ [order[i]![0]]: { [order[i]![1] === 1 ? '$gt' : '$lt']: values[i] } });
  const same = (upTo: number) => Object.fromEntries(order.slice(0, upTo).map(([key], i) => [key, values[i]]));
  return [{ $or: order.map((_, i) => ({ ...same(i), ...past(i) })) }];
}

export const ticketViewsHandler = handles(ticketViews, async (ctx) => {
  const items = [];
  for (const view of ticketViewNames)
    items.push({
      view,
      label: table[view].label,
      count: await TicketModel.countDocuments(all(conditionsOf(ctx, { view }))),
    });
  return { items, categories: ctx.config.app.tickets.categories };
});

export const findTicketsHandler = handles(findTickets, async (ctx, { search, limit }) => {
  const conditions = conditionsOf(ctx, { search });
  const rows = await TicketModel.find(all(conditions)).sort({ openedAt: -1, _id: -1 }).limit(limit).lean();
  return { items: await viewsOf(ctx, rows), total: await TicketModel.countDocuments(all(conditions)) };
});

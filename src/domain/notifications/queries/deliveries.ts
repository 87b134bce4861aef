/** What became of notices: our record of each, and the outbox's word on it. */
import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { isAppError } from '../../../core/errors.ts';
import { outboxStates } from '../../conversations/contract.ts';
import { getLead } from '../../leads/contract.ts';
import { type DeliveryView, listDeliveries, noticeSent } from '../contract.ts';
import { type DeliveryDocument, DeliveryModel } from '../model-delivery.ts';
import { stateOf } from '../state.ts';

type Outbox = z.output<typeof outboxStates.output>['items'][number];

export const listDeliveriesHandler = handles(
  listDeliveries,
  async (ctx, { rule, channel, userId, leadId, only, cursor, limit }) => {
    const place = decodeCursor<[string]>(cursor);
    const filter = {
      ...(rule && { rule }),
      ...(channel && { channel }),
      ...(userId && { recipient: `user:${userId}` }),
      ...(leadId && { leadId }),
      ...(only === 'held' && { state: 'held' as const }),
      ...(only === 'failed' && { outboxId: { $in: await troubled(ctx) } }),
      ...(place && { _id: { $lt: place[0] } }),
    };
    const rows = await DeliveryModel.find(filter)
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean();
    const page = rows.slice(0, limit);
    const seen = await readable(ctx, page);
    const outbox = await outboxOf(ctx, page);
    const mayRetry = ctx.can('update', 'DeadLetter');
    return {
      items: page.map((one) => present(one, outbox.get(one.outboxId ?? ''), seen(one), mayRetry)),
      ...(rows.length > limit && { nextCursor: encodeCursor([page.at(-1)!._id]) }),
    };
  },
);

export const noticeSentHandler = handles(noticeSent, async (ctx, { id }) => {
  const rows = await DeliveryModel.find({ notificationId: id, recipient: `user:${ctx.actor.id}` })
    .sort({ _id: 1 })
    .lean();
  const outbox = await outboxOf(ctx, rows);
  return { items: rows.map((one) => present(one, outbox.get(one.outboxId ?? ''), true, false)) };
});

async function troubled(ctx: Context): Promise<string[]> {
  const { items } = await ctx.asSystem('notifications').ask(outboxStates, { troubled: 1000 });
  return items.map(({ id }) => id);
}

async function outboxOf(ctx: Context, rows: DeliveryDocument[]): Promise<Map<string, Outbox>> {
  const ids = rows.flatMap(({ outboxId }) => outboxId ?? []);
  if (!ids.length) return new Map();
  const { items } = await ctx.asSystem('notifications').ask(outboxStates, { ids });
  return new Map(items.map((one) => [one.id, one]));
}

/** The words of a notice are those of its record: whoever may not read that sees only that there was one. */
async function readable(ctx: Context, rows: DeliveryDocument[]): Promise<(one: DeliveryDocument) => boolean> {
  const open = new Set<string>();
  for (const leadId of new Set(rows.flatMap((one) => one.leadId ?? []))) {
    const found = await ctx.ask(getLead, { leadId }).catch((error) => {
      if (isAppError(error)) return undefined;
      throw error;
    });
    if (found) open.add(leadId);
  }
  return ({ leadId, recipient }) =>
    recipient === `user:${ctx.actor.id}` || (leadId ? open.has(leadId) : ctx.can('read', 'Ticket'));
}

function present(
  one: DeliveryDocument,
  outbox: Outbox | undefined,
  seen: boolean,
  mayRetry: boolean,
): DeliveryView {
  const [kind, ...id] = one.recipient.split(':');
  const { state, says, until } = stateOf(one, outbox);
  return {
    id: one._id,
    at: one.at.toISOString(),
    rule: one.rule,
    to: {
      kind: kind as 'user' | 'client',
      id: id.join(':'),
      ...(one.name && (seen || kind === 'user') && { name: one.name }),
    },
    channel: one.channel,
    state,
    mayRetry: mayRetry && (outbox?.trouble ?? false),
    ...(says && { says }),
    ...(until && { until }),
    ...(outbox && { attempts: outbox.attempts }),
    ...(seen && { title: one.title, text: one.text, ...(one.link && { link: one.link }) }),
  };
}

import { handles } from '../../../core/define.ts';
import { lastHeard, listOutages, outboxQueues } from '../contract.ts';
import { InboxModel } from '../model/inbox.ts';
import { OutageModel } from '../model/outage.ts';
import { OutboxModel } from '../model/outbox.ts';

/** More are not counted: that many are “many”. */
const countedUpTo = 10_000;

/** An outage in which nothing waits any more has nobody to find out that it is over: it is not shown. */
export const listOutagesHandler = handles(listOutages, async () => {
  const outages = await OutageModel.find().sort({ since: 1 }).lean();
  const items = await Promise.all(
    outages.map(async ({ channel, account, since, message: detail }) => ({
      channel,
      account,
      since: since.toISOString(),
      detail,
      waiting: await OutboxModel.countDocuments({ channel, account, open: true }, { limit: countedUpTo }),
    })),
  );
  return { items: items.filter(({ waiting }) => waiting) };
});

type Row = { _id: { channel: string; account: string }; count: number };

export const outboxQueuesHandler = handles(outboxQueues, async () => {
  const place = { channel: '$channel', account: '$account' };
  const waiting = await OutboxModel.aggregate<Row & { oldest: Date }>([
    { $match: { open: true } },
    { $group: { _id: place, count: { $sum: 1 }, oldest: { $min: '$createdAt' } } },
  ]);
  const troubled = await OutboxModel.aggregate<Row & { at: Date; error?: string }>([
    { $match: { trouble: true } },
    { $sort: { _id: 1 } },
    {
      $group: {
        _id: place,
        count: { $sum: 1 },
        at: { $last: '$createdAt' },
        error: { $last: '$error' },
      },
    },
  ]);
  const keys = Map.groupBy([...waiting, ...troubled], ({ _id }) => `${_id.channel}:${_id.account}`);
  return {
    items: [...keys.values()].map(([{ _id } = { _id: { channel: '', account: '' } }]) => {
      const isHere = (row: Row) => row._id.channel === _id.channel && row._id.account === _id.account;
      const queue = waiting.find(isHere);
      const trouble = troubled.find(isHere);
      return {
        ..._id,
        waiting: queue?.count ?? 0,
        ...(queue && { oldest: queue.oldest.toISOString() }),
        ...(trouble && {
          trouble: { at: trouble.at.toISOString(), error: trouble.error ?? '', count: trouble.count },
        }),
      };
    }),
  };
});

const dayMs = 86_400_000;
export const lastHeardHandler = handles(lastHeard, async (ctx, { channel, account }) => {
  const prefix = `${channel}:${account}:`;
  const last = await InboxModel.findOne(
    {
      receivedAt: { $gte: new Date(ctx.now().getTime() - dayMs) },
      _id: { $gte: prefix, $lt: `${prefix}\uffff` },
    },
    { receivedAt: 1 },
  )
    .sort({ receivedAt: -1 })
    .lean();
  return { ...(last && { at: last.receivedAt.toISOString() }) };
});

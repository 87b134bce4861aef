import { handles } from '../../../core/define.ts';
import { listOutages } from '../contract.ts';
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

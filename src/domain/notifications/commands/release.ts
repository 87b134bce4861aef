/** What waited goes out: one thing as it is, several to the same address as one message. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { findUsers } from '../../staff/contract.ts';
import { releaseNotices } from '../contract.ts';
import { callAt, passOn } from '../deliver.ts';
import { gather } from '../digest.ts';
import { type DeliveryDocument, DeliveryModel } from '../model-delivery.ts';
import { preferenceOf } from '../policy.ts';
import { waitOf } from '../raise.ts';

/** Beyond that it goes on at once, in a transaction of its own. */
const atMost = 300;

export const releaseNoticesHandler = handles(releaseNotices, async (ctx, { recipient, again }) => {
  const held = await DeliveryModel.find({
    recipient,
    state: 'held',
    ...(!again && { until: { $lte: ctx.now() } }),
  })
    .sort({ _id: 1 })
    .limit(atMost)
    .lean();
  const due = again ? await judgeAnew(ctx, recipient, held) : held;
  const gone = await whyGone(ctx, recipient);
  const late = (one: DeliveryDocument) =>
    recipient.startsWith('client:') && one.about && one.about > one.at && one.about <= ctx.now();
  const wanted = gone ? [] : due.filter((one) => !late(one));
  for (const one of due.filter((each) => !wanted.includes(each)))
    end(ctx, [one], { state: 'dropped', reason: gone ?? 'Its time was over before it could be sent.' });
  for (const { deliveries, send } of gather(wanted, ctx.config.app.organisation))
    end(ctx, deliveries, await passOn(ctx, deliveries[0]!, send));
  if (held.length === atMost) await callAt(recipient, new Date(ctx.now().getTime() + 1), again);
  return { sent: wanted.length };
});

/** What may go now by the settings of now; the rest gets its new time. */
async function judgeAnew(
  ctx: Context,
  recipient: string,
  held: DeliveryDocument[],
): Promise<DeliveryDocument[]> {
  const userId = recipient.match(/^user:(.*)/)?.[1];
  const own = userId ? await preferenceOf(ctx, userId) : undefined;
  const due: DeliveryDocument[] = [];
  for (const one of held) {
    const wait = await waitOf(ctx, one, own);
    if (!wait) due.push(one);
    else if (wait.until.getTime() !== one.until?.getTime() || wait.why !== one.why) {
      ctx.writes.update(DeliveryModel, { _id: one._id, state: 'held' }, { $set: wait });
      await callAt(recipient, wait.until);
    }
  }
  return due;
}

async function whyGone(ctx: Context, recipient: string): Promise<string | undefined> {
  const userId = recipient.match(/^user:(.*)/)?.[1];
  const [user] = userId ? (await ctx.ask(findUsers, { ids: [userId] })).items : [{}];
  return user ? undefined : 'This colleague is no longer active.';
}

function end(ctx: Context, ended: DeliveryDocument[], how: Partial<DeliveryDocument>): void {
  for (const { _id } of ended)
    ctx.writes.update(
      DeliveryModel,
      { _id, state: 'held' },
      { $set: { ...how, at: ctx.now() }, $unset: { send: 1, until: 1, why: 1 } },
    );
}

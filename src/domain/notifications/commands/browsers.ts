import { accountState } from '../../../core/account-state.ts';
import { handles } from '../../../core/define.ts';
import { findUsers } from '../../staff/contract.ts';
import { forgetBrowser, myBrowsers, subscribe, tryOut, unsubscribe } from '../contract.ts';
import { SubscriptionModel } from '../model-push.ts';
import { pushAccount } from '../push.ts';
import { raise } from '../raise.ts';

const ok = { ok: true } as const;
/** Of one person: the oldest makes room. */
const atMost = 10;

export const myBrowsersHandler = handles(myBrowsers, async (ctx) => {
  const account = pushAccount(ctx.config);
  const keys = account && (await accountState(account).get<{ publicKey: string }>('vapid'));
  const mine = await SubscriptionModel.find({ userId: ctx.actor.id }).sort({ _id: 1 }).lean();
  return {
    ...(keys && { publicKey: keys.publicKey }),
    items: mine.map(({ _id: id, browser, at, endpoint }) => ({
      id,
      browser,
      at: at.toISOString(),
      endpoint,
    })),
  };
});

/** Whoever is signed in at a browser gets their notices there, and nobody who was before. */
export const subscribeHandler = handles(subscribe, async (ctx, { endpoint, keys, browser }) => {
  const userId = ctx.actor.id;
  await SubscriptionModel.deleteMany({ endpoint });
  const mine = await SubscriptionModel.find({ userId }, { _id: 1 }).sort({ _id: -1 }).lean();
  const surplus = mine.slice(atMost - 1).map(({ _id }) => _id);
  if (surplus.length) await SubscriptionModel.deleteMany({ _id: { $in: surplus } });
  const _id = ctx.id();
  await SubscriptionModel.create([{ _id, userId, endpoint, keys, browser, at: ctx.now() }]);
  ctx.audit({ kind: 'Notification', id: _id, text: `is told in a browser: ${browser}` });
  return { id: _id };
});

export const unsubscribeHandler = handles(unsubscribe, async (ctx, { id, endpoint }) => {
  const which = id ? { _id: id } : { endpoint: endpoint ?? '' };
  const gone = await SubscriptionModel.findOneAndDelete({ ...which, userId: ctx.actor.id }).lean();
  if (gone)
    ctx.audit({
      kind: 'Notification',
      id: gone._id,
      text: `is no longer told in a browser: ${gone.browser}`,
    });
  return ok;
});

export const forgetBrowserHandler = handles(forgetBrowser, async (_ctx, { id }) => {
  await SubscriptionModel.deleteOne({ _id: id });
  return ok;
});

export const tryOutHandler = handles(tryOut, async (ctx) => {
  const system = ctx.asSystem('notifications');
  const [user] = (await system.ask(findUsers, { ids: [ctx.actor.id] })).items;
  if (user)
    await raise(system, user, {
      key: `try:${ctx.id()}`,
      rule: 'try',
      title: `A notice from ${ctx.config.app.organisation.name}`,
      text: 'This is how you will be told.',
      link: '/account',
      urgent: true,
    });
  return ok;
});

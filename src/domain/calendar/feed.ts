/** A private address under which other calendars subscribe to somebody's: theirs alone, ended at any time. */

import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { addDays } from '../../core/zone.ts';
import { actorFor } from '../staff/contract.ts';
import {
  calendarFeed,
  calendarRange,
  feedChanged,
  newCalendarFeed,
  readCalendarFeed,
  stopCalendarFeed,
} from './contract.ts';
import { feedIcs } from './ics.ts';
import { type FeedDocument, FeedModel } from './model.ts';
import { idIn, publicUrl, tokenFor } from './token.ts';

const addressOf = (ctx: Context, { _id, createdAt }: FeedDocument) => ({
  url: `${publicUrl(ctx)}/feeds/${tokenFor(ctx, 'calendar-feed', _id)}.ics`,
  createdAt: createdAt.toISOString(),
});

export const calendarFeedHandler = handles(calendarFeed, async (ctx) => {
  const feed = await FeedModel.findOne({ userId: ctx.actor.id }).lean();
  return feed ? addressOf(ctx, feed) : {};
});

export const newCalendarFeedHandler = handles(newCalendarFeed, async (ctx) => {
  const userId = ctx.actor.id;
  const feed: FeedDocument = { _id: ctx.id(), userId, createdAt: ctx.now() };
  await FeedModel.deleteMany({ userId });
  await FeedModel.create([feed]);
  ctx.emit(feedChanged, { userId });
  ctx.audit({ kind: 'User', id: userId, text: 'made a private address for their calendar' });
  return addressOf(ctx, feed);
});

export const stopCalendarFeedHandler = handles(stopCalendarFeed, async (ctx) => {
  const userId = ctx.actor.id;
  const { deletedCount } = await FeedModel.deleteMany({ userId });
  if (deletedCount) {
    ctx.emit(feedChanged, { userId });
    ctx.audit({ kind: 'User', id: userId, text: 'ended the private address of their calendar' });
  }
  return { ok: true } as const;
});

/** Nothing is told about why there is nothing: ended, never there, or its owner gone. */
export const readCalendarFeedHandler = handles(readCalendarFeed, async (ctx, { token }) => {
  const id = idIn(ctx, 'calendar-feed', token);
  const feed = id === undefined ? null : await FeedModel.findById(id).lean();
  const { actor } = feed ? await ctx.ask(actorFor, { userId: feed.userId }) : {};
  if (!actor) return {};
  const { timezone, name } = ctx.config.app.organisation;
  const as = ctx.as(actor);
  const now = ctx.now();
  const items = [];
  // Longer than one screen of a calendar, so in two pieces.
  for (const [from, to] of [
    [-30, 30],
    [30, 90],
  ] as const) {
    const range = {
      from: addDays(now, from, timezone).toISOString(),
      to: addDays(now, to, timezone).toISOString(),
      assigneeId: actor.id,
    };
    items.push(...(await as.ask(calendarRange, range)).items);
  }
  const shown = [...new Map(items.map((item) => [item.id, item])).values()].filter(
    ({ status }) => !['cancelled', 'declined'].includes(status),
  );
  return { ics: feedIcs(`${actor.name}, ${name}`, shown, { base: publicUrl(ctx), now }) };
});

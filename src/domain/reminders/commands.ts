import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { frequencies, nextTime, type Repeat, ruleFor, wallTime } from '../../core/recurrence.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { readableMoment } from '../../core/zone.ts';
import { getLead } from '../leads/contract.ts';
import { findUsers } from '../staff/contract.ts';
import {
  fireReminder,
  type ReminderView,
  reminderChanged,
  restoreReminder,
  setReminder,
  stopReminder,
  updateReminder,
} from './contract.ts';
import { type ReminderDocument, ReminderModel } from './model.ts';
import { reach, viewOf } from './view.ts';

export const setReminderHandler = handles(
  setReminder,
  async (ctx, { self, who, at, repeats, leadId, ...input }) => {
    const named = [...(input.for ?? []), ...(who ? [who] : []), ...(self ? [ctx.actor.id] : [])];
    const forIds = [...new Set(named.length ? named : [ctx.actor.id])];
    await checkPeople(ctx, forIds);
    if (leadId) await ctx.ask(getLead, { leadId });
    const timing = timingOf(ctx, new Date(at), repeats);
    const reminder: ReminderDocument = {
      _id: ctx.id(),
      text: input.text,
      fires: input.fires,
      forIds,
      byId: ctx.actor.id,
      byName: ctx.actor.name,
      partyIds: [...new Set([ctx.actor.id, ...forIds])],
      teamIds: [],
      told: 0,
      createdAt: ctx.now(),
      ...timing,
      ...(leadId && { leadId }),
    };
    ctx.writes.insert(ReminderModel, reminder);
    await schedule(reminder);
    changed(ctx, reminder, 'set a reminder', {
      command: stopReminder.name,
      input: { reminderId: reminder._id },
    });
    return { reminder: await viewOf(ctx, reminder) };
  },
  { present: ({ reminder }, at) => ({ text: said(reminder, at) }) },
);

export const updateReminderHandler = handles(
  updateReminder,
  async (ctx, { reminderId, at, repeats, for: forIds, text, fires }) => {
    const before = await own(ctx, reminderId);
    if (forIds)
      await checkPeople(
        ctx,
        forIds.filter((id) => !before.forIds.includes(id)),
      );
    const { repeat: _, ...once } = before;
    const moved = at !== undefined || repeats !== undefined;
    const rule = repeats === undefined ? (at ? before.repeat?.rule : undefined) : repeats;
    const from = at ? new Date(at) : (before.nextAt ?? ctx.now());
    const after: ReminderDocument = {
      ...(moved ? once : before),
      ...(moved && timingOf(ctx, from, rule ?? undefined)),
      ...(text && { text }),
      ...(fires && { fires }),
      ...(forIds && { forIds, partyIds: [...new Set([before.byId, ...forIds])] }),
    };
    await save(after);
    await schedule(after);
    changed(ctx, after, 'changed a reminder', {
      command: updateReminder.name,
      input: {
        reminderId,
        text: before.text,
        fires: before.fires,
        for: before.forIds,
        ...(before.nextAt && { at: before.nextAt.toISOString() }),
        repeats: before.repeat?.rule ?? null,
      },
    });
    return { reminder: await viewOf(ctx, after) };
  },
  { present: ({ reminder }, at) => ({ text: said(reminder, at) }) },
);

export const stopReminderHandler = handles(
  stopReminder,
  async (ctx, { reminderId }) => {
    const before = await reach(ctx, 'update', reminderId);
    const isOwn = before.byId === ctx.actor.id || !before.forIds.includes(ctx.actor.id);
    const forIds = isOwn ? before.forIds : before.forIds.filter((id) => id !== ctx.actor.id);
    const { nextAt, ...over } = before;
    const ends = isOwn || !forIds.length;
    const after: ReminderDocument = ends
      ? { ...over, ...(nextAt && { endedAt: nextAt }) }
      : { ...before, forIds, partyIds: [...new Set([before.byId, ...forIds])] };
    await save(after);
    await schedule(after);
    changed(
      ctx,
      after,
      'ended a reminder',
      ends && nextAt ? { command: restoreReminder.name, input: { reminderId } } : undefined,
    );
    return { ok: true } as const;
  },
  { present: () => ({ text: 'You will not be reminded of this any more.' }) },
);

export const restoreReminderHandler = handles(restoreReminder, async (ctx, { reminderId }) => {
  const before = await own(ctx, reminderId);
  const { endedAt, ...rest } = before;
  if (!endedAt || before.nextAt) return { reminder: await viewOf(ctx, before) };
  const { timezone } = ctx.config.app.organisation;
  const nextAt = endedAt > ctx.now() ? endedAt : rest.repeat && nextTime(rest.repeat, ctx.now(), timezone);
  if (!nextAt) throw past(ctx, endedAt);
  const after = { ...rest, nextAt };
  await save(after);
  await schedule(after);
  changed(ctx, after, 'let a reminder go on', { command: stopReminder.name, input: { reminderId } });
  return { reminder: await viewOf(ctx, after) };
});

/** Of one that somebody else set, whoever is reminded can only take themselves out. @throws auth.forbidden */
async function own(ctx: Context, reminderId: string): Promise<ReminderDocument> {
  const found = await reach(ctx, 'update', reminderId);
  const isReminded = found.forIds.includes(ctx.actor.id) && found.byId !== ctx.actor.id;
  if (isReminded) throw new AppError('auth.forbidden', { action: 'change', subject: 'reminders of others' });
  return found;
}

/** When it comes first and by which rule; a time that has passed is only taken where it comes again. */
function timingOf(ctx: Context, at: Date, repeats?: string): { nextAt: Date; repeat?: Repeat } {
  const { timezone } = ctx.config.app.organisation;
  if (!repeats) {
    if (at <= ctx.now()) throw past(ctx, at);
    return { nextAt: at };
  }
  const from = wallTime(at, timezone);
  const named = frequencies.find((each) => each === repeats);
  const repeat = { rule: named ? ruleFor(named, from) : repeats, from };
  // Told at the moment given even if the rule begins later: that is what was asked for.
  const nextAt = nextTime(repeat, new Date(Math.max(ctx.now().getTime(), at.getTime() - 1)), timezone);
  if (!nextAt) throw past(ctx, at);
  return { nextAt, repeat };
}

function past(ctx: Context, at: Date): AppError {
  const { timezone, locale } = ctx.config.app.organisation;
  return new AppError('time.past', { when: readableMoment(at, timezone, locale) });
}

export async function save({ _id, ...rest }: ReminderDocument): Promise<void> {
  await ReminderModel.replaceOne({ _id }, rest);
}

export async function schedule({ _id: reminderId, nextAt }: ReminderDocument): Promise<void> {
  const key = `reminder:${reminderId}`;
  await cancelTimers(key);
  if (!nextAt) return;
  const input = { reminderId, at: nextAt.toISOString() };
  await setTimer({ key, dueAt: nextAt, command: fireReminder.name, input });
}

async function checkPeople(ctx: Context, ids: string[]): Promise<void> {
  const { items } = await ctx.asSystem('reminders').ask(findUsers, { ids });
  const known = new Set(items.map(({ id }) => id));
  for (const id of ids) if (!known.has(id)) throw new AppError('record.not_found', { kind: 'colleague', id });
}

type Undo = { command: string; input: Record<string, unknown> };
function changed(ctx: Context, { _id, text, nextAt }: ReminderDocument, what: string, undo?: Undo): void {
  ctx.emit(reminderChanged, { reminderId: _id }, { kind: 'Reminder', id: _id });
  ctx.audit({
    kind: 'Reminder',
    id: _id,
    after: { text, nextAt },
    text: `${what}: ${text}`,
    ...(undo && { undo }),
  });
}

/** `I remind you on Tue, 24 Nov 2026, 5:00 PM (Asia/Kolkata): call the bank. Every week.` */
function said(
  { for: people, mine, by, nextAt, repeats, text }: ReminderView,
  at: { zone: string; locale: string },
): string {
  const whom =
    mine && people.every(({ id }) => id === by.id) ? 'you' : people.map(({ name }) => name).join(', ');
  const when = nextAt ? readableMoment(new Date(nextAt), at.zone, at.locale) : 'no more';
  const often = repeats ? ` Comes ${repeats}.` : '';
  return `I remind ${whom} on ${when}: ${text}.${often}`;
}

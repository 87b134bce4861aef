/** Nothing is missed: what could not be handled or delivered, and the proof that the rest was. */
import { DateTime } from 'luxon';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { ledger, ledgerDays, listDeadLetters, outboxStates, replayDeadLetter } from '../contract.ts';
import { missingOf } from '../missing.ts';
import { InboxModel } from '../model/inbox.ts';
import { LedgerModel } from '../model/ledger.ts';
import { OutboxModel } from '../model/outbox.ts';
import { readable } from '../queue.ts';
import { textOf } from '../rules.ts';

const shown = 200;

export const listDeadLettersHandler = handles(listDeadLetters, async (ctx) => {
  const dead = { $and: [{ status: 'dead' as const }, ctx.scope('read', 'DeadLetter')] };
  const troubled = { $and: [{ trouble: true as const }, ctx.scope('read', 'DeadLetter')] };
  const inbound = await InboxModel.find(dead).sort({ order: -1 }).limit(shown).lean();
  const outbound = await OutboxModel.find(troubled).sort({ _id: -1 }).limit(shown).lean();
  return {
    items: [
      ...inbound.map((entry) => ({
        id: entry._id,
        kind: 'inbound' as const,
        channel: entry.event.channel,
        thread: entry.event.thread,
        error: entry.error ?? '',
        attempts: entry.attempts,
        at: entry.receivedAt.toISOString(),
        text: textOf(entry.event.body).slice(0, 500),
      })),
      ...outbound.map((entry) => ({
        id: entry._id,
        kind: 'outbound' as const,
        channel: entry.channel,
        thread: entry.to,
        error: entry.error ?? '',
        attempts: entry.attempts,
        at: entry.createdAt.toISOString(),
        text: readable(entry.content).slice(0, 500),
      })),
    ],
    total: (await InboxModel.countDocuments(dead)) + (await OutboxModel.countDocuments(troubled)),
  };
});

export const outboxStatesHandler = handles(outboxStates, async (_ctx, { ids, troubled }) => {
  const found = ids
    ? OutboxModel.find({ _id: { $in: ids } })
    : OutboxModel.find({ trouble: true })
        .sort({ _id: -1 })
        .limit(troubled ?? shown);
  const rows = await found.select({ content: 0, meta: 0 }).lean();
  return {
    items: rows.map(({ _id: id, status, attempts, nextAt, error, errorKind, trouble = false }) => ({
      id,
      status,
      attempts,
      nextAt: nextAt.toISOString(),
      trouble,
      ...(error && { error }),
      ...(errorKind && { errorKind }),
    })),
  };
});

export const replayDeadLetterHandler = handles(replayDeadLetter, async (ctx, { id, kind }) => {
  const mine = ctx.scope('update', 'DeadLetter');
  const again = { attempts: 0, nextAt: ctx.now() };
  const { matchedCount } =
    kind === 'inbound'
      ? await InboxModel.updateOne(
          { $and: [{ _id: id, status: 'dead' }, mine] },
          { $set: { ...again, status: 'pending' } },
        )
      : await OutboxModel.updateOne(
          { $and: [{ _id: id, trouble: true }, mine] },
          { $set: { ...again, status: 'queued', open: true }, $unset: { trouble: 1 } },
        );
  if (!matchedCount) throw new AppError('record.not_found', { kind: 'dead letter', id });
  ctx.writes.touch(kind === 'inbound' ? InboxModel : OutboxModel);
  ctx.audit({ kind: 'DeadLetter', id, text: 'tried again' });
  return { ok: true } as const;
});

export const ledgerHandler = handles(ledger, async (ctx, { day }) => {
  const zone = ctx.config.app.organisation.timezone;
  const start = (day ? DateTime.fromISO(day, { zone }) : DateTime.fromJSDate(ctx.now(), { zone })).startOf(
    'day',
  );
  const receivedAt = { $gte: start.toJSDate(), $lt: start.plus({ days: 1 }).toJSDate() };
  const count = (filter: object) => InboxModel.countDocuments({ receivedAt, ...filter });
  const inbound = await count({});
  const { count: difference, items: missing } = await missingOf(receivedAt);
  // What one cannot find again is not recorded, whatever its state says.
  const recorded = (await count({ status: 'done' })) - difference;
  const dead = await count({ status: 'dead' });
  const waiting = await count({ status: 'pending' });
  const id = start.toISODate()!;
  const proved = await LedgerModel.findById(id).lean();
  return {
    day: id,
    inbound,
    recorded,
    dead,
    waiting,
    difference: inbound - recorded - dead - waiting,
    missing,
    ...(proved && { provedAt: proved.provedAt.toISOString() }),
  };
});

export const ledgerDaysHandler = handles(ledgerDays, async (_, { limit }) => {
  const days = await LedgerModel.find().sort({ _id: -1 }).limit(limit).lean();
  return {
    items: days.map(({ _id: day, inbound, recorded, dead, waiting, difference, provedAt }) => ({
      day,
      inbound,
      recorded,
      dead,
      waiting,
      difference,
      provedAt: provedAt.toISOString(),
    })),
  };
});

/** A colleague's turn in chat: the command they typed or pressed runs as them, and its answer is queued, or neither. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Context } from '../../core/context.ts';
import { type AppError, isAppError } from '../../core/errors.ts';
import type { Content, InboundEvent } from '../../core/messaging.ts';
import { type InboxDocument, InboxModel } from './model/inbox.ts';
import { OutboxModel } from './model/outbox.ts';

export type StaffTurn = {
  /** Reads the event, runs what it asks for as the colleague who sent it, and answers. */
  handle(ctx: Context, event: InboundEvent): Promise<Content[]>;
  /** Says a refusal in words, or asks for what would put it right. */
  explain(error: AppError, event: InboundEvent, ctx: Context): Promise<Content>;
};

export async function staffTurn(
  entry: InboxDocument,
  deps: { bus: Bus; staff: StaffTurn },
): Promise<boolean> {
  const { event } = entry;
  try {
    return await commit(entry, deps.bus, (ctx) => deps.staff.handle(ctx, event));
  } catch (error) {
    if (!isAppError(error) || error.retryable) throw error;
    // The refused command is rolled back whole; the refusal itself is an answer.
    return commit(entry, deps.bus, async (ctx) => [await deps.staff.explain(error, event, ctx)]);
  }
}

function commit(
  entry: InboxDocument,
  bus: Bus,
  answer: (ctx: Context) => Promise<Content[]>,
): Promise<boolean> {
  const caller = {
    actor: systemActor('staff-chat'),
    surface: 'chat' as const,
    cause: { id: entry._id, depth: 0 },
  };
  return bus.unitOfWork(caller, async (ctx) => {
    const { modifiedCount } = await InboxModel.updateOne(
      { _id: entry._id, status: 'pending' },
      { $set: { status: 'done' } },
    );
    if (!modifiedCount) return false;
    const { channel, account, thread, meta } = entry.event;
    const now = ctx.now();
    const rows = (await answer(ctx)).map((content) => ({
      _id: ctx.id(),
      lane: entry.lane,
      channel,
      account,
      to: thread,
      content,
      purpose: 'staff' as const,
      meta: meta ?? {},
      status: 'queued' as const,
      open: true,
      attempts: 0,
      nextAt: now,
      createdAt: now,
    }));
    ctx.writes.insert(OutboxModel, ...rows);
    return true;
  });
}

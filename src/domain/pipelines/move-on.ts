import { handles } from '../../core/define.ts';
import { addMinutes } from '../../core/zone.ts';
import { moveLeadsOn } from '../leads/contract.ts';
import { next } from './commands.ts';
import { moveOn } from './contract.ts';
import { MovingModel } from './model.ts';

const batch = 300;
/** So long another process may not have heard of the change, and put a lead where none belongs any more. */
const lateMinutes = 2;

/** A batch in a transaction, the next one by a timer set in it: whatever crashes when, each lead is moved once. */
export const moveOnHandler = handles(moveOn, async (ctx, { movingId, round }) => {
  const moving = await MovingModel.findOne({ _id: movingId, doneAt: { $exists: false } }).lean();
  if (!moving) return { moved: 0 };
  const { from, to, fromLabel, toLabel, by } = moving;
  const why = `${fromLabel} has ended; ${by} sends its leads to ${toLabel}`;
  const { moved } = await ctx.run(moveLeadsOn, { from, to, fromLabel, toLabel, why, limit: batch });
  const late = round < 0;
  const more = moved === batch;
  await MovingModel.updateOne(
    { _id: movingId },
    { $inc: { moved }, ...(late && !more && { $set: { doneAt: ctx.now() } }) },
  );
  if (more) await next(movingId, late ? round - 1 : round + 1, ctx.now());
  else if (!late) await next(movingId, -1, addMinutes(ctx.now(), lateMinutes));
  return { moved };
});

import { fault } from '../errors.ts';
import type { Context } from './context.ts';

/** Waits for the end of a transaction, at most until the command's deadline. */
export async function untilEnded(ctx: Context, ended: Promise<void>): Promise<void> {
  const left = ctx.deadline - ctx.server.now();
  if (left === Number.POSITIVE_INFINITY) return ended;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const expire = (): void => reject(fault('MaxTimeMSExpired', 'operation exceeded time limit'));
    timer = setTimeout(expire, Math.max(0, left));
  });
  try {
    await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Changes of the catalogue wait until no open transaction has written anything. */
export async function untilUnheld(ctx: Context): Promise<void> {
  const { holders } = ctx.server.store;
  while (holders.size > 0) await untilEnded(ctx, holders.values().next().value!.ended);
}

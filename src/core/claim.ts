/** Rows of a queue in the database are shared among workers: each takes what it was first to mark. */
import { randomUUID } from 'node:crypto';
import type { Model } from 'mongoose';

/**
 * Marks what is still free of `found` as this worker's, with `until` beside the mark.
 * @returns those that it won, as found when that is all of them, else read anew in `order`.
 */
export async function claimOf<T extends { _id: string }>(
  model: Model<any, any, any, any, any, any, any>,
  { found, free, until, order }: { found: T[]; free: object; until: object; order: Record<string, 1> },
): Promise<T[]> {
  const those = { _id: { $in: found.map(({ _id }) => _id) } };
  const claim = randomUUID();
  const { modifiedCount } = await model.updateMany({ ...those, ...free }, { $set: { ...until, claim } });
  if (modifiedCount === found.length) return found.map((row) => ({ ...row, claim }));
  return model
    .find({ ...those, claim })
    .sort(order)
    .lean() as unknown as Promise<T[]>;
}

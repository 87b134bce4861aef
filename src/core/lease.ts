/** A name held by one process at a time. Each holder gets a higher token: what carries an older one is refused. */
import mongoose, { Schema } from 'mongoose';
import type { Clock } from './clock.ts';

type LeaseDocument = { _id: string; owner: string; until: Date; token: number };
const schema = new Schema<LeaseDocument>(
  { _id: String, owner: String, until: Date, token: Number },
  { versionKey: false },
);
export const LeaseModel = mongoose.model<LeaseDocument>('Lease', schema, 'leases');

export type Lease = { token: number; lost: AbortSignal; release(): Promise<void> };

const ttlMs = 15_000;

/** Waits until the name is free, then holds and renews it. `signal` gives up waiting. */
export async function holdLease(
  name: string,
  owner: string,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Lease> {
  for (;;) {
    signal?.throwIfAborted();
    const taken = await take(name, owner, clock);
    if (taken) return keep(name, owner, clock, taken.token);
    await new Promise((resolve) => setTimeout(resolve, 1000).unref());
  }
}

async function take(name: string, owner: string, clock: Clock): Promise<LeaseDocument | null> {
  const now = clock.now();
  try {
    return await LeaseModel.findOneAndUpdate(
      { _id: name, until: { $lt: now } },
      { $set: { owner, until: new Date(now.getTime() + ttlMs) }, $inc: { token: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
  } catch (error) {
    // Held: the upsert meets the holder's document.
    if ((error as { code?: number }).code === 11000) return null;
    throw error;
  }
}

function keep(name: string, owner: string, clock: Clock, token: number): Lease {
  const lost = new AbortController();
  const renew = async () => {
    const { matchedCount } = await LeaseModel.updateOne(
      { _id: name, owner, token },
      { $set: { until: new Date(clock.now().getTime() + ttlMs) } },
    );
    if (!matchedCount) lose();
  };
  const timer = setInterval(() => renew().catch(lose), ttlMs / 3);
  timer.unref();
  function lose(): void {
    clearInterval(timer);
    lost.abort();
  }
  return {
    token,
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      await LeaseModel.updateOne({ _id: name, owner, token }, { $set: { until: new Date(0) } });
    },
  };
}

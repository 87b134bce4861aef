/**
 * Workers who share a queue without marking its rows: each works off those whose id falls to it. Who takes part stands
 * in the leases, and is found out again every second while there is work; for so long two may be at the same row, which
 * the transaction that strikes it has to prevent.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { LeaseModel } from './lease.ts';

export type Shares = {
  /** Takes part from now on, and answers which ids are this worker's. */
  part(): Promise<(id: string) => boolean>;
  /** Looks at once who takes part: another one was met. */
  again(): void;
  /** The others need not wait for this one's silence to be noticed. */
  leave(): Promise<void>;
};

/** Who was not heard of for so long is gone: the rest share what was theirs. */
const aliveMs = 3000;
const refreshMs = 1000;

/** @param queue no `:` in it */
export function createShares(queue: string, clock: Clock): Shares {
  const own = `${queue}:${randomUUID()}`;
  let mine: (id: string) => boolean = () => true;
  let seen: number | undefined;

  async function part(): Promise<(id: string) => boolean> {
    const now = clock.now().getTime();
    // A clock may be put back.
    if (seen !== undefined && Math.abs(now - seen) < refreshMs) return mine;
    const until = new Date(now + aliveMs);
    await LeaseModel.updateOne({ _id: own }, { $set: { owner: own, until, token: 0 } }, { upsert: true });
    const those = { _id: { $gte: `${queue}:`, $lt: `${queue};` } };
    await LeaseModel.deleteMany({ ...those, until: { $lt: new Date(now - 20 * aliveMs) } });
    const alive = await LeaseModel.find({ ...those, until: { $gt: new Date(now), $lte: until } }).lean();
    const members = alive.map(({ _id }) => _id);
    mine = members.length > 1 ? (id) => ownerOf(id, members) === own : () => true;
    seen = now;
    return mine;
  }

  return {
    part,
    again: () => {
      seen = undefined;
    },
    leave: async () => {
      if (seen !== undefined) await LeaseModel.deleteOne({ _id: own });
      seen = undefined;
    },
  };
}

/** Of all members the one whose hash with the id is highest: when one goes, only its rows change hands. */
function ownerOf(id: string, members: string[]): string {
  let [best, highest] = [members[0]!, -1];
  for (const member of members) {
    const hash = hashOf(id, hashOf(member));
    if (hash > highest) [best, highest] = [member, hash];
  }
  return best;
}

/** FNV-1a, its bits mixed at the end: ids that differ in their last letter only are spread as well. */
function hashOf(text: string, from = 0x811c9dc5): number {
  let hash = from;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

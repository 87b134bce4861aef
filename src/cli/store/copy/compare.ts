import { createHash } from 'node:crypto';
import type { MongoClient } from 'mongodb';
import type { Source } from './collections.ts';
import { RAW } from './documents.ts';

/** How many documents there are, and a number that is the same for the same documents in whatever order. */
export interface Content {
  count: number;
  hash: string;
}

export async function contentOf(
  client: MongoClient,
  { db, name }: Source,
  onRead: (count: number) => void = () => {},
): Promise<Content> {
  let count = 0;
  let sum = 0n;
  const cursor = client.db(db).collection(name).find({}, RAW);
  for await (const item of cursor as unknown as AsyncIterable<Buffer>) {
    const digest = createHash('sha256').update(item).digest();
    // A sum does not cancel out what is there twice, as an exclusive or would.
    sum = BigInt.asUintN(128, sum + ((digest.readBigUInt64BE(0) << 64n) | digest.readBigUInt64BE(8)));
    count++;
    onRead(1);
  }
  return { count, hash: sum.toString(16).padStart(32, '0') };
}

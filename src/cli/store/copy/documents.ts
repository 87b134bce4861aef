import type { Document, MongoClient } from 'mongodb';
import type { Source } from './collections.ts';
import { exact, idOf } from './exact.ts';

const BATCH_DOCUMENTS = 1000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Copies what the target does not have yet. Documents go in the order of their `_id` and every batch in order, so
 * what is there is always a beginning of the whole: after whatever end it goes on behind the last one that is there.
 */
export async function copyDocuments(
  source: MongoClient,
  target: MongoClient,
  { db, name, ns, options }: Source,
  onCopied: (count: number) => void,
): Promise<void> {
  // A capped collection is its order of arrival, which does not tell where to go on: it is copied anew.
  const isCapped = options.capped === true;
  if (isCapped) await remake(target, db, name, options);
  const into = target.db(db).collection(name);
  const [last] = (await into.find({}, RAW).sort({ _id: -1 }).limit(1).toArray()) as unknown as Buffer[];
  if (last !== undefined) onCopied(await into.countDocuments({}));
  // $gt in a filter would stay within the type of the last one; as an expression it goes on through all types.
  const rest = last === undefined ? {} : { $expr: { $gt: ['$_id', { $literal: idOf(last) }] } };
  const cursor = source
    .db(db)
    .collection(name)
    .find(rest, RAW)
    .sort(isCapped ? { $natural: 1 } : { _id: 1 });
  let batch: Document[] = [];
  let bytes = 0;
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    // Documents that were let in under another rule stay; ids are there already.
    await into.insertMany(batch, {
      bypassDocumentValidation: true,
      forceServerObjectId: true,
      ordered: true,
    });
    onCopied(batch.length);
    batch = [];
    bytes = 0;
  };
  for await (const item of cursor as unknown as AsyncIterable<Buffer>) {
    if (bytes + item.length > BATCH_BYTES) await send();
    batch.push(exactly(item, ns));
    bytes += item.length;
    if (batch.length === BATCH_DOCUMENTS) await send();
  }
  await send();
}

async function remake(target: MongoClient, db: string, name: string, options: Document): Promise<void> {
  await target.db(db).collection(name).drop();
  await target.db(db).command({ create: name, ...options });
}

export const RAW = { raw: true, batchSize: BATCH_DOCUMENTS, promoteValues: false } as const;

function exactly(item: Buffer, ns: string): Document {
  try {
    return exact(item);
  } catch (error) {
    throw new Error(`${ns}: ${(error as Error).message}`);
  }
}

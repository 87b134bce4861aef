import type { Collator, Doc, Value } from '../bson/index.ts';
import { compileKeyOrder, parseSort, sortKeyOf } from '../query/index.ts';
import { MEMORY_LIMIT, RunSorter } from '../query/run-sort.ts';
import { Stored } from '../storage/records.ts';
import { boolField, type Context, TimeSlice } from './context.ts';

interface Row {
  key: Value[];
  stored: Stored;
}

/** So many at most are sorted again and again as others come; more are sorted in runs. */
const FEW = 10_000;

/** What a plan gives in no order, in the order asked for; only the first `needed`, if that is not 0. */
export async function* sorted(
  ctx: Context,
  batches: Iterable<Stored[]>,
  sort: Doc,
  collator: Collator | undefined,
  needed: number,
): AsyncGenerator<Stored[]> {
  if (needed > 0 && needed <= FEW) yield await first(ctx, batches, sort, collator, needed);
  else yield* all(ctx, batches, sort, collator);
}

function orderOf(sort: Doc, collator: Collator | undefined) {
  const keys = parseSort(sort);
  const keyOf = sortKeyOf(keys, collator);
  const fields = new Set(keys.map((key) => key.path.parts[0]!));
  return {
    keyOf: (stored: Stored) => keyOf(stored.fields(fields)),
    order: compileKeyOrder(keys, collator),
  };
}

/** Never holds much more than the best ones so far. */
async function first(
  ctx: Context,
  batches: Iterable<Stored[]>,
  sort: Doc,
  collator: Collator | undefined,
  needed: number,
): Promise<Stored[]> {
  const { keyOf, order } = orderOf(sort, collator);
  const slice = new TimeSlice(ctx);
  const cut = Math.max(needed * 2, 1000);
  let held: Row[] = [];
  for (const batch of batches) {
    for (const stored of batch) held.push({ key: keyOf(stored), stored });
    if (held.length > cut) {
      held.sort((a, b) => order(a.key, b.key));
      held = held.slice(0, needed);
      for (const { stored } of held) stored.detach();
    }
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  held.sort((a, b) => order(a.key, b.key));
  return held.map(({ stored }) => stored);
}

async function* all(
  ctx: Context,
  batches: Iterable<Stored[]>,
  sort: Doc,
  collator: Collator | undefined,
): AsyncGenerator<Stored[]> {
  const slice = new TimeSlice(ctx);
  const sorter = new RunSorter<Stored>({
    name: `Executor error during ${ctx.name} command :: caused by :: Sort`,
    ...orderOf(sort, collator),
    size: (stored) => stored.size,
    encode: withRecord,
    decode: withoutRecord,
    mayUseDisk: !ctx.body.has('allowDiskUse') || boolField(ctx.body, 'allowDiskUse'),
    limit: MEMORY_LIMIT,
  });
  try {
    for (const batch of batches) {
      for (const stored of batch) sorter.add(stored);
      const pause = slice.pause();
      if (pause !== undefined) await pause;
    }
    for (const batch of sorter.results()) {
      yield batch;
      const pause = slice.pause();
      if (pause !== undefined) await pause;
    }
  } finally {
    sorter.close();
  }
}

const RECORD = 8;

function withRecord(stored: Stored): Uint8Array {
  const bytes = Buffer.allocUnsafe(RECORD + stored.size);
  bytes.writeDoubleLE(stored.record, 0);
  bytes.set(stored.bytes, RECORD);
  return bytes;
}

function withoutRecord(bytes: Uint8Array): Stored {
  const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Stored(page.readDoubleLE(0), page, RECORD);
}

import { decode } from '../../bson/decode.ts';
import { encode } from '../../bson/encode.ts';
import { type Doc, int, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { refuseNear } from '../../geo/near-query.ts';
import { compileFilter } from '../../query/filter.ts';
import { RunSorter } from '../../query/run-sort.ts';
import { compileKeyOrder, parseSort, sortKeyOf } from '../../query/sort.ts';
import {
  breather,
  chunks,
  each,
  limitOf,
  type MakeStage,
  mayUseDisk,
  type Stage,
  wantCount,
  wantDoc,
} from '../stage.ts';

export const match: MakeStage = (spec, context) => {
  const filter = wantDoc(spec, 15959, 'the match filter must be an expression in an object');
  refuseNear(filter);
  const matches = compileFilter(filter, context);
  return each((doc) => (matches(doc) ? doc : undefined));
};

export const limit: MakeStage = (spec) => {
  const n = wantCount(spec, 1n, 15958, 'invalid argument to $limit stage: the limit must be positive');
  return async function* (input) {
    let left = n;
    for await (const batch of input) {
      if (batch.length < left) {
        left -= batch.length;
        yield batch;
      } else {
        yield batch.slice(0, left);
        return;
      }
    }
  };
};

export const skip: MakeStage = (spec) => {
  const n = wantCount(
    spec,
    0n,
    5107200,
    'invalid argument to $skip stage: Expected a non-negative number in',
  );
  return async function* (input) {
    let left = n;
    for await (const batch of input) {
      if (left >= batch.length) left -= batch.length;
      else {
        yield left === 0 ? batch : batch.slice(left);
        left = 0;
      }
    }
  };
};

export const count: MakeStage = (spec) => {
  if (typeof spec !== 'string') throw fault(40156, 'the count field must be a non-empty string');
  if (spec === '') throw fault(40156, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw fault(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('\0')) throw fault(40159, 'the count field cannot contain a null byte');
  if (spec.includes('.')) throw fault(40160, "the count field cannot contain '.'");
  return async function* (input) {
    let n = 0;
    for await (const batch of input) n += batch.length;
    if (n > 0) yield [new Map<string, Value>([[spec, int(n)]])];
  };
};

/** Keys are made once a document; equal ones keep their order. */
export const sort: MakeStage = (spec, context) => {
  const doc = wantDoc(spec, 15973, 'the $sort key specification must be an object');
  if (doc.size === 0) throw fault(15976, '$sort stage must have at least one sort key');
  return sortStage(doc, context);
};

interface Row {
  key: Value[];
  doc: Doc;
}

/** Rows gathered beyond what a limited sort needs before it throws the worst away. */
const SLACK = 1000;
/** With a larger limit a sort is done as one without. */
const MAX_HELD = 10_000;

/** With a limit after it, a sort holds no more than it needs. */
export function sortStage(
  spec: Doc,
  context: Parameters<MakeStage>[1],
  limit = Number.POSITIVE_INFINITY,
): Stage {
  const keys = parseSort(spec);
  const keyOf = sortKeyOf(keys, context.collation);
  const order = compileKeyOrder(keys, context.collation);
  if (limit > MAX_HELD) return externalSort(keyOf, order, context, limit);
  return async function* (input) {
    let rows: Row[] = [];
    const cut = () => {
      rows.sort((a, b) => order(a.key, b.key));
      if (rows.length > limit) rows = rows.slice(0, limit);
    };
    for await (const batch of input)
      for (const item of batch) {
        if (rows.length > 2 * limit + SLACK) cut();
        rows.push({ key: keyOf(item), doc: item });
      }
    cut();
    yield* chunks(rows.map((r) => r.doc));
  };
}

function externalSort(
  keyOf: (doc: Doc) => Value[],
  order: (a: Value[], b: Value[]) => number,
  context: Parameters<MakeStage>[1],
  limit: number,
): Stage {
  return async function* (input) {
    const sorter = new RunSorter<Doc>({
      name: 'Sort',
      keyOf,
      order,
      size: sizer(),
      encode,
      decode,
      mayUseDisk: mayUseDisk(context),
      limit: limitOf(context),
    });
    const breathe = breather();
    try {
      for await (const batch of input) {
        for (const item of batch) sorter.add(item);
        await breathe();
      }
      let left = limit;
      for (const batch of sorter.results()) {
        yield batch.length <= left ? batch : batch.slice(0, left);
        left -= batch.length;
        if (left <= 0) return;
        await breathe();
      }
    } finally {
      sorter.close();
    }
  };
}

/** About how large documents are: one in sixteen is measured. */
function sizer(): (doc: Doc) => number {
  let seen = 0;
  let last = 0;
  return (doc) => {
    if (seen++ % 16 === 0) last = encode(doc).length;
    return last;
  };
}

/** A random choice without repeats, each document as likely as any other. */
export const sample: MakeStage = (spec) => {
  if (!isDoc(spec)) throw fault(28745, 'the $sample stage specification must be an object');
  for (const key of spec.keys())
    if (key !== 'size') throw fault(28748, `unrecognized option to $sample: ${key}`);
  if (!spec.has('size')) throw fault(28749, '$sample stage must specify a size');
  const size = wantCount(spec.get('size')!, 1n, 28747, 'size argument to $sample must be a positive integer');
  return async function* (input) {
    const chosen: Doc[] = [];
    let seen = 0;
    for await (const batch of input)
      for (const doc of batch) {
        seen++;
        if (chosen.length < size) chosen.push(doc);
        else {
          const at = Math.floor(Math.random() * seen);
          if (at < size) chosen[at] = doc;
        }
      }
    for (let i = chosen.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [chosen[i], chosen[j]] = [chosen[j]!, chosen[i]!];
    }
    yield* chunks(chosen);
  };
};

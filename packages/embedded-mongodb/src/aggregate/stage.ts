import { show } from '../bson/ejson.ts';
import { encode } from '../bson/encode.ts';
import { type Numeric, toExactBigInt } from '../bson/numbers.ts';
import { type Doc, isDoc, isNumber, typeName, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { MEMORY_LIMIT } from '../query/run-sort.ts';
import type { PipelineContext } from './context.ts';

/** Documents flow in batches, because a promise for each would cost more than the work on it. */
export type Batches = AsyncIterable<Doc[]>;
export type Stage = (input: Batches) => Batches;
export type MakeStage = (spec: Value, context: PipelineContext, position: number) => Stage;

export const BATCH = 512;

/** A stage that works on one document at a time; `undefined` drops it. */
export function each(work: (doc: Doc) => Doc | undefined): Stage {
  return async function* (input) {
    for await (const batch of input) {
      const out: Doc[] = [];
      for (const doc of batch) {
        const result = work(doc);
        if (result !== undefined) out.push(result);
      }
      if (out.length > 0) yield out;
    }
  };
}

/** A stage that must see all documents first. It is held to the memory limit. */
export function blocking(
  name: string,
  context: PipelineContext,
  work: (docs: Doc[]) => Iterable<Doc>,
): Stage {
  return async function* (input) {
    const memory = new Memory(name, context);
    const all: Doc[] = [];
    for await (const batch of input)
      for (const doc of batch) {
        memory.count(doc);
        all.push(doc);
      }
    yield* chunks(work(all));
  };
}

export function* chunks(docs: Iterable<Doc>): Generator<Doc[]> {
  let batch: Doc[] = [];
  for (const doc of docs) {
    batch.push(doc);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

export async function* inBatches(source: AsyncIterable<Doc> | Iterable<Doc>): Batches {
  if (Symbol.iterator in source) {
    yield* chunks(source);
    return;
  }
  // A small first batch, so that a $limit or a first reply does not wait for many documents.
  let size = 32;
  let batch: Doc[] = [];
  for await (const doc of source) {
    batch.push(doc);
    if (batch.length >= size) {
      yield batch;
      batch = [];
      size = BATCH;
    }
  }
  if (batch.length > 0) yield batch;
}

/** Lets others have the thread when a stage has worked for a few milliseconds on what it holds. */
export function breather(): () => Promise<void> | undefined {
  let start = performance.now();
  return () => {
    if (performance.now() - start < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        start = performance.now();
        resolve();
      });
    });
  };
}

const SLICE_MS = 4;

export async function* flatten(batches: Batches): AsyncIterable<Doc> {
  for await (const batch of batches) yield* batch;
}

/** MongoDB's own limit on what one stage holds. */
export const limitOf = (context: PipelineContext): number => context.memoryLimit ?? MEMORY_LIMIT;

/** Disk is used unless that was forbidden, as MongoDB does since version 6. */
export const mayUseDisk = (context: PipelineContext): boolean => context.allowDiskUse !== false;

/** Estimates what a stage that cannot use the disk holds, by weighing one document in sixteen. */
export class Memory {
  private bytes = 0;
  private seen = 0;
  private last = 0;
  private readonly name: string;
  private readonly limit: number;

  constructor(name: string, context: PipelineContext) {
    this.name = name;
    this.limit = limitOf(context);
  }

  count(doc: Doc): void {
    if (this.seen++ % 16 === 0) this.last = encode(doc).length;
    this.bytes += this.last;
    if (this.bytes > this.limit)
      throw fault(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `${this.name} exceeded the memory limit of ${this.limit} bytes, and cannot use the disk here. Filter and project before it.`,
      );
  }
}

export function wantDoc(spec: Value, code: number, message: string): Doc {
  if (!isDoc(spec)) throw fault(code, `${message}, found: ${typeName(spec)}`);
  return spec;
}

/** A whole number for `$limit`, `$skip` and `$sample`. */
export function wantCount(spec: Value, minimum: bigint, code: number, message: string): number {
  const n = isNumber(spec) ? toExactBigInt(spec as Numeric) : undefined;
  if (n === undefined || n < minimum) throw fault(code, `${message}: ${show(spec)}`);
  return Number(n);
}

export function onlyKeys(
  spec: Doc,
  allowed: readonly string[],
  code: number | 'FailedToParse',
  stage: string,
): void {
  for (const key of spec.keys())
    if (!allowed.includes(key)) throw fault(code, `BSON field '${stage}.${key}' is an unknown field.`);
}

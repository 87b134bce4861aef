import type { Collator } from '../../bson/collation.ts';
import { decode } from '../../bson/decode.ts';
import { encode } from '../../bson/encode.ts';
import { keyBytes } from '../../bson/key.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { weigh } from '../../bson/weigh.ts';
import { fault } from '../../errors.ts';
import { hashKey } from '../../query/in-set.ts';
import { Scratch, type ScratchRun } from '../../query/scratch.ts';
import type { PipelineContext } from '../context.ts';
import type { Env, Expr } from '../expression.ts';
import type { GroupState } from '../group-accumulators.ts';
import { BATCH, type Batches, breather, limitOf, mayUseDisk } from '../stage.ts';

interface Group {
  id: Value;
  states: GroupState[];
  bytes: number;
  /** Its further documents wait on the disk until others have been given out. */
  isFrozen: boolean;
}

/** What a group and one of its accumulators take beside the values that they hold. */
const GROUP_BYTES = 200;
const STATE_BYTES = 100;
/** ExceededMemoryLimit. */
const EXCEEDED = 146;

/**
 * Groups documents within a limit on memory. When it is reached, documents of new groups, and of some of the old ones,
 * go to the disk in their order; when the groups that went on have been given out, those are next.
 */
export class Grouping {
  readonly #id: Expr;
  readonly #fields: [string, (env: Env) => GroupState][];
  readonly #context: PipelineContext;
  readonly #limit: number;
  #groups = new Map<string | number, Group>();
  #bytes = 0;
  /** Where the next step is due. */
  #threshold: number;

  constructor(id: Expr, fields: [string, (env: Env) => GroupState][], context: PipelineContext) {
    this.#id = id;
    this.#fields = fields;
    this.#context = context;
    this.#limit = limitOf(context);
    this.#threshold = this.#limit;
  }

  async *run(input: Batches): Batches {
    let scratch: Scratch | undefined;
    try {
      for (let source = input; ; ) {
        const next = new Scratch();
        const waiting = await this.#feed(source, next);
        // What this pass has read is not needed any more.
        scratch?.close();
        scratch = next;
        yield* this.#finished();
        if (waiting === undefined && this.#groups.size === 0) return;
        source = documentsOf(next, waiting ?? next.start());
      }
    } finally {
      scratch?.close();
    }
  }

  async #feed(input: Batches, scratch: Scratch): Promise<ScratchRun | undefined> {
    const env: Env = { root: undefined, vars: [] };
    const breathe = breather();
    let waiting: ScratchRun | undefined;
    for await (const batch of input) {
      for (const doc of batch) {
        env.root = doc;
        const id = this.#id(env) ?? null;
        const key = groupKey(id, this.#context.collation);
        let group = this.#groups.get(key);
        if (group?.isFrozen || (group === undefined && this.#threshold > this.#limit)) {
          waiting ??= scratch.start();
          scratch.append(waiting, encode(doc));
          continue;
        }
        if (group === undefined) {
          group = this.#open(id, env);
          this.#groups.set(key, group);
        }
        let held = 0;
        for (const state of group.states) held += state.feed(env) ?? 0;
        group.bytes += held;
        this.#bytes += held;
        if (this.#bytes > this.#threshold) this.#makeRoom();
      }
      await breathe();
    }
    return waiting;
  }

  #open(id: Value, env: Env): Group {
    const bytes = GROUP_BYTES + STATE_BYTES * this.#fields.length + weigh(id);
    this.#bytes += bytes;
    return { id, states: this.#fields.map(([, make]) => make(env)), bytes, isFrozen: false };
  }

  /** From now on no new groups, and only the older half of those that still take documents. */
  #makeRoom(): void {
    if (!mayUseDisk(this.#context)) {
      throw fault(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Exceeded memory limit of ${this.#limit} bytes for $group, but didn't allow external sort. Pass allowDiskUse:true to opt in.`,
      );
    }
    const active = [...this.#groups.values()].filter((group) => !group.isFrozen);
    const isFirst = this.#threshold === this.#limit;
    this.#threshold = this.#bytes + this.#limit / 8;
    if (isFirst) return;
    if (active.length === 1 && active[0]!.bytes > this.#limit) {
      throw fault(
        EXCEEDED,
        `A group used too much memory and cannot spill to disk. Memory limit: ${this.#limit} bytes`,
      );
    }
    for (const group of active.slice(Math.ceil(active.length / 2))) group.isFrozen = true;
  }

  /** Gives out the groups that are complete; the others go on. */
  async *#finished(): Batches {
    const breathe = breather();
    let batch: Doc[] = [];
    for (const [key, group] of this.#groups) {
      if (group.isFrozen) {
        group.isFrozen = false;
        continue;
      }
      this.#groups.delete(key);
      this.#bytes -= group.bytes;
      batch.push(this.#result(group));
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
        await breathe();
      }
    }
    this.#threshold = Math.max(this.#limit, this.#bytes);
    if (batch.length > 0) yield batch;
  }

  #result({ id, states }: Group): Doc {
    const out: Doc = new Map([['_id', id]]);
    states.forEach((state, i) => {
      out.set(this.#fields[i]![0], state.result() ?? null);
    });
    return out;
  }
}

async function* documentsOf(scratch: Scratch, run: ScratchRun): Batches {
  for (const page of scratch.read(run)) yield page.map((bytes) => decode(bytes));
}

/** Values that compare equal have equal keys. */
export function groupKey(value: Value, collation?: Collator): string | number {
  return hashKey(value, collation) ?? `k${Buffer.from(keyBytes([value], [1], collation)).latin1Slice()}`;
}

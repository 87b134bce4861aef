import { type Doc, decode, decodeFields, Timestamp, type Value } from '../bson/index.ts';
import { fault, MongoServerFault } from '../errors.ts';
import { plan } from '../planner/plan.ts';
import { scan } from '../planner/scan.ts';
import { compileFilter } from '../query/index.ts';
import { positionOf } from './change-log.ts';
import { boolField, type Context, doc, docField, intField } from './context.ts';
import { openCursor, type Results } from './cursors.ts';

const READ_STEP = 200;
const FIELDS = new Set([
  'fullDocument',
  'fullDocumentBeforeChange',
  'resumeAfter',
  'startAfter',
  'startAtOperationTime',
  'allChangesForCluster',
  'showExpandedEvents',
]);

/** Runs the stages after `$changeStream` over some events. */
export type Stages = (events: Doc[]) => Promise<Doc[]>;

/** What a stream looks at. */
interface Scope {
  db?: string;
  collection?: string;
}

interface StreamOptions {
  scope: Scope;
  lookup: string;
  before: string;
  isExpanded: boolean;
  stages: Stages | undefined;
}

/** Opens a change stream on a collection, a database, or (on `admin`) everything. */
export async function changeStream(ctx: Context, spec: Value, stages: Stages | undefined): Promise<Doc> {
  if (!(spec instanceof Map)) throw fault('TypeMismatch', 'the $changeStream stage must be an object');
  for (const field of spec.keys()) {
    if (!FIELDS.has(field)) throw fault(40415, `BSON field '$changeStream.${field}' is an unknown field.`);
  }
  if (ctx.transaction !== undefined) {
    throw fault('OperationNotSupportedInTransaction', '$changeStream cannot be used in a transaction');
  }
  const target = ctx.body.get('aggregate');
  const scope: Scope = boolField(spec, 'allChangesForCluster')
    ? {}
    : { db: ctx.db, collection: typeof target === 'string' ? target : undefined };
  const log = ctx.server.changes;
  log.start();
  const stream = new Stream(ctx, startOf(ctx, spec), {
    scope,
    lookup: String(spec.get('fullDocument') ?? 'default'),
    before: String(spec.get('fullDocumentBeforeChange') ?? 'off'),
    isExpanded: boolField(spec, 'showExpandedEvents'),
    stages,
  });
  const ns = `${ctx.db}.${typeof target === 'string' ? target : '$cmd.aggregate'}`;
  const batchSize = intField(docField(ctx.body, 'cursor') ?? new Map(), 'batchSize');
  return openCursor(ctx, ns, stream, { batchSize });
}

/** Where a stream begins: after a token, at a time, or now. */
function startOf(ctx: Context, spec: Doc): Uint8Array {
  const log = ctx.server.changes;
  const token = spec.get('resumeAfter') ?? spec.get('startAfter');
  const time = spec.get('startAtOperationTime');
  let position = log.end();
  if (token !== undefined) {
    const { at, isInvalidate } = readToken(token);
    if (isInvalidate && spec.has('resumeAfter')) {
      throw fault(
        260,
        'Attempting to resume a change stream using resumeAfter is not allowed from an invalidate notification.',
      );
    }
    position = at;
  } else if (time instanceof Timestamp) {
    const before =
      time.i > 0
        ? { seconds: time.t, increment: time.i - 1 }
        : { seconds: time.t - 1, increment: 0xffffffff };
    position = positionOf(before, 0xffffffff);
  } else if (time !== undefined)
    throw fault('TypeMismatch', "BSON field '$changeStream.startAtOperationTime' must be a timestamp");
  if (!log.reaches(position)) {
    throw fault(
      286,
      'Resume of change stream was not possible, as the resume point may no longer be in the log.',
      ['NonResumableChangeStreamError'],
    );
  }
  return position;
}

const NAMES: ReadonlySet<string> = new Set(['ns', 'to']);
const INVALIDATE = 'ff';
/** Fields of the log that clients do not see as they are. */
const HIDDEN = new Set(['before', 'after', 'expanded', 'dropTarget']);

function tokenOf(position: Uint8Array, suffix = ''): Doc {
  return doc(['_data', Buffer.from(position).toString('hex').toUpperCase() + suffix.toUpperCase()]);
}

function readToken(token: Value): { at: Uint8Array; isInvalidate: boolean } {
  const data = token instanceof Map ? token.get('_data') : undefined;
  if (typeof data !== 'string' || !/^[0-9A-F]{24}(FF)?$/i.test(data)) {
    throw fault(260, 'The resume token is not one of this server.');
  }
  return { at: Buffer.from(data.slice(0, 24), 'hex'), isInvalidate: data.length > 24 };
}

/** A tailing cursor over the log. */
class Stream implements Results {
  readonly #ctx: Context;
  readonly #options: StreamOptions;
  #position: Uint8Array;
  #token: Doc;
  #ready: Doc[] = [];
  #isEnded = false;
  #stop: (() => void) | undefined;

  constructor(ctx: Context, position: Uint8Array, options: StreamOptions) {
    this.#ctx = ctx;
    this.#position = position;
    this.#options = options;
    this.#token = tokenOf(position);
  }

  async next(): Promise<IteratorResult<Doc>> {
    for (;;) {
      const event = this.#ready.shift();
      if (event !== undefined) {
        this.#token = event.get('_id') as Doc;
        return { done: false, value: event };
      }
      if (this.#isEnded || !(await this.#read())) return { done: true, value: undefined };
    }
  }

  isTailing(): boolean {
    return !this.#isEnded || this.#ready.length > 0;
  }

  resumeToken(): Doc {
    return this.#ready.length > 0 ? this.#token : this.#lastToken();
  }

  wait(ms: number): Promise<void> {
    return this.#ctx.server.changes.changed(ms, (stop) => {
      this.#stop = stop;
    });
  }

  async return(): Promise<IteratorResult<Doc>> {
    this.#isEnded = true;
    this.#stop?.();
    return { done: true, value: undefined };
  }

  #lastToken(): Doc {
    return this.#isEnded ? this.#token : tokenOf(this.#position);
  }

  /** False when the log has nothing more. */
  async #read(): Promise<boolean> {
    const log = this.#ctx.server.changes;
    if (!log.reaches(this.#position))
      throw fault(286, 'The change stream fell behind the log.', ['NonResumableChangeStreamError']);
    const entries = log.read(this.#position, READ_STEP);
    if (entries.length === 0) return false;
    let events: Doc[] = [];
    for (const entry of entries) {
      this.#position = entry.position;
      // Most are not for this stream: of those only the name is decoded.
      entry.about ??= decodeFields(entry.bytes, NAMES);
      if (!isInScope(entry.about, this.#options.scope)) continue;
      const event = decode(entry.bytes);
      const shaped = this.#shape(event, entry.position);
      if (shaped !== undefined) events.push(shaped);
      if (endsStream(event, this.#options.scope)) {
        events.push(this.#invalidate(event, entry.position));
        this.#isEnded = true;
        break;
      }
    }
    const { stages } = this.#options;
    if (stages !== undefined && events.length > 0) events = await stages(events);
    for (const event of events) {
      if (!(event.get('_id') instanceof Map)) {
        throw fatal('Encountered an event without its resume token: the pipeline must keep the field _id.');
      }
    }
    this.#ready.push(...events);
    return true;
  }

  /** The event as clients see it; undefined when only streams with expanded events tell it. */
  #shape(event: Doc, position: Uint8Array): Doc | undefined {
    const shaped = doc(['_id', tokenOf(position)]);
    const { isExpanded } = this.#options;
    if (event.get('expanded') === true && !isExpanded) return undefined;
    for (const [field, value] of event) {
      if (!HIDDEN.has(field) && (isExpanded || field !== 'collectionUUID')) shaped.set(field, value);
    }
    if (event.get('operationType') === 'rename' && isExpanded) {
      const dropped = event.get('dropTarget');
      const target: [string, Value][] = dropped === undefined ? [] : [['dropTarget', dropped]];
      shaped.set('operationDescription', doc(...target, ['to', event.get('to')!]));
    }
    const description = event.get('updateDescription');
    if (!isExpanded && description instanceof Map && description.has('disambiguatedPaths')) {
      const plain = new Map(description);
      plain.delete('disambiguatedPaths');
      shaped.set('updateDescription', plain);
    }
    if (event.get('operationType') === 'update') this.#addDocument(shaped, event);
    this.#addBefore(shaped, event);
    return shaped;
  }

  #addDocument(shaped: Doc, event: Doc): void {
    const { lookup } = this.#options;
    if (lookup === 'updateLookup') shaped.set('fullDocument', this.#lookUp(event) ?? null);
    else if (lookup === 'whenAvailable' || lookup === 'required') {
      const after = event.get('after');
      if (after === undefined && lookup === 'required') throw noImage('fullDocument');
      shaped.set('fullDocument', after ?? null);
    } else if (lookup !== 'default') {
      throw fault(
        'BadValue',
        `Enumeration value '${lookup}' for field '$changeStream.fullDocument' is not a valid value.`,
      );
    }
  }

  #addBefore(shaped: Doc, event: Doc): void {
    const { before } = this.#options;
    if (before === 'off' || !['update', 'replace', 'delete'].includes(event.get('operationType') as string))
      return;
    const image = event.get('before');
    if (image === undefined && before === 'required') throw noImage('fullDocumentBeforeChange');
    shaped.set('fullDocumentBeforeChange', image ?? null);
  }

  #lookUp(event: Doc): Doc | undefined {
    const { server } = this.#ctx;
    const ns = event.get('ns') as Doc;
    const collection = server.catalog.get(`${ns.get('db')}.${ns.get('coll')}`);
    if (collection === undefined) return undefined;
    const filter = event.get('documentKey') as Doc;
    const matches = compileFilter(filter, {});
    const found = plan(collection, { filter });
    for (const batch of scan(server.store.view, collection, found, { keys: 0, docs: 0 })) {
      for (const stored of batch) if (matches(stored.doc)) return stored.doc;
    }
    return undefined;
  }

  #invalidate(event: Doc, position: Uint8Array): Doc {
    return doc(
      ['_id', tokenOf(position, INVALIDATE)],
      ['operationType', 'invalidate'],
      ['clusterTime', event.get('clusterTime')!],
      ['wallTime', event.get('wallTime')!],
    );
  }
}

function isInScope(event: Doc, scope: Scope): boolean {
  if (scope.db === undefined) return true;
  const ns = event.get('ns') as Doc;
  if (ns.get('db') !== scope.db) return isRenameInto(event, scope);
  if (scope.collection === undefined) return true;
  // The end of the database is the end of a collection in it, and is told as its own drop.
  return ns.get('coll') === scope.collection || isRenameInto(event, scope);
}

function isRenameInto(event: Doc, scope: Scope): boolean {
  const to = event.get('to');
  if (!(to instanceof Map) || to.get('db') !== scope.db) return false;
  return scope.collection === undefined || to.get('coll') === scope.collection;
}

function endsStream(event: Doc, scope: Scope): boolean {
  const type = event.get('operationType');
  if (scope.collection !== undefined) return type === 'drop' || type === 'rename' || type === 'dropDatabase';
  return scope.db !== undefined && type === 'dropDatabase';
}

function noImage(field: string): Error {
  return fatal(
    `The option ${field}: 'required' needs images, which the collection does not keep (changeStreamPreAndPostImages).`,
  );
}

function fatal(message: string): Error {
  return new MongoServerFault(280, 'ChangeStreamFatalError', message, ['NonResumableChangeStreamError']);
}

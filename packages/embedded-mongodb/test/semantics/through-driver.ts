import * as bson from 'bson';
import { type Collection, type Db, MongoServerError } from 'mongodb';
import { formatDecimal } from '../../src/bson/decimal.ts';
import { decode } from '../../src/bson/decode.ts';
import {
  Binary,
  BsonDate,
  BsonRegExp,
  Decimal128,
  type Doc,
  Int32,
  intValue,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from '../../src/bson/values.ts';
import { type Case, field, type Outcome } from './case.ts';
import { expressionPipeline } from './direct.ts';

/** Runs a case on a server, through the official driver. Documents are sent as Maps, so that names keep their order. */
export async function runThroughDriver(db: Db, { docs, op }: Case, id: number): Promise<Outcome> {
  const coll = db.collection(`c${id}`);
  const others = op.has('aggregate') ? field(op, 'aggregate').get('collections') : undefined;
  try {
    await fill(coll, docs);
    if (others instanceof Map)
      for (const [name, list] of others) {
        await db.collection(name).deleteMany({});
        await fill(db.collection(name), list as Doc[]);
      }
    if (op.has('find')) return { docs: await find(coll, field(op, 'find')) };
    if (op.has('update')) return await update(db, coll, field(op, 'update'));
    const spec = op.has('expr')
      ? new Map<string, Value>([['pipeline', expressionPipeline(op.get('expr')!)]])
      : field(op, 'aggregate');
    return { docs: await aggregate(db, coll, spec) };
  } catch (error) {
    if (error instanceof MongoServerError) return { error: Number(error.code) };
    throw error;
  }
}

async function fill(coll: Collection, docs: Doc[]): Promise<void> {
  if (docs.length > 0) await coll.insertMany(docs.map(toDriver) as never, { forceServerObjectId: true });
}

async function find(coll: Collection, spec: Doc): Promise<Doc[]> {
  const options: Record<string, unknown> = { raw: true };
  for (const name of ['projection', 'sort', 'skip', 'limit', 'collation'])
    if (spec.has(name)) options[name] = plain(name, spec.get(name)!);
  return (await coll.find(toDriver(spec.get('filter')!) as never, options).toArray()).map(read);
}

/** A sort is left a Map; numbers of options are plain. */
function plain(name: string, v: Value): unknown {
  if (name === 'collation') return Object.fromEntries([...(v as Doc)].map(([k, x]) => [k, intValue(x) ?? x]));
  if (name === 'sort') return new Map([...(v as Doc)].map(([k, x]) => [k, intValue(x)]));
  return intValue(v) ?? toDriver(v);
}

async function update(db: Db, coll: Collection, spec: Doc): Promise<Outcome> {
  const statement = new Map([...spec].map(([k, v]) => [k, toDriver(v)]));
  if (!statement.has('multi')) statement.set('multi', spec.get('upsert') !== true);
  const reply = await db.command({ update: coll.collectionName, updates: [statement] });
  const failed = reply.writeErrors?.[0];
  if (failed) return { error: Number(failed.code) };
  const after = await coll.find({}, { raw: true }).toArray();
  return { docs: after.map(read), modified: reply.nModified };
}

async function aggregate(db: Db, coll: Collection, spec: Doc): Promise<Doc[]> {
  const stages = spec.get('pipeline') as Value[];
  const first = stages[0];
  const source = first instanceof Map && first.has('$documents') ? db : coll;
  const pipeline = toDriver(stages) as never;
  return (await source.aggregate(pipeline, { raw: true }).toArray()).map(read);
}

const read = (raw: unknown): Doc => decode(raw as Uint8Array);

function toDriver(v: Value): unknown {
  if (v instanceof Map) return new Map([...v].map(([k, item]) => [k, toDriver(item)]));
  if (Array.isArray(v)) return v.map(toDriver);
  if (typeof v === 'number') return new bson.Double(v);
  if (typeof v === 'bigint') return bson.Long.fromBigInt(v);
  if (v instanceof Int32) return new bson.Int32(v.value);
  if (v instanceof BsonDate) return new Date(v.ms);
  if (v instanceof ObjectId) return new bson.ObjectId(v.hex);
  if (v instanceof Decimal128) return bson.Decimal128.fromString(formatDecimal(v));
  if (v instanceof Timestamp) return new bson.Timestamp({ t: v.t, i: v.i });
  if (v instanceof Binary) return new bson.Binary(v.bytes, v.subtype);
  if (v instanceof BsonRegExp) return new bson.BSONRegExp(v.pattern, v.options);
  if (v instanceof MinKey) return new bson.MinKey();
  if (v instanceof MaxKey) return new bson.MaxKey();
  return v;
}

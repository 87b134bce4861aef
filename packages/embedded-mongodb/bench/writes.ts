import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { type Doc, encode, ObjectId, type Value } from '../src/bson/index.ts';
import { startEmbedded } from '../src/index.ts';
import { Catalog } from '../src/storage/catalog.ts';
import { insertUnit } from '../src/storage/records.ts';
import { Store } from '../src/storage/store.ts';
import { freshFolder, median, RECORD_BYTES, rate, rawRate } from './measure.ts';

/** One way of writing acknowledged documents, and how it is to compare with the bare disk. */
interface Scenario {
  name: string;
  clients: number;
  target: number;
  open(folder: string): Promise<Writer>;
}

interface Writer {
  write(): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface Comparison {
  name: string;
  target: number;
  ratios: number[];
  rate: number;
  raw: number;
}

const SCENARIOS: Scenario[] = [
  { name: 'storage', clients: 1, target: 0.9, open: openStorage },
  { name: 'storage', clients: 64, target: 10, open: openStorage },
  { name: 'driver', clients: 1, target: 0, open: openDriver },
  { name: 'driver', clients: 64, target: 0, open: openDriver },
  { name: 'mongoose', clients: 1, target: 0.25, open: openMongoose },
  { name: 'mongoose', clients: 64, target: 1.3, open: openMongoose },
];

/** Each round measures the bare disk before and after, so that a busy machine slows both. */
export async function compareWrites(rounds: number, ms: number): Promise<Comparison[]> {
  const all: Comparison[] = [];
  for (const { name, clients, target, open } of SCENARIOS) {
    const folder = freshFolder();
    const writer = await open(folder);
    await rate(ms, clients, writer.write);
    const ratios: number[] = [];
    const rates: number[] = [];
    const raws: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = rawRate(folder, ms / 2);
      const found = await rate(ms, clients, writer.write);
      const raw = (before + rawRate(folder, ms / 2)) / 2;
      ratios.push(found / raw);
      rates.push(found);
      raws.push(raw);
    }
    await writer.close();
    rmSync(folder, { recursive: true, force: true });
    const label = `${name}, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
    all.push({ name: label, target, ratios, rate: median(rates), raw: median(raws) });
  }
  return all;
}

const PAD = 'x'.repeat(RECORD_BYTES - 60);

async function openStorage(folder: string): Promise<Writer> {
  const store = new Store(join(folder, 'storage.db'));
  const collection = new Catalog(store).create('bench', 'things');
  return {
    write: () =>
      new Promise<void>((resolve, reject) => {
        const document: Doc = new Map<string, Value>([
          ['_id', ObjectId.generate()],
          ['pad', PAD],
        ]);
        store.apply(insertUnit(store.view, collection, document, encode(document)));
        store.whenDurable((error) => (error === undefined ? resolve() : reject(error)));
      }),
    close: async () => store.close(),
  };
}

async function openDriver(folder: string): Promise<Writer> {
  const server = await startEmbedded({ dataDir: folder });
  const client = await MongoClient.connect(server.uri, { maxPoolSize: 64 });
  const things = client.db('bench').collection('things');
  return {
    write: () => things.insertOne({ pad: PAD }),
    close: async () => {
      await client.close();
      await server.close();
    },
  };
}

async function openMongoose(folder: string): Promise<Writer> {
  const server = await startEmbedded({ dataDir: folder });
  const connection = await mongoose
    .createConnection(server.uri, { dbName: 'bench', maxPoolSize: 64 })
    .asPromise();
  const schema = new mongoose.Schema({ pad: String, at: Date, n: Number });
  const Thing = connection.model('Thing', schema);
  let n = 0;
  return {
    write: () => Thing.create({ pad: PAD, at: new Date(), n: n++ }),
    close: async () => {
      await connection.close();
      await server.close();
    },
  };
}

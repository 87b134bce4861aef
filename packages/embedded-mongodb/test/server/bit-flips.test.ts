import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer } from '../../src/wire/server.ts';
import { seeded } from './crash/traffic.ts';
import { freshFolder, RawClient } from './harness.ts';

const PAGE = 8192;
const DOCUMENTS = 1500;

let folder: string;
let whole: Buffer;
let answers: string;
let pages: Map<string, number[]>;

beforeAll(async () => {
  folder = freshFolder();
  const dataDir = join(folder, 'made');
  mkdirSync(dataDir);
  await withServer(dataDir, async (client) => {
    const send = (body: Record<string, unknown>) => client.command({ ...body, $db: 'test' });
    await send({
      createIndexes: 'things',
      indexes: [
        { key: { n: 1 }, name: 'n_1', unique: true },
        { key: { group: 1, text: -1 }, name: 'compound' },
        { key: { tags: 1 }, name: 'tags_1' },
      ],
    });
    const documents = Array.from({ length: DOCUMENTS }, (_, i) => ({
      _id: i,
      n: i * 7,
      group: i % 13,
      text: `text ${(i * 7919) % 1009} `.repeat(8),
      tags: [i % 5, i % 17],
      // A few that go over several pages.
      ...(i % 100 === 0 && { long: 'long '.repeat(5000) }),
    }));
    for (let from = 0; from < DOCUMENTS; from += 100) {
      await send({ insert: 'things', documents: documents.slice(from, from + 100) });
    }
    // Leaves free pages behind.
    await send({ delete: 'things', deletes: [{ q: { _id: { $gte: DOCUMENTS - 200 } }, limit: 0 }] });
  });
  whole = readFileSync(join(dataDir, 'embedded.db'));
  pages = classify(whole);
  answers = (await ask(whole, 'whole')) as string;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withServer<T>(dataDir: string, work: (client: RawClient) => Promise<T>): Promise<T> {
  const path = join(dataDir, 'mongodb.sock');
  const server = await openServer({ dataDir, endpoint: { path } });
  const client = await RawClient.connect(`mongodb://${encodeURIComponent(path)}/`);
  try {
    return await work(client);
  } finally {
    client.close();
    await server.close();
  }
}

/** Everything that can be asked of the data, in every way; or that it is refused. */
async function ask(bytes: Buffer, name: string): Promise<string | 'refused'> {
  const dataDir = join(folder, name);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, 'embedded.db'), bytes);
  try {
    return await withServer(dataDir, async (client) => {
      const found: unknown[] = [];
      const send = async (body: Record<string, unknown>): Promise<void> => {
        const reply = await client.command({ ...body, $db: 'test' });
        if (reply.ok !== 1) throw new Error(reply.errmsg);
        found.push(reply.cursor?.firstBatch ?? reply.n);
      };
      const batchSize = DOCUMENTS;
      for (const hint of [{ $natural: 1 }, '_id_', 'n_1', 'compound', 'tags_1']) {
        await send({ find: 'things', filter: {}, hint, batchSize });
      }
      await send({ count: 'things' });
      await send({ count: 'things', query: { group: { $lt: 6 } } });
      await send({ count: 'things', query: { n: { $gte: 700 } } });
      for (let id = 0; id < DOCUMENTS; id += 37) await send({ find: 'things', filter: { _id: id } });
      for (let n = 0; n < DOCUMENTS; n += 41) await send({ find: 'things', filter: { n: n * 7 } });
      await send({ find: 'things', filter: { tags: 16 }, batchSize });
      return JSON.stringify(found);
    });
  } catch (error) {
    expect((error as Error).message).toMatch(/damaged|not written by embedded-mongodb|format|too short/);
    return 'refused';
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Pages by what they are, from their first bytes (sqlite.org/fileformat2). */
function classify(bytes: Buffer): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (name: string, page: number): void => void found.set(name, [...(found.get(name) ?? []), page]);
  const free = new Set<number>();
  for (let trunk = bytes.readUInt32BE(32); trunk !== 0; ) {
    const at = (trunk - 1) * PAGE;
    add('free list', trunk - 1);
    free.add(trunk - 1);
    const count = bytes.readUInt32BE(at + 4);
    for (let i = 0; i < count; i++) {
      const page = bytes.readUInt32BE(at + 8 + i * 4) - 1;
      free.add(page);
      add('free', page);
    }
    trunk = bytes.readUInt32BE(at);
  }
  for (let page = 0; page < bytes.length / PAGE; page++) {
    if (free.has(page)) continue;
    if (page === 0) add('header and schema', page);
    else if (bytes[page * PAGE] === 2) add('interior', page);
    else if (bytes[page * PAGE] === 10) add('leaf', page);
    else add('overflow', page);
  }
  return found;
}

describe('one flipped bit', () => {
  // Where in a page: its head, its list of cells, its middle, its end, and anywhere.
  const offsets = (random: () => number): number[] => [
    Math.floor(random() * 12),
    12 + Math.floor(random() * 60),
    PAGE - 1 - Math.floor(random() * 200),
    Math.floor(random() * PAGE),
    Math.floor(random() * PAGE),
  ];

  for (const [name, most] of [
    ['header and schema', 1],
    ['interior', 4],
    ['leaf', 10],
    ['overflow', 3],
    ['free list', 2],
    ['free', 2],
  ] as const) {
    it(`in a page of the kind "${name}" never changes an answer: it is refused, or the bit was of no use`, async () => {
      const random = seeded(name.length);
      const chosen = pages.get(name)!;
      let refused = 0;
      for (let i = 0; i < most; i++) {
        const page = chosen[Math.floor(random() * chosen.length)]!;
        for (const offset of offsets(random)) {
          const bit = Math.floor(random() * 8);
          const bytes = Buffer.from(whole);
          bytes[page * PAGE + offset]! ^= 1 << bit;
          const got = await ask(bytes, 'flipped');
          if (got === 'refused') refused++;
          else
            expect({ page, offset, bit, isSame: got === answers }).toEqual({
              page,
              offset,
              bit,
              isSame: true,
            });
        }
      }
      if (name === 'interior' || name === 'leaf' || name === 'overflow') expect(refused).toBeGreaterThan(0);
    }, 300_000);
  }
});

describe('a file that was cut', () => {
  it('never gives another answer, wherever it was cut', async () => {
    for (const part of [0.02, 0.3, 0.5, 0.77, 0.99]) {
      expect(await ask(whole.subarray(0, Math.floor(whole.length * part)), 'cut')).toBe('refused');
    }
    expect(await ask(whole.subarray(0, whole.length - PAGE), 'cut')).toBe('refused');
    expect(await ask(whole.subarray(0, whole.length - 1), 'cut')).toBe('refused');
  }, 120_000);
});

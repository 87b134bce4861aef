import { decode } from '../bson/index.ts';
import { readFormat } from '../storage/format.ts';
import type { Entry, Kv } from '../storage/kv.ts';
import { unseal } from '../storage/seal.ts';
import { type CatalogueEntry, readCatalogue, wordsOf } from './check-catalogue.ts';
import { IndexCheck } from './check-index.ts';
import { type OnProgress, Pace } from './progress.ts';

export interface CheckReport {
  format: number;
  bytes: number;
  collections: number;
  documents: number;
  indexes: number;
  entries: number;
  /** What is wrong, in words; empty when nothing is. The first {@link MAX_LISTED}. */
  problems: string[];
  /** All that is wrong, listed or not. */
  problemCount: number;
}

const MAX_LISTED = 50;

export class Problems {
  readonly listed: string[] = [];
  count = 0;

  add(text: string): void {
    this.count++;
    if (this.listed.length < MAX_LISTED) this.listed.push(text);
  }
}

/**
 * Looks at everything there is: the file's structure, every checksum, every document, every index entry against
 * its document in both directions, and the counts. Changes nothing, and goes on after the first thing it finds.
 */
export async function check(kv: Kv, onProgress?: OnProgress): Promise<CheckReport> {
  const problems = new Problems();
  const pace = new Pace(onProgress);
  const report: CheckReport = {
    format: readFormat(kv.database),
    bytes: kv.size(),
    collections: 0,
    documents: 0,
    indexes: 0,
    entries: 0,
    problems: problems.listed,
    problemCount: 0,
  };
  kv.database.exec('PRAGMA cache_size = -128000');
  await pace.enter('structure');
  checkStructure(kv, problems);
  const catalogue = readCatalogue(kv, problems);
  const expected = catalogue.collections.reduce((sum, { count }) => sum + count, 0);
  const indexes = new IndexCheck(kv, catalogue, problems);
  for (const entry of sound(kv, problems)) {
    if (entry.key[0] === 0x10) {
      const owner = catalogue.byId.get(Buffer.from(entry.key).readUInt32BE(1));
      if (owner === undefined) {
        catalogue.noteOrphan(entry.key);
        continue;
      }
      owner.found++;
      checkDocument(entry, owner, indexes, problems);
      await pace.step('documents', ++report.documents, expected);
    } else if (entry.key[0] === 0x20) {
      indexes.note(entry.key);
      await pace.step('index entries', ++report.entries, indexes.expected);
    }
  }
  await pace.enter('comparing');
  indexes.finish();
  catalogue.finish(problems);
  report.collections = catalogue.collections.length;
  report.indexes = catalogue.collections.reduce((sum, { indexes }) => sum + indexes.length, 0);
  report.problemCount = problems.count;
  return report;
}

function checkStructure(kv: Kv, problems: Problems): void {
  try {
    const rows = kv.database.prepare('PRAGMA integrity_check(20)').all() as { integrity_check: string }[];
    for (const { integrity_check: line } of rows) if (line !== 'ok') problems.add(`structure: ${line}`);
  } catch (error) {
    problems.add(`structure: ${(error as Error).message}`);
  }
}

/** Every entry whose checksum fits, in order of the keys. */
function* sound(kv: Kv, problems: Problems): Generator<Entry> {
  const statement = kv.database.prepare('SELECT k, v FROM kv ORDER BY k');
  statement.setReturnArrays(true);
  try {
    for (const row of statement.iterate() as unknown as Iterable<[Uint8Array, Uint8Array]>) {
      const [key, sealed] = row;
      try {
        yield { key, value: unseal(key, sealed) };
      } catch {
        problems.add(`the entry ${wordsOf(key)} does not have its checksum`);
      }
    }
  } catch (error) {
    problems.add(`the rest of the file cannot be read: ${(error as Error).message}`);
  }
}

function checkDocument(entry: Entry, owner: CatalogueEntry, indexes: IndexCheck, problems: Problems): void {
  try {
    const doc = decode(entry.value);
    if (!doc.has('_id')) problems.add(`${owner.ns}: a document without _id`);
    indexes.expect(owner, doc, entry.key);
  } catch (error) {
    problems.add(`${owner.ns}: ${wordsOf(entry.key)} cannot be read: ${(error as Error).message}`);
  }
}

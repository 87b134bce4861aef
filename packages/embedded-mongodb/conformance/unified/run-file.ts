import { BSON, type MongoClient } from 'mongodb';
import { Entities, NotApplicable } from './entities.ts';
import { match } from './match.ts';
import { runOperation } from './operations.ts';
import { isMet, type ServerFacts } from './requirements.ts';

export type Outcome =
  | { title: string; result: 'pass' }
  | { title: string; result: 'fail'; reason: string }
  /** Not for this server, driver or runner: the reason says which. */
  | { title: string; result: 'skip'; reason: string };

export interface Target {
  uri: string;
  internal: MongoClient;
  facts: ServerFacts;
}

const FAIL_POINTS = ['failCommand', 'onPrimaryTransactionalWrite', 'failGetMoreAfterCursorCheckout'];
const TEST_MS = 60_000;

/** Runs the tests of one file of the unified test format, `text` being its JSON. */
export async function* runFile(text: string, target: Target, only?: string): AsyncGenerator<Outcome> {
  const file = BSON.EJSON.parse(text, { relaxed: true }) as any;
  for (const test of file.tests) {
    const title: string = test.description;
    if (only !== undefined && !title.includes(only)) continue;
    if (test.skipReason !== undefined) yield { title, result: 'skip', reason: "the suite's own mark" };
    else if (!isMet(file.runOnRequirements, target.facts) || !isMet(test.runOnRequirements, target.facts)) {
      yield { title, result: 'skip', reason: 'for another version or topology' };
    } else yield await runTest(file, test, target);
  }
}

async function runTest(file: any, test: any, target: Target): Promise<Outcome> {
  const title: string = test.description;
  const entities = new Entities(target.uri);
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${TEST_MS / 1000} s`)), TEST_MS);
  });
  try {
    await Promise.race([perform(file, test, target, entities), tooLong]);
    return { title, result: 'pass' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { title, result: error instanceof NotApplicable ? 'skip' : 'fail', reason };
  } finally {
    clearTimeout(timer);
    await endAll(target.internal);
    await entities.close();
  }
}

async function perform(file: any, test: any, target: Target, entities: Entities): Promise<void> {
  const { internal } = target;
  for (const data of file.initialData ?? []) await prepare(internal, data);
  await entities.create(file.createEntities ?? []);
  for (const operation of test.operations) await runOperation(operation, { entities, internal });
  for (const observed of entities.observed.values()) observed.stop();
  for (const expected of test.expectEvents ?? []) {
    entities.observed.get(expected.client)!.check(expected, entities);
  }
  for (const expected of test.outcome ?? []) {
    const collection = internal.db(expected.databaseName).collection(expected.collectionName);
    const found = await collection.find().sort({ _id: 1 }).toArray();
    match(found, expected.documents, entities, false, expected.collectionName);
  }
}

async function prepare(internal: MongoClient, data: any): Promise<void> {
  const db = internal.db(data.databaseName);
  await db.dropCollection(data.collectionName);
  await db.createCollection(data.collectionName, data.createOptions ?? {});
  if (data.documents.length > 0) await db.collection(data.collectionName).insertMany(data.documents);
}

/** Nothing of one test is to reach the next: fail points off, transactions ended. */
async function endAll(internal: MongoClient): Promise<void> {
  const admin = internal.db('admin');
  for (const name of FAIL_POINTS)
    await admin.command({ configureFailPoint: name, mode: 'off' }).catch(() => {});
  await admin.command({ killAllSessions: [] }).catch(() => {});
}

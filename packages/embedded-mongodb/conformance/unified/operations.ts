import type { ClientSession } from 'mongodb';
import { type Entities, NotApplicable } from './entities.ts';
import { checkError, plainResult } from './errors.ts';
import { Mismatch, match, show } from './match.ts';
import { bucketOperations } from './operations-bucket.ts';
import { runnerOperations, type Surroundings } from './operations-runner.ts';

/** `object` is the entity it is done to; `args` are the test's arguments, their session resolved. */
export type Operate = (object: any, args: any, around: Surroundings) => unknown;

/** Runs one operation of a test and compares its result or its error. */
export async function runOperation(
  operation: any,
  around: Surroundings,
  passesErrors = false,
): Promise<void> {
  const { entities } = around;
  const operate = lookUp(operation);
  const object = entities.get<any>(operation.object);
  const args = resolve(operation.arguments ?? {}, entities);
  let result: unknown;
  try {
    result = await operate(object, args, around);
  } catch (error) {
    if (error instanceof Mismatch || error instanceof NotApplicable) throw error;
    if (operation.ignoreResultAndError !== true) {
      if (operation.expectError === undefined) throw error;
      checkError(error, operation.expectError, entities);
    }
    if (passesErrors) throw error;
    return;
  }
  if (operation.ignoreResultAndError === true) return;
  if (operation.expectError !== undefined) {
    throw new Mismatch(`${operation.name}: expected ${show(operation.expectError)}, got ${show(result)}`);
  }
  if (Object.hasOwn(operation, 'expectResult')) {
    // Within an array only what a cursor gave out are documents at the root.
    const isRoot = !Array.isArray(operation.expectResult) || CURSORS.has(operation.name);
    match(result, operation.expectResult, entities, isRoot, operation.name);
  }
  if (operation.saveResultAsEntity !== undefined) entities.set(operation.saveResultAsEntity, result);
}

const CURSORS = new Set([
  'aggregate',
  'find',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'runCursorCommand',
]);

function lookUp(operation: any): Operate {
  const table = operation.object === 'testRunner' ? runnerOperations : operations;
  const operate = table[operation.name];
  if (operate === undefined) throw new NotApplicable(`the operation ${operation.name}`);
  return operate;
}

function resolve(given: any, entities: Entities): any {
  if (given.session === undefined) return { ...given };
  return { ...given, session: entities.get<ClientSession>(given.session) };
}

/** A row: the arguments that go by position, and the method. What is left are its options. */
function method(name: string, ...positions: string[]): Operate {
  return (object, args) => {
    const { rest, values } = split(args, positions);
    return object[name](...values, rest);
  };
}

/** The same for a method that gives a cursor, read to its end. */
function cursor(name: string, ...positions: string[]): Operate {
  return (object, args) => {
    const { rest, values } = split(args, positions);
    return object[name](...values, rest).toArray();
  };
}

function split(args: any, positions: string[]): { rest: any; values: unknown[] } {
  const rest = { ...args };
  const values = positions.map((position) => {
    const value = rest[position];
    delete rest[position];
    return value;
  });
  return { rest, values };
}

function returning(name: string, ...positions: string[]): Operate {
  const run = method(name, ...positions);
  return (object, args, around) => {
    const returnDocument = args.returnDocument?.toLowerCase();
    return run(object, returnDocument === undefined ? args : { ...args, returnDocument }, around);
  };
}

const watch: Operate = async (object, args) => {
  const { rest, values } = split(args, ['pipeline']);
  const stream = object.watch(values[0] ?? [], rest);
  // The server's side of it is to be there before the next operation.
  await stream.cursor.cursorInit();
  return stream;
};

function commandCursor(object: any, args: any): any {
  const { command, commandName, batchSize, maxTimeMS, comment, ...options } = args;
  const made = object.runCursorCommand(command, options);
  if (batchSize !== undefined) made.setBatchSize(batchSize);
  if (maxTimeMS !== undefined) made.setMaxTimeMS(maxTimeMS);
  if (comment !== undefined) made.setComment(comment);
  return made;
}

const names = (entries: { name: string }[]): string[] => entries.map((entry) => entry.name);

const operations: Record<string, Operate> = {
  ...bucketOperations,
  insertOne: method('insertOne', 'document'),
  insertMany: method('insertMany', 'documents'),
  updateOne: method('updateOne', 'filter', 'update'),
  updateMany: method('updateMany', 'filter', 'update'),
  replaceOne: method('replaceOne', 'filter', 'replacement'),
  deleteOne: method('deleteOne', 'filter'),
  deleteMany: method('deleteMany', 'filter'),
  bulkWrite: method('bulkWrite', 'requests'),
  clientBulkWrite: async (object, args) => {
    const { models, ...options } = args;
    const given = models.map((model: any) => {
      const [name, fields] = Object.entries<any>(model)[0]!;
      return { name, ...fields };
    });
    return plainResult(await object.bulkWrite(given, options));
  },
  find: cursor('find', 'filter'),
  findOne: method('findOne', 'filter'),
  findOneAndUpdate: returning('findOneAndUpdate', 'filter', 'update'),
  findOneAndReplace: returning('findOneAndReplace', 'filter', 'replacement'),
  findOneAndDelete: method('findOneAndDelete', 'filter'),
  aggregate: cursor('aggregate', 'pipeline'),
  count: method('count', 'filter'),
  countDocuments: method('countDocuments', 'filter'),
  estimatedDocumentCount: method('estimatedDocumentCount'),
  distinct: method('distinct', 'fieldName', 'filter'),
  createIndex: method('createIndex', 'keys'),
  dropIndex: method('dropIndex', 'name'),
  dropIndexes: method('dropIndexes'),
  listIndexes: cursor('listIndexes'),
  listIndexNames: async (object, args) => names(await object.listIndexes(args).toArray()),
  rename: method('rename', 'to'),
  createCollection: method('createCollection', 'collection'),
  dropCollection: method('dropCollection', 'collection'),
  modifyCollection: (object, { collection, ...options }) =>
    object.command({ collMod: collection, ...options }),
  listCollections: cursor('listCollections', 'filter'),
  listCollectionNames: async (object, { filter, ...options }) =>
    names(await object.listCollections(filter, { ...options, nameOnly: true }).toArray()),
  listDatabases: async (object, args) => (await object.db().admin().listDatabases(args)).databases,
  listDatabaseNames: async (object, args) =>
    names(
      (
        await object
          .db()
          .admin()
          .listDatabases({ ...args, nameOnly: true })
      ).databases,
    ),
  runCommand: (object, { command, commandName, ...options }) => object.command(command, options),
  runCursorCommand: (object, args) => commandCursor(object, args).toArray(),
  createCommandCursor: async (object, args) => {
    const made = commandCursor(object, args);
    await made.cursorInit();
    return made;
  },
  createFindCursor: async (object, args) => {
    const { filter, ...options } = args;
    const made = object.find(filter, options);
    await made.cursorInit();
    return made;
  },
  createChangeStream: watch,
  iterateUntilDocumentOrError: async (object) => {
    for (;;) {
      const found = await object.tryNext();
      if (found !== null) return found;
    }
  },
  iterateOnce: (object) => object.tryNext(),
  close: (object) => object.close().catch(() => {}),
  startTransaction: method('startTransaction'),
  commitTransaction: method('commitTransaction'),
  abortTransaction: method('abortTransaction'),
  endSession: (object) => object.endSession(),
  getSnapshotTime: (object) => object.snapshotTime,
  withTransaction: (object, { callback, ...options }, around) =>
    object.withTransaction(async () => {
      // Expected or not, an error goes on to the transaction.
      for (const operation of callback) await runOperation(operation, around, true);
    }, options),
};

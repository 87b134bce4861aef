import { authCommands } from '../auth/commands.ts';
import { type Doc, int } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { operationCommands } from '../operations/commands.ts';
import { aggregate } from './aggregate.ts';
import { bulkWrite } from './bulk-write.ts';
import { collMod } from './coll-mod.ts';
import {
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections.ts';
import { type Command, type Context, doc } from './context.ts';
import { count, distinct } from './count.ts';
import { remove } from './delete.ts';
import { explain } from './explain.ts';
import { find, getMore, killCursors } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { buildInfo, getParameter, hello, hostInfo, serverStatus, whatsMyUri } from './hello.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import {
  abortTransaction,
  commitTransaction,
  endSessions,
  killSessions,
  refreshSessions,
  startSession,
} from './sessions.ts';
import { update } from './update.ts';

function configureFailPoint(ctx: Context): Doc {
  if (ctx.server.failPoint === undefined)
    throw fault('CommandNotFound', "no such command: 'configureFailPoint'");
  return ctx.server.failPoint.configure(ctx);
}

/** Ends the thread as a programming error would, for tests. */
function crash(ctx: Context): Doc {
  if (ctx.server.failPoint === undefined) throw fault('CommandNotFound', "no such command: 'crash'");
  setImmediate(() => {
    throw new Error('crashed on request');
  });
  return doc();
}

const read = { inTransaction: true } as const;
const write = { inTransaction: true, isRetryableWrite: true } as const;

/** Fields of commands beside the generic ones, as MongoDB knows them. */
const FIELDS = {
  aggregate: [
    'pipeline',
    'explain',
    'allowDiskUse',
    'cursor',
    'bypassDocumentValidation',
    'hint',
    'let',
    'collation',
  ],
  count: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  distinct: ['key', 'query', 'collation', 'hint'],
  findAndModify: [
    'query',
    'fields',
    'update',
    'remove',
    'new',
    'upsert',
    'sort',
    'collation',
    'arrayFilters',
    'hint',
    'let',
    'bypassDocumentValidation',
  ],
  createIndexes: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  dropIndexes: ['index'],
  drop: [],
  dropDatabase: [],
  listCollections: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  listDatabases: ['filter', 'nameOnly', 'authorizedDatabases'],
  listIndexes: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'],
  renameCollection: ['to', 'dropTarget', 'stayTemp'],
  explain: ['verbosity'],
  killCursors: ['cursors'],
  bulkWrite: ['ops', 'nsInfo', 'errorsOnly', 'ordered', 'let', 'bypassDocumentValidation', 'cursor'],
} as const;

/** Every command there is. To add one: a function from context to reply, and a row here. */
export const commands: Record<string, Command> = {
  abortTransaction: { run: abortTransaction },
  aggregate: { run: aggregate, ...read, fields: FIELDS.aggregate },
  bulkWrite: { run: bulkWrite, ...write, adminOnly: true, fields: FIELDS.bulkWrite },
  buildInfo: { run: buildInfo },
  buildinfo: { run: buildInfo },
  collMod: { run: collMod },
  collStats: { run: collStats },
  commitTransaction: { run: commitTransaction },
  configureFailPoint: { run: configureFailPoint, adminOnly: true },
  count: { run: count, fields: FIELDS.count },
  create: { run: create, inTransaction: true },
  crash: { run: crash, adminOnly: true },
  createIndexes: { run: createIndexes, inTransaction: true, fields: FIELDS.createIndexes },
  dbStats: { run: dbStats },
  delete: { run: remove, ...write, fields: ['deletes', 'ordered', 'let', 'bypassDocumentValidation'] },
  distinct: { run: distinct, ...read, fields: FIELDS.distinct },
  drop: { run: drop, fields: FIELDS.drop },
  dropDatabase: { run: dropDatabase, fields: FIELDS.dropDatabase },
  dropIndexes: { run: dropIndexes, fields: FIELDS.dropIndexes },
  endSessions: { run: endSessions },
  explain: { run: explain, fields: FIELDS.explain },
  find: {
    run: find,
    ...read,
    fields: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'max',
      'min',
      'returnKey',
      'showRecordId',
      'tailable',
      'awaitData',
      'oplogReplay',
      'noCursorTimeout',
      'allowPartialResults',
      'collation',
      'allowDiskUse',
      'let',
    ],
  },
  findAndModify: { run: findAndModify, ...write, fields: FIELDS.findAndModify },
  findandmodify: { run: findAndModify, ...write, fields: FIELDS.findAndModify },
  getMore: { run: getMore, ...read, fields: ['collection', 'batchSize', 'term'] },
  getCmdLineOpts: { run: () => doc(['argv', ['embedded-mongodb']], ['parsed', doc()]), adminOnly: true },
  getLog: { run: () => doc(['totalLinesWritten', int(0)], ['log', []]), adminOnly: true },
  getParameter: { run: getParameter },
  hostInfo: { run: hostInfo, adminOnly: true },
  hello: { run: hello },
  insert: { run: insert, ...write, fields: ['documents', 'ordered', 'bypassDocumentValidation'] },
  isMaster: { run: hello },
  ismaster: { run: hello },
  killCursors: { run: killCursors, ...read, fields: FIELDS.killCursors },
  killAllSessions: { run: killSessions, adminOnly: true },
  killSessions: { run: killSessions },
  listCollections: { run: listCollections, fields: FIELDS.listCollections },
  listCommands: { run: listCommands },
  listDatabases: { run: listDatabases, adminOnly: true, fields: FIELDS.listDatabases },
  listIndexes: { run: listIndexes, fields: FIELDS.listIndexes },
  ping: { run: () => doc() },
  refreshSessions: { run: refreshSessions },
  renameCollection: { run: renameCollection, adminOnly: true, fields: FIELDS.renameCollection },
  serverStatus: { run: serverStatus },
  startSession: { run: startSession },
  update: { run: update, ...write, fields: ['updates', 'ordered', 'let', 'bypassDocumentValidation'] },
  whatsmyuri: { run: whatsMyUri },
  ...operationCommands,
  ...authCommands,
};

function listCommands() {
  return doc([
    'commands',
    doc(...Object.keys(commands).map((name): [string, ReturnType<typeof doc>] => [name, doc()])),
  ]);
}

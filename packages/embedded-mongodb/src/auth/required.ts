import { type Doc, decode, type Value } from '../bson/index.ts';

/** What a command needs: to read or to write these databases, or to be root. */
export interface Needs {
  read: Set<string>;
  write: Set<string>;
  root?: boolean;
}

const NOTHING: ReadonlySet<string> = new Set([
  'endSessions',
  'startSession',
  'refreshSessions',
  'commitTransaction',
  'abortTransaction',
  // Only what the user may see; see restrictReply.
  'listDatabases',
]);
const READING: ReadonlySet<string> = new Set([
  'find',
  'count',
  'distinct',
  'getMore',
  'killCursors',
  'listCollections',
  'listIndexes',
  'collStats',
  'dbStats',
]);
const WRITING: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'create',
  'drop',
  'createIndexes',
  'dropIndexes',
]);

/** As MongoDB's built-in roles have it. What is not listed here is for root alone. */
export function needsOf(name: string, db: string, body: Doc, sequences?: Map<string, Uint8Array[]>): Needs {
  const needs: Needs = { read: new Set(), write: new Set() };
  if (NOTHING.has(name)) return needs;
  if (READING.has(name)) needs.read.add(db);
  else if (WRITING.has(name)) {
    needs.write.add(db);
    // A view shows what its pipeline reads.
    addStages(needs, db, body.get('pipeline') ?? null);
  } else if (name === 'aggregate') {
    needs.read.add(db);
    addStages(needs, db, body.get('pipeline') ?? null);
  } else if (name === 'explain') {
    const inner = body.get('explain');
    if (inner instanceof Map) return needsOf(inner.keys().next().value ?? '', db, inner);
    needs.root = true;
  } else if (name === 'bulkWrite') {
    const beside = sequences?.get('nsInfo')?.map((bytes) => decode(bytes)) ?? [];
    const within = body.get('nsInfo');
    for (const info of [...beside, ...(Array.isArray(within) ? within : [])]) {
      addNamespace(needs.write, info instanceof Map ? info.get('ns') : undefined);
    }
  } else if (name === 'renameCollection') {
    addNamespace(needs.write, body.get('renameCollection'));
    addNamespace(needs.write, body.get('to'));
    // From one database to another, MongoDB's readWrite is not enough.
    if (needs.write.size > 1) needs.root = true;
  } else needs.root = true;
  return needs;
}

/** Stages that go elsewhere, wherever they stand: rather one too many than one too few. */
function addStages(needs: Needs, db: string, value: Value): void {
  if (Array.isArray(value)) {
    for (const item of value) addStages(needs, db, item);
    return;
  }
  if (!(value instanceof Map)) return;
  for (const [name, inner] of value) {
    if (OF_THE_SERVER.has(name)) needs.root = true;
    if (inner instanceof Map) {
      if (name === '$changeStream' && inner.get('allChangesForCluster') === true) needs.root = true;
      if (name === '$lookup' || name === '$graphLookup')
        needs.read.add(databaseOf(inner.get('from') ?? null, db));
      if (name === '$unionWith') needs.read.add(databaseOf(inner, db));
    }
    if (name === '$out') needs.write.add(databaseOf(inner, db));
    if (name === '$merge')
      needs.write.add(databaseOf((inner instanceof Map && inner.get('into')) || null, db));
    addStages(needs, db, inner);
  }
}

const OF_THE_SERVER: ReadonlySet<string> = new Set([
  '$currentOp',
  '$indexStats',
  '$listLocalSessions',
  '$listSessions',
  '$planCacheStats',
]);

function databaseOf(target: Value, db: string): string {
  const named = target instanceof Map ? target.get('db') : undefined;
  return typeof named === 'string' ? named : db;
}

function addNamespace(databases: Set<string>, ns: Value | undefined): void {
  if (typeof ns === 'string') databases.add(ns.slice(0, Math.max(0, ns.indexOf('.'))));
}

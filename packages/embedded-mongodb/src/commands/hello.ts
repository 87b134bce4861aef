import { availableParallelism, hostname, platform, release, type } from 'node:os';
import { MECHANISM, speculate } from '../auth/sasl.ts';
import { BsonDate, type Doc, int, ObjectId, Timestamp, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { MAX_MESSAGE_BYTES } from '../wire/messages.ts';
import { type Context, doc } from './context.ts';

export const VERSION = [8, 0, 0, 0];
const VERSION_TEXT = '8.0.0';
/** Wire version of MongoDB 8.0. */
const WIRE_VERSION = 25;

const ELECTION_ID = ObjectId.fromHex('7fffffff0000000000000001');

export function hello(ctx: Context): Doc {
  const { server, client, body, name } = ctx;
  const metadata = body.get('client');
  if (metadata instanceof Map) {
    const application = metadata.get('application');
    if (application instanceof Map) client.appName = String(application.get('name') ?? '');
  }
  const isPrimary: [string, Value] = [name === 'hello' ? 'isWritablePrimary' : 'ismaster', true];
  const { seconds, increment } = server.store.clock.last;
  const time = new Timestamp(seconds, increment);
  const written = doc(
    ['opTime', doc(['ts', time], ['t', 1n])],
    ['lastWriteDate', new BsonDate(seconds * 1000)],
    ['majorityOpTime', doc(['ts', time], ['t', 1n])],
    ['majorityWriteDate', new BsonDate(seconds * 1000)],
  );
  const reply = doc(
    ['helloOk', true],
    ['hosts', [client.me]],
    ['setName', server.replicaSet],
    ['setVersion', int(1)],
    isPrimary,
    ['secondary', false],
    ['primary', client.me],
    ['me', client.me],
    ['electionId', ELECTION_ID],
    ['lastWrite', written],
    ['maxBsonObjectSize', int(16 * 1024 * 1024)],
    ['maxMessageSizeBytes', int(MAX_MESSAGE_BYTES)],
    ['maxWriteBatchSize', int(100_000)],
    ['localTime', new BsonDate(server.now())],
    ['logicalSessionTimeoutMinutes', int(30)],
    ['connectionId', int(client.id)],
    ['minWireVersion', int(0)],
    ['maxWireVersion', int(WIRE_VERSION)],
    ['readOnly', false],
  );
  // The same for everybody, so that nobody learns which users there are.
  if (typeof body.get('saslSupportedMechs') === 'string') reply.set('saslSupportedMechs', [MECHANISM]);
  const begun = speculate(ctx);
  if (begun !== undefined) reply.set('speculativeAuthenticate', begun);
  return reply;
}

export function buildInfo(): Doc {
  return doc(
    ['version', VERSION_TEXT],
    ['gitVersion', 'embedded-mongodb'],
    ['modules', ['embedded-mongodb']],
    ['allocator', 'system'],
    ['javascriptEngine', 'none'],
    ['sysInfo', 'deprecated'],
    ['versionArray', VERSION.map(int)],
    ['bits', int(64)],
    ['debug', false],
    ['maxBsonObjectSize', int(16 * 1024 * 1024)],
    ['storageEngines', ['sqlite']],
  );
}

export function whatsMyUri(ctx: Context): Doc {
  return doc(['you', ctx.client.address]);
}

export function serverStatus(ctx: Context): Doc {
  const { server } = ctx;
  const seconds = (server.now() - server.startedAt) / 1000;
  const memory = process.memoryUsage();
  const calls = (name: string): Value => BigInt(server.counters.commands.get(name) ?? 0);
  return doc(
    ['host', ctx.client.me],
    ['version', VERSION_TEXT],
    ['process', 'embedded-mongodb'],
    ['pid', BigInt(process.pid)],
    ['uptime', seconds],
    ['uptimeMillis', BigInt(Math.floor(seconds * 1000))],
    ['localTime', new BsonDate(server.now())],
    [
      'connections',
      doc(
        ['current', int(server.counters.connections)],
        ['available', int(10_000)],
        ['totalCreated', int(server.counters.totalConnections)],
      ),
    ],
    [
      'opcounters',
      doc(
        ['insert', calls('insert')],
        ['query', calls('find')],
        ['update', calls('update')],
        ['delete', calls('delete')],
        ['getmore', calls('getMore')],
      ),
    ],
    ['metrics', doc(['cursor', doc(['open', doc(['total', BigInt(server.cursors.size)])])])],
    ['mem', doc(['bits', int(64)], ['resident', int(Math.round(memory.rss / 1048576))])],
    ['storageEngine', doc(['name', 'sqlite'], ['supportsCommittedReads', true], ['persistent', true])],
    ['repl', doc(['setName', server.replicaSet], ['isWritablePrimary', true], ['hosts', [ctx.client.me]])],
  );
}

export function hostInfo(): Doc {
  return doc(
    [
      'system',
      doc(['hostname', hostname()], ['numCores', int(availableParallelism())], ['cpuAddrSize', int(64)]),
    ],
    ['os', doc(['type', type()], ['name', platform()], ['version', release()])],
    ['extra', doc()],
  );
}

/** mongosh and drivers ask for a few; unknown names are answered as MongoDB does. */
export function getParameter(ctx: Context): Doc {
  const known = doc(
    ['featureCompatibilityVersion', doc(['version', '8.0'])],
    ['transactionLifetimeLimitSeconds', int(60)],
    ['authenticationMechanisms', [MECHANISM]],
  );
  if (ctx.body.get('getParameter') === '*') return known;
  const reply: Doc = new Map();
  for (const [name, value] of known) if (ctx.body.has(name)) reply.set(name, value);
  if (reply.size === 0) throw fault('InvalidOptions', 'no option found to get');
  return reply;
}

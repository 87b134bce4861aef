import { BsonDate, type Doc, int, Timestamp } from '../bson/index.ts';
import { type Context, doc } from '../commands/context.ts';

/** `rs.status()`: the one member there is. */
export function replSetGetStatus({ server, client }: Context): Doc {
  const { seconds, increment } = server.store.clock.last;
  const opTime = doc(['ts', new Timestamp(seconds, increment)], ['t', 1n]);
  const now = new BsonDate(server.now());
  const uptime = int(Math.floor((server.now() - server.startedAt) / 1000));
  return doc(
    ['set', server.replicaSet],
    ['date', now],
    ['myState', int(1)],
    ['term', 1n],
    ['heartbeatIntervalMillis', 2000n],
    ['majorityVoteCount', int(1)],
    ['writeMajorityCount', int(1)],
    ['votingMembersCount', int(1)],
    ['writableVotingMembersCount', int(1)],
    ['optimes', doc(['lastCommittedOpTime', opTime], ['appliedOpTime', opTime], ['durableOpTime', opTime])],
    [
      'members',
      [
        doc(
          ['_id', int(0)],
          ['name', client.me],
          ['health', 1],
          ['state', int(1)],
          ['stateStr', 'PRIMARY'],
          ['uptime', uptime],
          ['optime', opTime],
          ['optimeDate', new BsonDate(seconds * 1000)],
          ['configVersion', int(1)],
          ['configTerm', int(1)],
          ['self', true],
        ),
      ],
    ],
  );
}

/** `rs.conf()`. */
export function replSetGetConfig({ server, client }: Context): Doc {
  const member = doc(
    ['_id', int(0)],
    ['host', client.me],
    ['arbiterOnly', false],
    ['buildIndexes', true],
    ['hidden', false],
    ['priority', 1],
    ['tags', doc()],
    ['secondaryDelaySecs', 0n],
    ['votes', int(1)],
  );
  return doc([
    'config',
    doc(['_id', server.replicaSet], ['version', int(1)], ['term', int(1)], ['members', [member]]),
  ]);
}

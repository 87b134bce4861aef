import { isDeepStrictEqual } from 'node:util';
import type { Ids } from '../../core/ids.ts';
import type { Identity, InboundEvent } from '../../core/messaging.ts';
import type { Writes } from '../../core/writes.ts';
import { type ConversationDocument, ConversationModel } from './model/conversation.ts';
import { searchTokens } from './rules.ts';

/** A conversation in a turn: as it will be saved, and as it is stored; not stored yet: `undefined`. */
export type Opened = { conversation: ConversationDocument; stored: ConversationDocument | undefined };

/** The conversations that each list of events belongs to, made on the first, with what they tell of the person. */
export async function openConversations(
  lists: InboundEvent[][],
  { ids, now }: { ids: Ids; now: Date },
): Promise<Opened[]> {
  const keys = lists.map((events) => keyOf(events[0]!));
  const known = await ConversationModel.find(keys.length === 1 ? keys[0]! : { $or: keys }).lean();
  const byKey = new Map(known.map((stored) => [textOf(stored), stored]));
  return lists.map((events, place) => {
    const key = keys[place]!;
    const stored = byKey.get(textOf(key));
    return { stored, conversation: learn(stored ?? begin(ids.next(), key, now), events) };
  });
}

type Key = Pick<ConversationDocument, 'channel' | 'account' | 'thread'>;
const keyOf = ({ channel, account, thread }: Key): Key => ({ channel, account, thread });
const textOf = ({ channel, account, thread }: Key): string => JSON.stringify([channel, account, thread]);

const begin = (_id: string, key: Key, now: Date): ConversationDocument => ({
  _id,
  ...key,
  identities: [],
  teamIds: [],
  mode: 'bot',
  waitingForStaff: false,
  session: null,
  optedOut: false,
  consent: [],
  seq: 0,
  version: 0,
  unread: 0,
  preview: '',
  startedAt: now,
  lastMessageAt: now,
  meta: {},
  search: [],
});

/** Takes over what the events tell of the person and of how to answer. */
function learn(conversation: ConversationDocument, events: InboundEvent[]): ConversationDocument {
  const identities = [...conversation.identities];
  const name = conversation.name ?? events.find((event) => event.name)?.name;
  for (const { from } of events) {
    for (const identity of from)
      if (!identities.some((known) => same(known, identity))) identities.push(identity);
  }
  const meta = Object.assign({ ...conversation.meta }, ...events.map((event) => event.meta ?? {}));
  return { ...conversation, identities, meta, search: searchTokens(name, identities), ...(name && { name }) };
}

const same = (a: Identity, b: Identity): boolean =>
  a.scheme === b.scheme && a.value === b.value && (a.scope ?? '') === (b.scope ?? '');

/**
 * Writes what changed of a conversation, if nobody moved it since it was read (compare-and-set on its version); all of
 * it where `stored` is not given.
 */
export function saveConversation(
  writes: Writes,
  conversation: ConversationDocument,
  stored?: ConversationDocument,
): void {
  const { _id, version, ...rest } = conversation;
  const set = stored
    ? Object.fromEntries(
        Object.entries(rest).filter(
          ([field, value]) => !isDeepStrictEqual(value, stored[field as keyof ConversationDocument]),
        ),
      )
    : rest;
  writes.update(ConversationModel, { _id, version }, { $set: { ...set, version: version + 1 } });
  conversation.version += 1;
}

/** The same for one that a turn holds, new or known; afterwards it counts as stored. */
export function saveOpened(writes: Writes, opened: Opened): void {
  const { conversation, stored } = opened;
  if (stored) saveConversation(writes, conversation, stored);
  else writes.insert(ConversationModel, { ...conversation, version: ++conversation.version });
  opened.stored = { ...conversation };
}

import { Binary, type Doc, int, intValue } from '../bson/index.ts';
import { boolField, type Context, doc, docField } from '../commands/context.ts';
import { fault } from '../errors.ts';
import { decoyCredentials } from './credentials.ts';
import { readClientFirst, ScramError, ScramExchange } from './scram.ts';
import type { User } from './users.ts';

export const MECHANISM = 'SCRAM-SHA-256';

/** An authentication that has begun on a connection. */
export interface Conversation {
  id: number;
  user: User | undefined;
  exchange: ScramExchange;
  /** The client does without the empty message at the end. */
  isShort: boolean;
  isProven: boolean;
}

export function saslStart(ctx: Context): Doc {
  return start(ctx, ctx.body, ctx.db);
}

/** With the first hello, to save a round trip. What does not fit is left out of the reply; saslStart then says why. */
export function speculate(ctx: Context): Doc | undefined {
  const body = docField(ctx.body, 'speculativeAuthenticate');
  if (body === undefined || !body.has('saslStart') || body.get('mechanism') !== MECHANISM) return undefined;
  const db = body.get('db');
  try {
    return start(ctx, body, typeof db === 'string' ? db : ctx.db);
  } catch {
    return undefined;
  }
}

function start({ client, server }: Context, body: Doc, db: string): Doc {
  client.conversation = undefined;
  const mechanism = body.get('mechanism');
  if (mechanism !== MECHANISM) {
    throw fault(
      'MechanismUnavailable',
      `Received authentication for mechanism ${mechanism} which is not enabled: use ${MECHANISM}.`,
    );
  }
  const first = scram(() => readClientFirst(payloadOf(body)));
  const user = server.users.get(db, first.user);
  // Made for everybody, so that a name that is known takes no less time.
  const decoy = decoyCredentials(server.users.secret, `${db}.${first.user}`);
  const credentials = user?.credentials ?? decoy;
  const exchange = new ScramExchange(first, credentials);
  const options = docField(body, 'options') ?? new Map();
  client.conversation = {
    id: 1,
    user,
    exchange,
    isShort: boolField(options, 'skipEmptyExchange'),
    isProven: false,
  };
  return answer(false, exchange.serverFirst);
}

export function saslContinue({ client, body }: Context): Doc {
  const { conversation } = client;
  client.conversation = undefined;
  if (conversation === undefined || intValue(body.get('conversationId')) !== conversation.id) {
    throw fault('ProtocolError', 'No SASL session state found');
  }
  const { user, exchange } = conversation;
  if (conversation.isProven) {
    if (payloadOf(body) !== '') throw failed();
    client.identity = user && { db: user.db, name: user.name, id: user.id.bytes };
    return answer(true, '');
  }
  const serverFinal = scram(() => exchange.finish(payloadOf(body)));
  if (user === undefined) throw failed();
  if (conversation.isShort) client.identity = { db: user.db, name: user.name, id: user.id.bytes };
  else client.conversation = { ...conversation, isProven: true };
  return answer(conversation.isShort, serverFinal);
}

export function logout({ client }: Context): Doc {
  client.identity = undefined;
  client.conversation = undefined;
  return doc();
}

/** One sentence for whatever was wrong: neither whether the user exists, nor which part failed. */
function failed(): Error {
  return fault('AuthenticationFailed', 'Authentication failed.');
}

function scram<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof ScramError) throw failed();
    throw error;
  }
}

function payloadOf(body: Doc): string {
  const payload = body.get('payload');
  if (payload instanceof Binary) return Buffer.from(payload.bytes).toString('utf8');
  if (typeof payload === 'string') return Buffer.from(payload, 'base64').toString('utf8');
  throw fault('BadValue', 'payload must be binary data');
}

function answer(done: boolean, payload: string): Doc {
  return doc(['conversationId', int(1)], ['done', done], ['payload', new Binary(Buffer.from(payload))]);
}

/**
 * A customer's turn, committed whole or not at all: the inbox entries become messages, the engine decides, what it
 * decided is run, the session moves on and the replies are queued, in one transaction.
 */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Context } from '../../core/context.ts';
import { type AppError, isAppError } from '../../core/errors.ts';
import { setTimer } from '../../core/timers.ts';
import type { Decide, Effect, TurnOutcome } from '../../core/turn.ts';
import { createWrites, type Writes } from '../../core/writes.ts';
import { conversationHandedOver, messageReceived, signalConversation } from './contract.ts';
import { type ConversationDocument, ConversationModel, viewOf } from './model/conversation.ts';
import { type InboxDocument, InboxModel } from './model/inbox.ts';
import { MessageModel } from './model/message.ts';
import { flushOrGiveWay, Overtaken, openConversation, saveConversation } from './open.ts';
import { queueMessage } from './queue.ts';
import { consentWord, isIdle, previewOf, textOf } from './rules.ts';

/** Refusals of commands in this turn, by their place in it: the turn is decided again, knowing them. */
type Refusals = Map<number, AppError>;

export async function customerTurn(
  entries: InboxDocument[],
  deps: { bus: Bus; decide: Decide },
): Promise<boolean> {
  const caller = {
    actor: systemActor('bot'),
    surface: 'flow' as const,
    cause: { id: entries[0]!._id, depth: 0 },
  };
  const refusals: Refusals = new Map();
  for (;;) {
    const outcome = await deps.bus
      .unitOfWork(caller, (ctx) => commitTurn(ctx, entries, deps.decide, refusals))
      .catch((error) => {
        // A refused command may have written something before it refused: nothing of this attempt is kept.
        if (error instanceof Refused) return error;
        if (error instanceof Overtaken) return false;
        throw error;
      });
    if (!(outcome instanceof Refused)) return outcome;
    refusals.set(outcome.place, outcome.refusal);
  }
}

async function commitTurn(
  ctx: Context,
  entries: InboxDocument[],
  decide: Decide,
  refusals: Refusals,
): Promise<boolean> {
  const writes = createWrites();
  const conversation = await openConversation(
    ctx,
    entries.map(({ event }) => event),
  );
  receive(ctx, writes, conversation, entries);
  // A signal (a chat opened, an out-of-office note) is kept and answered by nobody.
  const silent = entries.every(({ event }) => isIdle(event.body, conversation.mode));
  const outcome = silent
    ? { session: conversation.session, replies: [] }
    : conversation.mode === 'human'
      ? await listen(ctx, writes, decide, conversation, entries, refusals)
      : await run(ctx, writes, decide, conversation, entries, refusals);
  for (const { content, purpose = 'reply' } of outcome.replies)
    queueMessage(ctx, writes, conversation, { content, purpose, author: { kind: 'bot' } });
  moveOn(ctx, conversation, outcome);
  if (outcome.wakeAt) await wakeLater(conversation._id, outcome.wakeAt);
  saveConversation(writes, conversation);
  await flushOrGiveWay(writes);
  return true;
}

/** Woken then, unless another time is arranged meanwhile: a timer for each conversation. */
const wakeLater = (conversationId: string, at: Date): Promise<void> =>
  setTimer({
    key: `conversation:${conversationId}:wake`,
    dueAt: at,
    command: signalConversation.name,
    input: { conversationId, name: 'wake', once: at.toISOString() },
  });

/** The events are done and become lines of the transcript. */
function receive(
  ctx: Context,
  writes: Writes,
  conversation: ConversationDocument,
  entries: InboxDocument[],
): void {
  const conversationId = conversation._id;
  writes.update(
    InboxModel,
    { _id: { $in: entries.map(({ _id }) => _id) }, status: 'pending' },
    { $set: { status: 'done', conversationId } },
    entries.length,
  );
  for (const { _id: inboxId, event } of entries) {
    if (event.body.kind === 'signal') continue;
    const text = textOf(event.body);
    const id = ctx.id();
    conversation.seq += 1;
    conversation.unread += 1;
    conversation.preview = previewOf(text);
    conversation.lastMessageAt = conversation.lastInboundAt = ctx.now();
    const author = { kind: 'customer' as const, ...(conversation.name && { name: conversation.name }) };
    writes.insert(MessageModel, {
      _id: id,
      conversationId,
      seq: conversation.seq,
      direction: 'in',
      author,
      text,
      content: event.body,
      at: event.at,
      status: 'received',
      inboxId,
    });
    ctx.emit(
      messageReceived,
      {
        conversationId,
        messageId: id,
        text: text.slice(0, 1000),
        ...(conversation.contactId && { contactId: conversation.contactId }),
      },
      { kind: 'Conversation', id: conversationId },
    );
  }
}

/** With a person in charge the bot is silent; only a stop is obeyed at once, whoever answers. */
function staffHaveIt(conversation: ConversationDocument, entries: InboxDocument[]): TurnOutcome {
  for (const { event } of entries) {
    const word = consentWord(event.body);
    if (!word) continue;
    conversation.optedOut = word === 'stop';
    conversation.consent.push({ at: event.at, optedOut: word === 'stop', words: textOf(event.body) });
  }
  conversation.waitingForStaff = !conversation.optedOut;
  return { session: conversation.session, replies: [] };
}

/** What the customer tells a person is not lost on the flow: it keeps the facts and the records, and says nothing. */
async function listen(
  ctx: Context,
  writes: Writes,
  decide: Decide,
  conversation: ConversationDocument,
  entries: InboxDocument[],
  refusals: Refusals,
): Promise<TurnOutcome> {
  const staff = staffHaveIt(conversation, entries);
  // An engine that does not say that it listens is not woken.
  if (conversation.session?.state.listens !== true) return staff;
  const { session, language } = await run(ctx, writes, decide, conversation, entries, refusals);
  conversation.waitingForStaff = !conversation.optedOut;
  return { session, replies: [], ...(language && { language }) };
}

/** Drives the decision: each effect is run as the bot, its output given back, a refusal thrown in. */
async function run(
  ctx: Context,
  writes: Writes,
  decide: Decide,
  conversation: ConversationDocument,
  entries: InboxDocument[],
  refusals: Refusals,
): Promise<TurnOutcome> {
  const turn = decide({
    conversation: viewOf(conversation),
    session: conversation.session,
    events: entries.map(({ event }) => event),
    now: ctx.now(),
  });
  let step = turn.next();
  if (step.done) return step.value;
  // The commands must find the conversation as it is now, and may change it: contact, consent, assignee.
  saveConversation(writes, conversation);
  await flushOrGiveWay(writes);
  for (let place = 0; !step.done; place++) {
    const refusal = refusals.get(place);
    step = refusal ? turn.throw(refusal) : turn.next(await perform(ctx, step.value, place));
  }
  Object.assign(conversation, await ConversationModel.findById(conversation._id).lean());
  return step.value;
}

async function perform(ctx: Context, { command, input }: Effect, place: number): Promise<unknown> {
  try {
    return await ctx.perform(command, input);
  } catch (error) {
    if (isAppError(error) && !error.retryable) throw new Refused(place, error);
    throw error;
  }
}

class Refused extends Error {
  readonly place: number;
  readonly refusal: AppError;
  constructor(place: number, refusal: AppError) {
    super('a command was refused');
    this.place = place;
    this.refusal = refusal;
  }
}

/** The session moves on; the inbox of the staff is told when the bot asks for a person. */
function moveOn(
  ctx: Context,
  conversation: ConversationDocument,
  { session, mode, language, summary }: TurnOutcome,
): void {
  const handedOver = mode === 'human' && conversation.mode !== 'human';
  Object.assign(conversation, {
    session,
    ...(mode && { mode }),
    ...(language && { language }),
    ...(summary && { summary }),
    ...(handedOver && { waitingForStaff: true }),
  });
  if (!handedOver) return;
  const { _id, contactId } = conversation;
  const about = {
    conversationId: _id,
    reason: 'asked for a person',
    ...(contactId && { contactId }),
    ...(summary && { summary }),
  };
  ctx.emit(conversationHandedOver, about, { kind: 'Conversation', id: _id });
}

/**
 * A customer's turn, committed whole or not at all: the inbox entries become messages, the engine decides, what it
 * decided is run, the session moves on and the replies are queued, in one transaction.
 */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Context } from '../../core/context.ts';
import { type AppError, isAppError } from '../../core/errors.ts';
import type { Decide, Effect, TurnOutcome } from '../../core/turn.ts';
import { conversationChanged, conversationHandedOver, messageReceived } from './contract.ts';
import { type ConversationDocument, ConversationModel, viewOf } from './model/conversation.ts';
import { type InboxDocument, InboxModel } from './model/inbox.ts';
import { MessageModel } from './model/message.ts';
import { openConversation, Overtaken, saveConversation } from './open.ts';
import { consentWord, previewOf, textOf } from './rules.ts';
import { queueMessage } from './queue.ts';

/** Refusals of commands in this turn, by their place in it: the turn is decided again, knowing them. */
type Refusals = Map<number, AppError>;

export async function customerTurn(entries: InboxDocument[], deps: { bus: Bus; decide: Decide }): Promise<boolean> {
  const caller = { actor: systemActor('bot'), surface: 'flow' as const, cause: { id: entries[0]!._id, depth: 0 } };
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

async function commitTurn(ctx: Context, entries: InboxDocument[], decide: Decide, refusals: Refusals): Promise<boolean> {
  const events = entries.map(({ event }) => event);
  const conversation = await openConversation(ctx, events);
  const { modifiedCount } = await InboxModel.updateMany(
    { _id: { $in: entries.map(({ _id }) => _id) }, status: 'pending' },
    { $set: { status: 'done', conversationId: conversation._id } },
  );
  if (modifiedCount !== entries.length) throw new Overtaken();
  await receive(ctx, conversation, entries);

  const outcome = conversation.mode === 'human' ? staffHaveIt(conversation, entries) : await run(ctx, decide, conversation, entries, refusals);
  for (const reply of outcome.replies) await queueMessage(ctx, conversation, { content: reply.content, purpose: reply.purpose ?? 'reply', author: { kind: 'bot' } });
  await moveOn(ctx, conversation, outcome);
  return true;
}

/** The events become lines of the transcript. */
async function receive(ctx: Context, conversation: ConversationDocument, entries: InboxDocument[]): Promise<void> {
  const spoken = entries.filter(({ event }) => event.body.kind !== 'signal');
  const messages = spoken.map((entry, index) => ({
    _id: ctx.id(), conversationId: conversation._id, seq: conversation.seq + index + 1, direction: 'in' as const,
    author: { kind: 'customer' as const, ...(conversation.name && { name: conversation.name }) },
    text: textOf(entry.event.body), content: entry.event.body, at: entry.event.at, status: 'received', inboxId: entry._id,
  }));
  if (!messages.length) return;
  await MessageModel.insertMany(messages);
  conversation.seq += messages.length;
  conversation.unread += messages.length;
  conversation.preview = previewOf(messages.at(-1)!.text);
  conversation.lastMessageAt = conversation.lastInboundAt = ctx.now();
  const subject = { kind: 'Conversation', id: conversation._id } as const;
  for (const { _id, text } of messages) {
    ctx.emit(messageReceived, { conversationId: conversation._id, messageId: _id, text: text.slice(0, 1000), ...(conversation.contactId && { contactId: conversation.contactId }) }, subject);
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

/** Drives the decision: each effect is run as the bot, its output given back, a refusal thrown in. */
async function run(ctx: Context, decide: Decide, conversation: ConversationDocument, entries: InboxDocument[], refusals: Refusals): Promise<TurnOutcome> {
  const turn = decide({ conversation: viewOf(conversation), session: conversation.session, events: entries.map(({ event }) => event), now: ctx.now() });
  let step = turn.next();
  if (step.done) return step.value;
  // The commands must find the conversation as it is now, and may change it: contact, consent, assignee.
  await saveConversation(conversation);
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

async function moveOn(ctx: Context, conversation: ConversationDocument, outcome: TurnOutcome): Promise<void> {
  const handedOver = outcome.mode === 'human' && conversation.mode !== 'human';
  conversation.session = outcome.session;
  if (outcome.mode) conversation.mode = outcome.mode;
  if (outcome.language) conversation.language = outcome.language;
  if (outcome.summary) conversation.summary = outcome.summary;
  if (handedOver) conversation.waitingForStaff = true;
  await saveConversation(conversation);
  const { _id, summary } = conversation;
  const subject = { kind: 'Conversation', id: _id } as const;
  if (handedOver) {
    ctx.emit(conversationHandedOver, { conversationId: _id, reason: 'asked for a person', ...(conversation.contactId && { contactId: conversation.contactId }), ...(summary && { summary }) }, subject);
  }
  ctx.emit(conversationChanged, { conversationId: _id }, subject);
}

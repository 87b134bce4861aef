/**
 * A customer's turn, committed whole or not at all: the inbox entries become messages, the engine decides, what it
 * decided is run, the session moves on and the replies are queued, in one transaction. Turns of several conversations
 * share one: `together.ts` says when.
 */
import { systemActor } from '../../core/actor.ts';
import type { Context } from '../../core/context.ts';
import { type AppError, isAppError } from '../../core/errors.ts';
import { isOpen } from '../../core/office.ts';
import { setTimer } from '../../core/timers.ts';
import type { Decide, Effect, TurnOutcome } from '../../core/turn.ts';
import { askModel, noteDecided } from './assistance.ts';
import {
  conversationBegun,
  conversationHandedOver,
  filesReceived,
  messageReceived,
  signalConversation,
} from './contract.ts';
import { afterForms, hasForm } from './lead-forms.ts';
import { type ConversationDocument, ConversationModel, viewOf } from './model/conversation.ts';
import { type InboxDocument, InboxModel } from './model/inbox.ts';
import { MessageModel } from './model/message.ts';
import { type Opened, saveOpened } from './open.ts';
import { queueMessage } from './queue.ts';
import { consentWord, isIdle, previewOf, textOf } from './rules.ts';

/** Refusals of commands in this turn, by their place in it: the turn is decided again, knowing them. */
export type Refusals = Map<number, AppError>;

/** A turn that is decided as far as it goes without the database: to its end, or to the first command it wants run. */
export type Turn = Opened & {
  entries: InboxDocument[];
  deciding?: ReturnType<Decide>;
  step: IteratorResult<Effect, TurnOutcome>;
  /** A colleague answers: what the flow would say stays unsaid. */
  silent: boolean;
};

export function beginTurn(decide: Decide, entries: InboxDocument[], opened: Opened, now: Date): Turn {
  const { conversation } = opened;
  heedProvider(conversation, entries);
  // A signal (a chat opened, an out-of-office note) is kept and answered by nobody.
  const idle = entries.every(({ event }) => isIdle(event.body, conversation.mode));
  const silent = !idle && conversation.mode === 'human';
  if (silent) staffHaveIt(conversation, entries);
  // An engine that does not say that it listens is not woken: what a customer tells a person is no answer to the bot.
  const unheard = idle || (silent && conversation.session?.state.listens !== true);
  const events = entries.map(({ event }) => event);
  const forms = hasForm(events);
  if (unheard && !forms) {
    const value = { session: conversation.session, replies: [] };
    return { ...opened, entries, silent, step: { done: true, value } };
  }
  const input = { conversation: viewOf(conversation), session: conversation.session, events, now };
  const deciding = forms ? afterForms(unheard ? undefined : decide, input) : decide(input);
  return { ...opened, entries, silent, deciding, step: deciding.next() };
}

/** Told by the provider, not in words. They told it, not us, that they want no more, or do again: it holds here, too. */
function heedProvider(conversation: ConversationDocument, entries: InboxDocument[]): void {
  for (const { event } of entries) {
    const { body, at } = event;
    if (body.kind !== 'signal') continue;
    // Somebody speaks with them on the telephone: nobody else has to.
    if (body.name === 'taken') conversation.waitingForStaff = false;
    const last = conversation.consent.at(-1);
    const isBlock = body.name === 'blocked' && !conversation.optedOut;
    const isEnd = body.name === 'unblocked' && last?.optedOut && last.words.startsWith(blocked);
    if (!isBlock && !isEnd) continue;
    const words = `${isBlock ? blocked : 'unblocked'}${body.data?.words ? `: ${body.data.words}` : ''}`;
    conversation.optedOut = isBlock;
    conversation.consent = [...conversation.consent, { at, optedOut: isBlock, words }];
  }
}
const blocked = 'blocked';

/** With a person in charge the bot is silent; only a stop is obeyed at once, whoever answers. */
function staffHaveIt(conversation: ConversationDocument, entries: InboxDocument[]): void {
  for (const { event } of entries) {
    const word = consentWord(event.body);
    if (!word) continue;
    const consent = { at: event.at, optedOut: word === 'stop', words: textOf(event.body) };
    Object.assign(conversation, {
      optedOut: consent.optedOut,
      consent: [...conversation.consent, consent],
    });
  }
  conversation.waitingForStaff = !conversation.optedOut;
}

/** Writes these turns into the caller's transaction, running what they want run. @throws Refused, Overtaken */
export async function commitTurns(
  ctx: Context,
  turns: Turn[],
  refusals: Refusals = new Map(),
): Promise<void> {
  const held = turns.map((turn) => {
    const cause = { id: turn.entries[0]!._id, depth: 0 };
    return { turn, ctx: ctx.because(cause, systemActor('bot')) };
  });
  for (const { turn, ctx } of held) {
    if (!turn.stored) begun(ctx, turn);
    receive(ctx, turn);
  }
  const acting = held.filter(({ turn }) => !turn.step.done);
  if (acting.length) {
    // The commands must find the conversations as they are now, and may change them: contact, consent, assignee.
    for (const { turn } of acting) saveOpened(ctx.writes, turn);
    for (const { turn, ctx } of acting) await act(ctx, turn, refusals);
    await ctx.flush();
    await readAgain(acting.map(({ turn }) => turn));
  }
  for (const { turn, ctx } of held) await finish(ctx, turn);
}

/** Whoever the channel shows it to be is looked up once. */
const begun = (ctx: Context, { conversation: { _id: conversationId } }: Turn): void =>
  ctx.emit(conversationBegun, { conversationId }, { kind: 'Conversation', id: conversationId });

/** The events are done and become lines of the transcript. */
function receive(ctx: Context, { conversation, entries }: Turn): void {
  const conversationId = conversation._id;
  ctx.writes.update(
    InboxModel,
    {
      _id: entries.length === 1 ? entries[0]!._id : { $in: entries.map(({ _id }) => _id) },
      status: 'pending',
    },
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
    ctx.writes.insert(MessageModel, {
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
    if (event.body.kind === 'media') {
      const { channel, account, thread } = conversation;
      ctx.emit(
        filesReceived,
        { conversationId, messageId: id, channel, account, thread, media: event.body.media },
        { kind: 'Conversation', id: conversationId },
      );
    }
  }
}

/** Drives the decision: each effect is run as the bot, its output given back, a refusal thrown in. */
async function act(ctx: Context, turn: Turn, refusals: Refusals): Promise<void> {
  for (let place = 0; !turn.step.done; place++) {
    const refusal = refusals.get(place);
    turn.step = refusal
      ? turn.deciding!.throw(refusal)
      : turn.deciding!.next(await perform(ctx, turn.step.value, place));
  }
}

async function perform(ctx: Context, { command, input }: Effect, place: number): Promise<unknown> {
  try {
    return await ctx.perform(command, input);
  } catch (error) {
    if (isAppError(error) && !error.retryable) throw new Refused(place, error);
    throw error;
  }
}

export class Refused extends Error {
  readonly place: number;
  readonly refusal: AppError;
  constructor(place: number, refusal: AppError) {
    super('a command was refused');
    this.place = place;
    this.refusal = refusal;
  }
}

async function readAgain(turns: Turn[]): Promise<void> {
  const ids = turns.map(({ conversation }) => conversation._id);
  const found = await ConversationModel.find({ _id: ids.length === 1 ? ids[0]! : { $in: ids } }).lean();
  const byId = new Map(found.map((conversation) => [conversation._id, conversation]));
  for (const turn of turns) {
    turn.stored = byId.get(turn.conversation._id)!;
    turn.conversation = { ...turn.stored };
  }
}

/** What was decided is queued, and the session moves on. */
async function finish(ctx: Context, turn: Turn): Promise<void> {
  const { conversation, silent } = turn;
  const outcome = turn.step.value as TurnOutcome;
  const { session, replies, mode, language, summary, wakeAt, ask, decided } = outcome;
  if (silent && turn.deciding) conversation.waitingForStaff = !conversation.optedOut;
  const handedOver = !silent && mode === 'human' && conversation.mode !== 'human';
  for (const [place, { content, purpose = 'reply' }] of (silent ? [] : replies).entries()) {
    const meta = liveMeta(ctx, outcome, { handedOver, last: place === replies.length - 1 });
    queueMessage(ctx, ctx.writes, conversation, { content, purpose, author: { kind: 'bot' }, ...meta });
  }
  Object.assign(conversation, {
    session,
    ...(language && { language }),
    ...(!silent && mode && { mode }),
    ...(!silent && summary && { summary }),
    ...(handedOver && { waitingForStaff: true }),
  });
  if (handedOver) tellStaff(ctx, conversation, summary);
  if (wakeAt && !silent) await wakeLater(conversation._id, wakeAt);
  if (decided) noteDecided(ctx, conversation, decided);
  saveOpened(ctx.writes, turn);
  if (ask) await askModel(ctx, conversation._id, ask);
}

/** Somebody waits on the line: whether there is more to come, whom they are put through to, and whether anybody is there. */
function liveMeta(ctx: Context, { live }: TurnOutcome, more: { handedOver: boolean; last: boolean }) {
  if (!live) return {};
  return { meta: { turn: { ...live, ...more, open: isOpen(ctx.now(), ctx.config.app.organisation) } } };
}

/** Woken then, unless another time is arranged meanwhile: a timer for each conversation. */
const wakeLater = (conversationId: string, at: Date): Promise<void> =>
  setTimer({
    key: `conversation:${conversationId}:wake`,
    dueAt: at,
    command: signalConversation.name,
    input: { conversationId, name: 'wake', once: at.toISOString() },
  });

/** The inbox of the staff is told when the bot asks for a person. */
function tellStaff(ctx: Context, { _id, contactId }: ConversationDocument, summary?: string): void {
  const about = {
    conversationId: _id,
    reason: 'asked for a person',
    ...(contactId && { contactId }),
    ...(summary && { summary }),
  };
  ctx.emit(conversationHandedOver, about, { kind: 'Conversation', id: _id });
}

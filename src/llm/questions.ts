/**
 * Questions to the model, kept until they are answered. One is asked in the transaction of the turn that could not
 * decide; the model is called outside of any; what it said is handed on in one transaction with striking the question,
 * so that a crash neither loses nor repeats an answer. The answer is an event like any other.
 */
import mongoose, { Schema } from 'mongoose';
import { systemActor } from '../core/actor.ts';
import type { Bus } from '../core/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import type { Logger } from '../core/logger.ts';
import { createPump, type Pump } from '../core/pump.ts';
import type { Llm } from './index.ts';
import type { UnderstandInput, Understood } from './tasks/understand.ts';
import type { Outcome } from './types.ts';

export type Question = {
  /** `<conversation>:<message>`: the same message is asked about once. */
  _id: string;
  conversationId: string;
  messageId: string;
  input: UnderstandInput;
  /** What stands if the model is of no help. */
  offline: Understood;
  askedAt: Date;
  /** Not before; moved on while somebody asks. */
  dueAt: Date;
};
const schema = new Schema<Question>(
  {
    _id: String,
    conversationId: { type: String, required: true },
    messageId: { type: String, required: true },
    input: { type: Schema.Types.Mixed, required: true },
    offline: { type: Schema.Types.Mixed, required: true },
    askedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ dueAt: 1 });
export const QuestionModel = mongoose.model<Question>('LlmQuestion', schema, 'llmQuestions');

/** Longer than two attempts take: a question whose asker died is asked again then. */
const HELD_MS = 30_000;
/** A customer has long been answered otherwise. */
const STALE_MS = 120_000;
const AT_ONCE = 8;

/** To be called in the turn's transaction. */
export async function askLater(question: Omit<Question, '_id' | 'dueAt'>): Promise<void> {
  const { conversationId, messageId, askedAt } = question;
  await QuestionModel.updateOne(
    { _id: `${conversationId}:${messageId}` },
    { $setOnInsert: { ...question, dueAt: askedAt } },
    { upsert: true },
  );
}

export type AssistantDeps = {
  llm: Pick<Llm, 'understand'>;
  bus: Pick<Bus, 'unitOfWork'>;
  clock: Clock;
  log: Logger;
  /** Hands the answer on inside the transaction: `conversation.signal`, once per question. */
  deliver(ctx: Context, question: Question, outcome: Outcome<Understood>): Promise<void>;
  pollMs?: number;
};

/** Works the questions off; several processes may. */
export function createAssistant({ llm, bus, clock, log, deliver, pollMs = 500 }: AssistantDeps): Pump {
  async function round(): Promise<boolean> {
    const due = await QuestionModel.find({ dueAt: { $lte: clock.now() } })
      .sort({ dueAt: 1 })
      .limit(AT_ONCE)
      .lean();
    await Promise.all(due.map(answer));
    return due.length === AT_ONCE;
  }

  async function answer(question: Question): Promise<void> {
    const until = new Date(clock.now().getTime() + HELD_MS);
    const held = await QuestionModel.updateOne(
      { _id: question._id, dueAt: question.dueAt },
      { $set: { dueAt: until } },
    );
    if (held.modifiedCount === 0) return; // another process has it
    const outcome = await outcomeOf(question);
    try {
      await bus.unitOfWork(
        { actor: systemActor('assistant'), surface: 'subscriber', cause: { id: question._id, depth: 0 } },
        async (ctx) => {
          const struck = await QuestionModel.findOneAndDelete({ _id: question._id, dueAt: until });
          if (struck) await deliver(ctx, question, outcome);
        },
      );
    } catch (error) {
      log.error(
        { err: error, question: question._id },
        'an answer could not be handed on; it is asked again',
      );
    }
  }

  async function outcomeOf(question: Question): Promise<Outcome<Understood>> {
    const { input, offline, askedAt } = question;
    if (clock.now().getTime() - askedAt.getTime() > STALE_MS)
      return { engine: 'offline', value: offline, reason: 'timeout' };
    return llm.understand(input, offline);
  }

  return createPump({ name: 'assistant', round, log, pollMs });
}

/**
 * Works off the questions of `core/questions.ts`. The model is called outside of any transaction; what it said is handed
 * on in one transaction with striking the question, so that a crash neither loses nor repeats an answer.
 */
import { systemActor } from '../core/actor.ts';
import type { Bus } from '../core/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import type { Logger } from '../core/logger.ts';
import { createPump, type Pump } from '../core/pump.ts';
import { type Question, QuestionModel } from '../core/questions.ts';
import type { Llm } from './index.ts';
import type { AnswerInput, Answered as Phrased } from './tasks/answer.ts';
import type { DraftInput } from './tasks/draft.ts';
import type { SummariseInput } from './tasks/summarise.ts';
import type { UnderstandInput, Understood } from './tasks/understand.ts';
import type { Outcome } from './types.ts';

export { askLater, type Question, QuestionModel } from '../core/questions.ts';

/** Longer than two attempts take: a question whose asker died is asked again then. */
const HELD_MS = 30_000;
/** A customer has long been answered otherwise. */
const STALE_MS = 120_000;
const AT_ONCE = 8;

/** What a model understood, or wrote. */
export type Answered = Outcome<Understood | Phrased | string | undefined>;

export type AssistantDeps = {
  llm: Pick<Llm, 'understand'> & Partial<Pick<Llm, 'summarise' | 'draft' | 'answer'>>;
  bus: Pick<Bus, 'unitOfWork'>;
  clock: Clock;
  log: Logger;
  /** Hands the answer on inside the transaction, once per question. */
  deliver(ctx: Context, question: Question, outcome: Answered): Promise<void>;
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

  async function outcomeOf({ kind, input, offline, askedAt }: Question): Promise<Answered> {
    const stands = { engine: 'offline' as const, value: offline as Understood | string | undefined };
    if (clock.now().getTime() - askedAt.getTime() > STALE_MS) return { ...stands, reason: 'timeout' };
    if (kind === 'understand') return llm.understand(input as UnderstandInput, offline as Understood);
    if (kind === 'summarise' && llm.summarise)
      return llm.summarise(input as SummariseInput, offline as string);
    if (kind === 'answer' && llm.answer) return llm.answer(input as AnswerInput);
    if (kind === 'draft' && llm.draft) return llm.draft(input as DraftInput);
    return { ...stands, reason: 'task-off' };
  }

  return createPump({ name: 'assistant', round, log, pollMs });
}

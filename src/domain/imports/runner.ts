/**
 * Works imports off, a page in each transaction: its leads, what became of each row, and that the page is done are
 * written together. Killed at any moment, the next worker goes on with the page that is not done yet.
 */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Clock } from '../../core/clock.ts';
import type { Context } from '../../core/context.ts';
import { isAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { createPump, type Pump } from '../../core/pump.ts';
import { Overtaken } from '../../core/writes.ts';
import { type BulkOutcome, recordEnquiries, retractEnquiries } from '../enquiries/contract.ts';
import { actorFor } from '../staff/contract.ts';
import { createPages } from './ahead.ts';
import { importFinished, importProgressed } from './contract.ts';
import { type ImportDocument, ImportModel, type PageDocument, PageModel, pageId } from './model.ts';
import { type Judge, readingFor } from './reading.ts';
import { summarise } from './summary.ts';

const heldMs = 30_000;
const maxFailures = 5;

export function createImporter({
  bus,
  clock,
  log,
  owner,
  judge,
  pollMs,
}: {
  bus: Bus;
  clock: Clock;
  log: Logger;
  /** This process, among those that share the database. */
  owner: string;
  judge?: Judge;
  pollMs?: number;
}): Pump {
  const pages = createPages(judge);

  /** One page of one import; those that wait take turns. */
  async function round(): Promise<boolean> {
    const work = await claim();
    if (!work) return false;
    try {
      await (work.status === 'running' ? goOn(work) : turnBack(work));
    } catch (error) {
      // Somebody changed what it stood on: it is looked at anew at once.
      if (error instanceof Overtaken) log.debug({ import: work._id }, 'a page of an import is read again');
      else await failed(work, error as Error);
    }
    return true;
  }

  const claim = (): Promise<ImportDocument | null> =>
    ImportModel.findOneAndUpdate(
      {
        status: { $in: ['running', 'undoing'] },
        $or: [{ holder: owner }, { heldUntil: null }, { heldUntil: { $lte: clock.now() } }],
      },
      { $set: { holder: owner, heldUntil: until(), servedAt: clock.now() } },
      { sort: { servedAt: 1, _id: 1 }, returnDocument: 'after' },
    ).lean();

  const until = () => new Date(clock.now().getTime() + heldMs);
  const caller = (work: ImportDocument) => ({
    actor: systemActor('imports'),
    surface: 'timer' as const,
    cause: { id: work._id, depth: 0 },
  });

  async function goOn(work: ImportDocument): Promise<void> {
    const plan = work.plan!;
    const opened = pages.open(work);
    const page = await opened.page;
    await bus.unitOfWork(caller(work), async (ctx) => {
      const { actor } = await ctx.ask(actorFor, { userId: work.assigneeId });
      const own = actor && ctx.as(actor);
      if (!own?.can('create', 'Lead'))
        return end(ctx, work, 'failed', `${work.by} may not add leads any more.`);
      const reading = await readingFor(own, work, plan);
      const rows = await opened.rows(reading);
      const { outcomes, undo } = await ctx.run(recordEnquiries, {
        rows: rows.flatMap(({ row }) => row ?? []),
        policy: plan,
        actor: actor!,
        ref: `import:${work._id}`,
      });
      const bad = rows.flatMap(({ n, problems }) => (problems ? [{ n, problems }] : []));
      if (page)
        ctx.writes.update(
          PageModel,
          { _id: page._id, outcomes: { $exists: false } },
          { $set: { outcomes: outcomes.map(withoutEvidence), bad, undo } },
        );
      const isLast = work.next + 1 >= work.pages;
      const counted = countsOf(outcomes, bad.length);
      ctx.writes.update(
        ImportModel,
        { _id: work._id, status: 'running', next: work.next },
        {
          $set: {
            heldUntil: until(),
            failures: 0,
            ...(isLast && { status: 'done', finishedAt: clock.now() }),
          },
          $inc: { next: 1, done: rows.length, ...counted },
        },
      );
      await ctx.flush();
      await tell(ctx, work, isLast, outcomes.filter(({ action }) => action === 'opened').length);
    });
  }

  async function turnBack(work: ImportDocument): Promise<void> {
    const at = work.next - 1;
    const page = at < 0 ? null : await PageModel.findById(pageId(work._id, at)).lean<PageDocument>();
    await bus.unitOfWork(caller(work), async (ctx) => {
      const { removed, stayed } = page?.undo
        ? await ctx.run(retractEnquiries, {
            outcomes: page.outcomes as BulkOutcome[],
            undo: page.undo,
            ref: `import:${work._id}`,
          })
        : { removed: 0, stayed: [] };
      if (page?.undo)
        ctx.writes.update(
          PageModel,
          { _id: page._id, undo: { $exists: true } },
          { $set: { stayed }, $unset: { undo: 1 } },
        );
      const isLast = at <= 0;
      ctx.writes.update(
        ImportModel,
        { _id: work._id, status: 'undoing', next: work.next },
        {
          $set: {
            next: Math.max(0, at),
            heldUntil: until(),
            failures: 0,
            ...(isLast && { status: 'undone', finishedAt: clock.now() }),
          },
          $inc: { done: page?.outcomes?.length ?? 0, removed, stayed: stayed.length },
        },
      );
      await ctx.flush();
      await tell(ctx, work, isLast, removed);
    });
  }

  /** Open screens are told of each page; people once, at the end. */
  async function tell(ctx: Context, work: ImportDocument, isLast: boolean, leads: number): Promise<void> {
    if (!isLast) return ctx.emit(importProgressed, { importId: work._id });
    ctx.emit(importFinished, { importId: work._id, leads });
    await summarise(ctx, (await ImportModel.findById(work._id).lean())!);
  }

  async function end(ctx: Context, work: ImportDocument, status: 'failed', problem: string): Promise<void> {
    ctx.writes.update(ImportModel, { _id: work._id, status: work.status }, { $set: { status, problem } });
    ctx.emit(importFinished, { importId: work._id, leads: 0 });
  }

  /** A refusal will be one again; anything else is tried some times more, and then waits for somebody to look. */
  async function failed(work: ImportDocument, error: Error): Promise<void> {
    const failures = work.failures + 1;
    const final = failures >= maxFailures || (isAppError(error) && !error.retryable);
    log.error(
      { err: error, import: work._id, page: work.next, failures, final },
      'a page of an import failed',
    );
    await ImportModel.updateOne(
      { _id: work._id, status: work.status },
      {
        $set: {
          failures,
          ...(final && { status: 'failed', problem: isAppError(error) ? error.message : unexpected }),
        },
      },
    );
    if (!final) throw error;
  }

  return createPump({ name: 'imports', round, log, pollMs: pollMs ?? 1000 });
}

const unexpected = 'Something went wrong on our side. What is done stays; you can go on or undo it.';
const withoutEvidence = ({ evidence: _, ...outcome }: BulkOutcome) => outcome;

function countsOf(outcomes: BulkOutcome[], bad: number): Record<string, number> {
  const counts: Record<string, number> = bad ? { 'counts.bad': bad } : {};
  for (const { action, assigneeId } of outcomes) {
    counts[`counts.${action}`] = (counts[`counts.${action}`] ?? 0) + 1;
    if (assigneeId) counts[`given.${assigneeId}`] = (counts[`given.${assigneeId}`] ?? 0) + 1;
  }
  return counts;
}

import type { Context } from '../../core/context.ts';
import { defineModule, handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { invalid } from '../../core/validate.ts';
import { getRehearsal, type RehearsalView, startRehearsal } from './contract.ts';
import { type RehearsalDocument, RehearsalModel } from './model.ts';
import { type Played, play } from './play.ts';

const mostDays = 62;
/** Longer than any may take: one that is said to run has died with its process. */
const lostMs = 15 * 60_000;

/** One at a time: each copies the data and runs the whole product. */
const startRehearsalHandler = handles(startRehearsal, async (ctx, { from, to }) => {
  const span = { from: new Date(from), to: new Date(to) };
  if (span.to <= span.from) throw invalid('to', 'must lie after the beginning');
  if (span.to.getTime() - span.from.getTime() > mostDays * 86_400_000)
    throw invalid('to', `at most ${mostDays} days at a time`);
  if (ctx.config.env.MONGODB_URI)
    throw invalid('from', 'a rehearsal needs the embedded store: see “parley simulate rules --help”');
  const running = await RehearsalModel.findOne({
    state: 'running',
    startedAt: { $gt: new Date(ctx.now().getTime() - lostMs) },
  }).lean();
  if (running) throw new AppError('record.conflict', { kind: 'rehearsal', by: running.by });
  const rehearsalId = ctx.id();
  await RehearsalModel.create([
    {
      _id: rehearsalId,
      ...span,
      startedAt: ctx.now(),
      by: ctx.actor.name,
      state: 'running',
      total: 0,
      items: [],
    },
  ]);
  ctx.audit({ kind: 'Setting', id: 'rehearsal', after: span, text: 'played the timed rules on a copy' });
  ctx.afterCommit(() => void run(ctx, rehearsalId, span));
  return { rehearsalId };
});

async function run(ctx: Context, _id: string, span: { from: Date; to: Date }): Promise<void> {
  const keep = (state: RehearsalDocument['state'], { items, total, error }: Played) =>
    RehearsalModel.updateOne({ _id }, { $set: { state, items, total, ...(error && { error }) } });
  try {
    const played = await play(ctx.config, span);
    await keep(played.error ? 'failed' : 'done', played);
  } catch (error) {
    ctx.log.error({ err: error }, 'a rehearsal failed');
    await keep('failed', { items: [], total: 0, error: (error as Error).message }).catch(() => {});
  }
}

const getRehearsalHandler = handles(getRehearsal, async (ctx, { rehearsalId }) => {
  const which = rehearsalId === 'latest' ? {} : { _id: rehearsalId };
  const found = await RehearsalModel.findOne(which).sort({ _id: -1 }).lean<RehearsalDocument>();
  if (!found) return {};
  const lost = found.state === 'running' && ctx.now().getTime() - found.startedAt.getTime() > lostMs;
  return { rehearsal: viewOf(lost ? { ...found, state: 'failed', error: 'it was interrupted' } : found) };
});

const viewOf = ({
  _id,
  from,
  to,
  startedAt,
  by,
  state,
  error,
  total,
  items,
}: RehearsalDocument): RehearsalView => ({
  id: _id,
  from: from.toISOString(),
  to: to.toISOString(),
  startedAt: startedAt.toISOString(),
  by,
  state,
  total,
  items,
  ...(error && { error }),
});

export const rehearsals = defineModule({
  name: 'rehearsals',
  summary: 'What the timed rules would send in the days to come, played on a copy of the data',
  handlers: [startRehearsalHandler, getRehearsalHandler],
});

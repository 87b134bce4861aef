/** Begins, stops and turns back an import; the rows are worked on in the background (runner.ts). */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { invalid } from '../../../core/validate.ts';
import { changeable, ownerFor, reachImport, recipientsOf } from '../access.ts';
import { columnNames, signatureOf } from '../columns.ts';
import {
  discardImport,
  type ImportPlan,
  type ImportStatus,
  importStarted,
  resumeImport,
  startImport,
  stopImport,
  targetLabels,
  undoImport,
} from '../contract.ts';
import { undoDays } from '../jobs.ts';
import { type ImportDocument, ImportModel, noCounts, PageModel, RememberedModel } from '../model.ts';
import { headOf } from '../reading.ts';
import { viewFor } from '../view.ts';

export const startImportHandler = handles(startImport, async (ctx, { importId, plan }) => {
  const found = await reachImport(ctx, importId, ({ actor }) => ({ assigneeId: actor.id }));
  expect(found, ['ready']);
  await checkPlan(ctx, found, plan);
  const after = await move(ctx, found, {
    status: 'running',
    plan,
    next: 0,
    done: 0,
    counts: noCounts(),
    given: {},
    startedAt: ctx.now(),
    failures: 0,
  });
  await remember(ctx, found, plan);
  ctx.audit({
    kind: 'Lead',
    id: importId,
    after: { filename: found.filename, plan },
    text: `imported ${found.filename}`,
    undo: { command: undoImport.name, input: { importId } },
  });
  return { import: await viewFor(ctx, after) };
});

async function checkPlan(ctx: Context, found: ImportDocument, plan: ImportPlan): Promise<void> {
  const { mapping } = plan;
  if (mapping.length > found.columns) throw invalid('mapping', 'names columns that the file has not');
  const named = mapping.filter((target) => target !== null);
  const twice = named.find((target, at) => named.indexOf(target) !== at);
  if (twice) throw invalid('mapping', `two columns are ${targetLabels[twice]}`);
  if (!named.includes('phone') && !named.includes('email'))
    throw invalid('mapping', 'say which column is the phone or the e-mail');
  ownerFor(ctx.actor, await recipientsOf(ctx), plan.assignTo);
}

/** For the next file with this header, whoever brings it. */
async function remember(ctx: Context, { _id, columns }: ImportDocument, plan: ImportPlan): Promise<void> {
  const [header] = plan.headerRow < 0 ? [] : await headOf(_id, plan.headerRow, 1);
  if (!header) return;
  await RememberedModel.updateOne(
    { _id: signatureOf(columnNames(header.cells, columns)) },
    { $set: { plan, at: ctx.now() } },
    { upsert: true },
  );
}

export const stopImportHandler = handles(stopImport, async (ctx, { importId }) => {
  const found = await reachImport(ctx, importId, changeable);
  expect(found, ['running']);
  const after = await move(ctx, found, { status: 'stopped' });
  ctx.audit({ kind: 'Lead', id: importId, text: `stopped the import of ${found.filename}` });
  return { import: await viewFor(ctx, after) };
});

export const resumeImportHandler = handles(resumeImport, async (ctx, { importId }) => {
  const found = await reachImport(ctx, importId, ({ actor }) => ({ assigneeId: actor.id }));
  expect(found, ['stopped', 'failed']);
  ownerFor(ctx.actor, await recipientsOf(ctx), found.plan!.assignTo);
  const after = await move(ctx, found, { status: 'running', failures: 0, problem: undefined });
  ctx.audit({ kind: 'Lead', id: importId, text: `went on with the import of ${found.filename}` });
  return { import: await viewFor(ctx, after) };
});

export const undoImportHandler = handles(undoImport, async (ctx, { importId }) => {
  const found = await reachImport(ctx, importId, changeable);
  expect(found, ['done', 'stopped', 'failed']);
  if (!found.pages) throw new AppError('import.not_now', { status: `is older than ${undoDays} days` });
  const after = await move(ctx, found, {
    status: 'undoing',
    done: 0,
    removed: 0,
    stayed: 0,
    failures: 0,
    problem: undefined,
  });
  ctx.audit({ kind: 'Lead', id: importId, text: `took back the import of ${found.filename}` });
  return { import: await viewFor(ctx, after) };
});

export const discardImportHandler = handles(discardImport, async (ctx, { importId }) => {
  const found = await reachImport(ctx, importId, changeable);
  expect(found, ['ready']);
  await ImportModel.deleteOne({ _id: importId });
  await PageModel.deleteMany({ importId });
  return { ok: true } as const;
});

const words: Record<ImportStatus, string> = {
  ready: 'has not begun',
  running: 'is under way',
  stopped: 'was stopped',
  done: 'is done',
  undoing: 'is being taken back',
  undone: 'was taken back',
  failed: 'has failed',
};

function expect({ status }: ImportDocument, wanted: ImportStatus[]): void {
  if (!wanted.includes(status)) throw new AppError('import.not_now', { status: words[status] });
}

async function move(
  ctx: Context,
  { _id, status }: ImportDocument,
  change: Partial<ImportDocument>,
): Promise<ImportDocument> {
  const given = Object.entries(change);
  const unset = Object.fromEntries(given.flatMap(([key, value]) => (value === undefined ? [[key, 1]] : [])));
  const set = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const after = await ImportModel.findOneAndUpdate(
    { _id, status },
    { $set: set, $unset: { ...unset, holder: 1, heldUntil: 1 } },
    { returnDocument: 'after' },
  ).lean();
  if (!after) throw new AppError('record.conflict', { kind: 'import' });
  if (after.status === 'running' || after.status === 'undoing') ctx.emit(importStarted, { importId: _id });
  return after;
}

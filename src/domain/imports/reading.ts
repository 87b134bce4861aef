/** The rows of a page as enquiries, with the verdict of the words on each: the same for the preview and the import. */
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import type { Context } from '../../core/context.ts';
import type { BulkRow } from '../enquiries/contract.ts';
import { colleaguesOf, ownerFor, recipientsOf } from './access.ts';
import { columnNames } from './columns.ts';
import type { ImportPlan } from './contract.ts';
import { type ImportDocument, PageModel, pageId } from './model.ts';
import type { RawRow } from './read/reader.ts';
import { type ReadRow, readRow } from './row.ts';

/** What the words of a note read as: the language engine's judgement, where there is one. */
export type Judge = (text: string) => BulkRow['junk'];

export type Reading = {
  columns: string[];
  /** All that a row is read by: two readings of the same world read the same. */
  world: string;
  read: (raw: RawRow) => ReadRow;
};

/** @throws user.cannot_assign_to where the plan gives leads to whom the actor may not. */
export async function readingFor(ctx: Context, found: ImportDocument, plan: ImportPlan): Promise<Reading> {
  const recipients = await recipientsOf(ctx);
  const assigneeId = ownerFor(ctx.actor, recipients, plan.assignTo);
  const columns = await columnsOf(found, plan);
  const world = {
    plan,
    columns,
    country: ctx.config.app.organisation.country,
    colleagues: colleaguesOf(recipients),
    ...(assigneeId && { assigneeId }),
  };
  return {
    columns,
    world: JSON.stringify({ ...world, colleagues: [...world.colleagues] }),
    read: (raw) => readRow(raw, world),
  };
}

export async function columnsOf(
  found: ImportDocument,
  { headerRow }: Pick<ImportPlan, 'headerRow'>,
): Promise<string[]> {
  const [header] = headerRow < 0 ? [] : await headOf(found._id, headerRow, 1);
  return columnNames(header?.cells ?? [], found.columns);
}

export async function headOf(importId: string, from: number, count: number): Promise<RawRow[]> {
  const page = await PageModel.findOne(
    { _id: pageId(importId, 0) },
    { rows: { $slice: [from, count] } },
  ).lean();
  return page?.rows ?? [];
}

/** The rows of a page without what stands above the data. */
export const dataOf = (page: { page: number; rows: RawRow[] }, { headerRow }: ImportPlan): RawRow[] =>
  page.page === 0 ? page.rows.slice(headerRow + 1) : page.rows;

/** Reads and judges, giving way to others every few rows. */
export async function readPage(rows: RawRow[], { read }: Reading, judge?: Judge): Promise<ReadRow[]> {
  const done: ReadRow[] = [];
  for (const [at, raw] of rows.entries()) {
    const one = read(raw);
    const words = one.row?.note;
    const junk = words ? judge?.(words.slice(0, 1000)) : undefined;
    if (junk) one.row!.junk = junk;
    done.push(one);
    if (at % 25 === 24) await nextTurnOfTheLoop();
  }
  return done;
}

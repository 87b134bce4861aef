/** One notice for each who is concerned, whatever the file's length. */
import type { Context } from '../../core/context.ts';
import { tell } from '../notifications/contract.ts';
import type { ImportDocument } from './model.ts';

export async function summarise(ctx: Context, done: ImportDocument): Promise<void> {
  const { _id, filename, status, assigneeId, by, given } = done;
  const link = `/imports/${_id}`;
  await ctx.run(tell, {
    userId: assigneeId,
    rule: 'import',
    title: `${filename} is ${status === 'undone' ? 'taken back' : 'imported'}`,
    text: status === 'undone' ? undoneText(done) : doneText(done),
    link,
    key: `import:${_id}:${status}:${assigneeId}`,
  });
  if (status === 'undone') return;
  for (const [userId, count] of Object.entries(given ?? {})) {
    if (userId === assigneeId) continue;
    await ctx.run(tell, {
      userId,
      rule: 'import',
      title: `${count.toLocaleString('en')} new lead${count === 1 ? '' : 's'} for you`,
      text: `${by} has imported ${filename}. They stand under Not Attempted Leads.`,
      link: '/leads?view=notAttempted',
      key: `import:${_id}:${status}:${userId}`,
    });
  }
}

function doneText({ counts }: ImportDocument): string {
  const parts: [number, string][] = [
    [counts.opened, 'new'],
    [counts.reopened, 're-engaged'],
    [counts.added, 'added to a known lead'],
    [counts.filled, 'filled in on a known lead'],
    [counts.skipped, 'left out as known'],
    [counts.kept, 'junk'],
    [counts.bad, 'kept aside: see the error file'],
  ];
  const told = parts
    .filter(([count]) => count)
    .map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  return told.length ? `${told.join(' · ')}.` : 'It had no rows.';
}

const undoneText = ({ removed, stayed }: ImportDocument): string =>
  `${removed.toLocaleString('en')} taken back.${stayed ? ` ${stayed.toLocaleString('en')} stay: somebody has gone on with them.` : ''}`;

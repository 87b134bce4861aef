import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { invalid } from '../../../core/validate.ts';
import { importEntries } from '../contract.ts';
import { filesOf, printOf, readKnowledgeFile } from '../files.ts';
import { type EntryDocument, EntryModel } from '../model.ts';
import { entriesIn, type ReadEntry } from '../read-text.ts';
import { add, change } from './entries.ts';

type Taken = { created: number; changed: number; kept: number; entryIds: string[] };
type State = 'draft' | 'published';

export const importEntriesHandler = handles(importEntries, async (ctx, { text, language, state }) => {
  const taken: Taken = { created: 0, changed: 0, kept: 0, entryIds: [] };
  if (text !== undefined) {
    const { entries, faults } = entriesIn(text, language);
    if (!entries.length)
      throw invalid('text', faults[0] ?? 'has no question in it: begin each with "## ", or end it with "?"');
    for (const entry of entries) await takeNew(ctx, taken, { ...entry, state });
    return taken;
  }
  for (const file of await filesOf(ctx.config)) {
    const words = await readKnowledgeFile(ctx.config, file);
    if (words === undefined) throw invalid('files', `${file} is larger than 500 kB`);
    for (const entry of entriesIn(words, language).entries) await takeFrom(ctx, taken, file, entry, state);
  }
  return taken;
});

async function takeNew(
  ctx: Context,
  taken: Taken,
  entry: ReadEntry & { state: State },
  source?: EntryDocument['source'],
) {
  const { _id } = await add(ctx, entry, { source });
  taken.created++;
  taken.entryIds.push(_id);
}

/** A file that is taken over again changes what nobody has changed here since. */
async function takeFrom(
  ctx: Context,
  taken: Taken,
  file: string,
  entry: ReadEntry,
  state: State,
): Promise<void> {
  const key = `${entry.language}:${entry.title.toLowerCase()}`;
  const source = { file, key, print: printOf(entry) };
  const before = await EntryModel.findOne({ 'source.file': file, 'source.key': key }).lean<EntryDocument>();
  if (!before) return takeNew(ctx, taken, { ...entry, state }, source);
  taken.entryIds.push(before._id);
  const isOurs = printOf(before) !== before.source!.print;
  if (isOurs || before.source!.print === source.print) {
    taken.kept++;
    return;
  }
  await change(ctx, before, entry, source);
  taken.changed++;
}

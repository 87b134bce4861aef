import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { beginsWith } from '../../../core/fields.ts';
import { all } from '../../../core/filter.ts';
import { wordsOf } from '../../../core/words.ts';
import { entryVersions, getEntry, listEntries } from '../contract.ts';
import { filesOf } from '../files.ts';
import { type EntryDocument, EntryModel, EntryVersionModel } from '../model.ts';
import { viewsOf } from '../view.ts';

export const listEntriesHandler = handles(listEntries, async (ctx, input) => {
  const { search, kind, state, language, product, cursor, limit } = input;
  const conditions = [
    state ? { state } : { state: { $ne: 'archived' } },
    ...(kind ? [{ kind }] : []),
    ...(language ? [{ language }] : []),
    ...(product ? [{ products: product }] : []),
    ...wordsOf(search ?? '', 6).map((word) => ({ search: beginsWith(word, () => false)! })),
  ];
  const place = decodeCursor<[string, string]>(cursor);
  const behind = place
    ? [{ $or: [{ at: { $lt: new Date(place[0]) } }, { at: new Date(place[0]), _id: { $lt: place[1] } }] }]
    : [];
  const rows = await EntryModel.find(all([...conditions, ...behind]))
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean<EntryDocument[]>();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await viewsOf(page, ctx.now()),
    total: await EntryModel.countDocuments(all(conditions)),
    ...(rows.length > limit && last && { nextCursor: encodeCursor([last.at.toISOString(), last._id]) }),
    counts: await counts(),
    languages: (await EntryModel.distinct('language')).sort(),
    files: await filesOf(ctx.config),
  };
});

async function counts() {
  const rows = await EntryModel.aggregate<{ _id: string; count: number }>([
    { $group: { _id: '$state', count: { $sum: 1 } } },
  ]);
  const of = (state: string) => rows.find(({ _id }) => _id === state)?.count ?? 0;
  return { draft: of('draft'), published: of('published'), archived: of('archived') };
}

export const getEntryHandler = handles(getEntry, async (ctx, { entryId }) => {
  const entry = await EntryModel.findById(entryId).lean<EntryDocument>();
  if (!entry) throw new AppError('record.not_found', { kind: 'entry', id: entryId });
  const [view] = await viewsOf([entry], ctx.now());
  const others = await EntryModel.find(
    { group: entry.group, _id: { $ne: entryId }, state: { $ne: 'archived' } },
    { language: 1, title: 1 },
  ).lean();
  return {
    entry: view!,
    translations: others.map(({ _id, language, title }) => ({ id: _id, language, title })),
  };
});

export const entryVersionsHandler = handles(entryVersions, async (_ctx, { entryId }) => {
  const rows = await EntryVersionModel.find({ entryId }).sort({ version: -1 }).limit(100).lean();
  if (!rows.length) throw new AppError('record.not_found', { kind: 'entry', id: entryId });
  return {
    items: rows.map(({ version, by, at, entry: { title, text, state } }) => ({
      version,
      by,
      at: at.toISOString(),
      title,
      text,
      state,
    })),
  };
});

import { addMinutes } from '../../core/zone.ts';
import type { EntryView, QuestionView } from './contract.ts';
import { type EntryDocument, EntryModel, type QuestionDocument, UseModel } from './model.ts';

const countedDays = 30;

/** Entries with how they fared lately. */
export async function viewsOf(entries: EntryDocument[], now: Date): Promise<EntryView[]> {
  const uses = await usesOf(
    entries.map(({ _id }) => _id),
    now,
  );
  return entries.map((entry) => {
    const { _id: id, group, source, at, createdAt: _, search: __, ...rest } = entry;
    return {
      id,
      ...rest,
      ...(group !== id && { translationOf: group }),
      ...(source && { file: source.file }),
      at: at.toISOString(),
      ...(uses.get(id) ?? { used: 0, sent: 0, askedAgain: 0 }),
    };
  });
}

type Uses = { used: number; sent: number; askedAgain: number };

async function usesOf(ids: string[], now: Date): Promise<Map<string, Uses>> {
  if (!ids.length) return new Map();
  const since = addMinutes(now, -countedDays * 24 * 60);
  const rows = await UseModel.aggregate<{ _id: string } & Uses>([
    { $match: { entryId: { $in: ids }, at: { $gte: since } } },
    {
      $group: {
        _id: '$entryId',
        used: { $sum: { $cond: [{ $eq: ['$by', 'bot'] }, 1, 0] } },
        sent: { $sum: { $cond: [{ $eq: ['$by', 'user'] }, 1, 0] } },
        askedAgain: { $sum: { $cond: ['$askedAgain', 1, 0] } },
      },
    },
  ]);
  return new Map(rows.map(({ _id, ...uses }) => [_id, uses]));
}

export async function questionViews(questions: QuestionDocument[]): Promise<QuestionView[]> {
  const ids = questions.flatMap(({ entryId }) => entryId ?? []);
  const entries = ids.length
    ? await EntryModel.find({ _id: { $in: ids } }, { title: 1, state: 1 }).lean()
    : [];
  return questions.map(({ _id: id, keys: _, askers, entryId, firstAt, lastAt, ...rest }) => {
    const entry = entries.find((known) => known._id === entryId);
    return {
      id,
      ...rest,
      customers: askers.length,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      ...(entry && { entry: { id: entry._id, title: entry.title, state: entry.state } }),
    };
  });
}

import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { createEntry, revertEntry, updateEntry } from '../contract.ts';
import {
  type EntryDocument,
  type EntryFields,
  EntryModel,
  EntryVersionModel,
  QuestionModel,
} from '../model.ts';
import { searchOf } from '../rules.ts';
import { restock } from '../shelf.ts';
import { viewsOf } from '../view.ts';

export const createEntryHandler = handles(
  createEntry,
  async (ctx, { questionId, translationOf, ...fields }) => {
    const entry = await add(ctx, fields, { translationOf });
    if (questionId) await settle(ctx, questionId, entry._id);
    return viewed(ctx, entry);
  },
);

export const updateEntryHandler = handles(
  updateEntry,
  async (ctx, { entryId, expected, translationOf, ...changes }) => {
    const before = await load(entryId);
    if (expected !== undefined && expected !== before.version)
      throw new AppError('record.conflict', { kind: 'entry', version: before.version, by: before.by });
    const group =
      translationOf === undefined
        ? undefined
        : translationOf === null
          ? entryId
          : await groupOf(translationOf);
    const after = await change(ctx, before, { ...changes, ...(group && { group }) });
    return viewed(ctx, after);
  },
);

export const revertEntryHandler = handles(revertEntry, async (ctx, { entryId, version }) => {
  const before = await load(entryId);
  const earlier = await EntryVersionModel.findOne({ entryId, version }).lean();
  if (!earlier) throw new AppError('record.not_found', { kind: 'version', id: String(version) });
  return viewed(ctx, await change(ctx, before, earlier.entry));
});

type New = Omit<EntryFields, 'group'>;

/** A new entry with its first version. */
export async function add(
  ctx: Context,
  fields: New,
  { translationOf, source }: { translationOf?: string | undefined; source?: EntryDocument['source'] } = {},
): Promise<EntryDocument> {
  const _id = ctx.id();
  const entry: EntryDocument = {
    _id,
    ...fields,
    group: translationOf ? await groupOf(translationOf) : _id,
    version: 1,
    by: ctx.actor.name,
    at: ctx.now(),
    createdAt: ctx.now(),
    search: searchOf(fields),
    ...(source && { source }),
  };
  await EntryModel.create([entry]);
  await keepVersion(ctx, entry);
  ctx.audit({
    kind: 'Knowledge',
    id: _id,
    after: fieldsOf(entry),
    undo: { command: updateEntry.name, input: { entryId: _id, state: 'archived' } },
    text: `wrote the entry ${entry.title}`,
  });
  await restock(ctx, _id);
  return entry;
}

/** Nothing is written where nothing is another. */
export async function change(
  ctx: Context,
  before: EntryDocument,
  changes: Partial<EntryFields>,
  source = before.source,
): Promise<EntryDocument> {
  const next: EntryFields = { ...fieldsOf(before), ...changes };
  if (JSON.stringify(next) === JSON.stringify(fieldsOf(before)) && source === before.source) return before;
  const after: EntryDocument = {
    ...before,
    ...next,
    version: before.version + 1,
    by: ctx.actor.name,
    at: ctx.now(),
    search: searchOf(next),
    ...(source && { source }),
  };
  const { _id, ...set } = after;
  const changed = await EntryModel.updateOne({ _id, version: before.version }, { $set: set });
  if (!changed.modifiedCount) throw new AppError('record.conflict', { kind: 'entry' });
  await keepVersion(ctx, after);
  ctx.audit({
    kind: 'Knowledge',
    id: _id,
    before: fieldsOf(before),
    after: next,
    undo: { command: revertEntry.name, input: { entryId: _id, version: before.version } },
    text: `${verbs[after.state === before.state ? 'same' : after.state]} the entry ${after.title}`,
  });
  await restock(ctx, _id);
  return after;
}
const verbs = { same: 'changed', draft: 'withdrew', published: 'published', archived: 'archived' };

const fieldsOf = ({
  kind,
  title,
  wordings,
  text,
  language,
  group,
  products,
  links,
  state,
}: EntryDocument): EntryFields => ({
  kind,
  title,
  wordings,
  text,
  language,
  group,
  products,
  links: links.map(({ label, url }) => ({ label, url })),
  state,
});

const keepVersion = (ctx: Context, entry: EntryDocument) =>
  EntryVersionModel.create([
    {
      _id: ctx.id(),
      entryId: entry._id,
      version: entry.version,
      entry: fieldsOf(entry),
      by: entry.by,
      at: entry.at,
    },
  ]);

async function load(id: string): Promise<EntryDocument> {
  const found = await EntryModel.findById(id).lean<EntryDocument>();
  if (!found) throw new AppError('record.not_found', { kind: 'entry', id });
  return found;
}

const groupOf = async (id: string): Promise<string> => (await load(id)).group;

async function settle(ctx: Context, questionId: string, entryId: string): Promise<void> {
  const before = await QuestionModel.findById(questionId).lean();
  if (!before) throw new AppError('record.not_found', { kind: 'question', id: questionId });
  await QuestionModel.updateOne({ _id: questionId }, { $set: { entryId, state: 'answered' } });
  ctx.audit({ kind: 'Knowledge', id: questionId, text: `wrote the answer to "${before.text.slice(0, 80)}"` });
}

async function viewed(ctx: Context, entry: EntryDocument) {
  const [view] = await viewsOf([entry], ctx.now());
  return { entry: view! };
}

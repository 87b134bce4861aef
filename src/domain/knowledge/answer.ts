import { EntryModel, type QuestionDocument } from './model.ts';
import { spoken } from './rules.ts';

const mostSent = 4000;

/** The words that answer a question which was asked in vain; undefined: nobody has written them yet. */
export async function answerTo({ entryId }: QuestionDocument): Promise<string | undefined> {
  const entry = entryId ? await EntryModel.findById(entryId).lean() : undefined;
  return entry ? spoken(entry.text, entry.links).slice(0, mostSent) : undefined;
}

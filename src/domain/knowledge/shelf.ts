/**
 * What is published, ready to be searched. It is read anew when the mark of the last change is another one than it was
 * read under: one small document a question, and no process answers from what was withdrawn elsewhere.
 */
import type { Context } from '../../core/context.ts';
import type { FoundView } from './contract.ts';
import { entryChanged } from './contract.ts';
import { type EntryDocument, EntryModel, ShelfModel } from './model.ts';
import type { KnowledgeReader, PassageIndex } from './port.ts';
import { answerOf, passagesOf, readableBy } from './rules.ts';

export type Asked = { question: string; language?: string | undefined; product?: string | undefined };
/** `certain`: rather this than what else a message could be. */
export type Found = FoundView & { certain: boolean };
export type Shelf = { find(asked: Asked, most: number): Promise<Found[]> };

type Entry = Pick<
  EntryDocument,
  '_id' | 'kind' | 'title' | 'wordings' | 'text' | 'language' | 'group' | 'products' | 'links' | 'state'
>;
type Stock = { mark: string; index: PassageIndex; entries: Map<string, Entry>; groups: Map<string, Entry[]> };

/** An entry about another product than the one that is talked of. */
const otherProduct = 0.75;

export function createShelf(reader: () => KnowledgeReader): Shelf {
  let stock: Stock | undefined;

  async function current(): Promise<Stock> {
    const mark = (await ShelfModel.findById('shelf').lean())?.mark ?? '';
    if (stock?.mark !== mark) stock = { mark, ...(await load()) };
    return stock;
  }

  async function load(): Promise<Omit<Stock, 'mark'>> {
    const rows = await EntryModel.find({ state: 'published' }).sort({ _id: 1 }).lean<Entry[]>();
    const { createIndex, keysOf } = reader();
    const groups = new Map<string, Entry[]>();
    for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
    return {
      index: createIndex(rows.flatMap((row) => passagesOf(row._id, row, keysOf))),
      entries: new Map(rows.map((row) => [row._id, row])),
      groups,
    };
  }

  return {
    async find({ question, language, product }, most) {
      const { index, entries, groups } = await current();
      if (!entries.size) return [];
      const { answersAt, surelyAt } = reader();
      const found = new Map<string, Found>();
      for (const { id, confidence: given } of index.find(question, most * 3)) {
        const [entryId, section] = id.split('#') as [string, string | undefined];
        const matched = entries.get(entryId)!;
        if (found.has(matched.group)) continue;
        const elsewhere = product && matched.products.length && !matched.products.includes(product);
        const confidence = elsewhere ? given * otherProduct : given;
        const said = inLanguage(matched, groups.get(matched.group)!, language);
        found.set(matched.group, {
          id: said._id,
          title: said.title,
          text: answerOf(said, said === matched ? Number(section ?? 0) : 0),
          language: said.language,
          products: said.products,
          confidence: Math.round(confidence * 1000) / 1000,
          sure: confidence >= answersAt,
          certain: confidence >= surelyAt,
        });
      }
      return [...found.values()].sort((one, other) => other.confidence - one.confidence).slice(0, most);
    },
  };
}

/** The same in the customer's language, where it was written in it; of an article only what was found is said. */
function inLanguage(matched: Entry, group: Entry[], language: string | undefined): Entry {
  if (matched.kind === 'article' || !language) return matched;
  for (const wanted of readableBy(language)) {
    if (matched.language === wanted) return matched;
    const translation = group.find((entry) => entry.language === wanted && entry.kind === 'question');
    if (translation) return translation;
  }
  return matched;
}

/** Something that customers may be told is another: whoever searches reads it anew. */
export async function restock(ctx: Context, entryId: string): Promise<void> {
  await ShelfModel.updateOne({ _id: 'shelf' }, { $set: { mark: ctx.id() } }, { upsert: true });
  ctx.emit(entryChanged, { entryId }, { kind: 'Knowledge', id: entryId });
}

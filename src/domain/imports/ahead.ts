/** The next page of an import is read and judged while the one before it is written. */
import type { ImportPlan } from './contract.ts';
import { type ImportDocument, PageModel, pageId } from './model.ts';
import { dataOf, type Judge, type Reading, readPage } from './reading.ts';
import type { ReadRow } from './row.ts';

type Page = { _id: string; page: number; rows: Parameters<typeof dataOf>[0]['rows'] };
type Kept = { pageId: string; page: Promise<Page | null>; reading?: Reading; rows?: Promise<ReadRow[]> };

export function createPages(judge?: Judge) {
  let next: Kept | undefined;
  let last: { importId: string; reading: Reading } | undefined;

  function begin(work: ImportDocument, number: number, reading?: Reading): Kept {
    const id = pageId(work._id, number);
    const page = PageModel.findById(id).lean<Page | null>().exec();
    const rows = reading && page.then((found) => readRows(found, work.plan!, reading));
    // Whoever asks for it is told; nobody may.
    page.catch(() => {});
    rows?.catch(() => {});
    return { pageId: id, page, ...(reading && { reading }), ...(rows && { rows }) };
  }

  const readRows = (page: Page | null, plan: ImportPlan, reading: Reading): Promise<ReadRow[]> =>
    readPage(page ? dataOf(page, plan) : [], reading, judge);

  return {
    /** To be called outside of the transaction that writes the page: what it begins must not belong to that. */
    open(work: ImportDocument): { page: Promise<Page | null>; rows(reading: Reading): Promise<ReadRow[]> } {
      const own = next?.pageId === pageId(work._id, work.next) ? next : begin(work, work.next);
      const reading = last?.importId === work._id ? last.reading : undefined;
      next = work.next + 1 < work.pages ? begin(work, work.next + 1, reading) : undefined;
      return {
        page: own.page,
        async rows(now) {
          last = { importId: work._id, reading: now };
          // Read by other colleagues' names or rights than there are now, it is read again.
          if (own.rows && own.reading?.world === now.world) return own.rows;
          return readRows(await own.page, work.plan!, now);
        },
      };
    },
  };
}

/** What a report looks like before it becomes a table in chat, a PDF, a workbook or a chart: columns, rows, totals. */
export type ColumnKind = 'text' | 'number' | 'money' | 'time';
export type SheetColumn = { key: string; label: string; kind: ColumnKind };
/** Money is minor units of `currency`; a time is an ISO instant, shown in `zone`. */
export type SheetCell = string | number | null;
export type Sheet = {
  title: string;
  /** The period and whatever narrows it, in words. */
  subtitle: string;
  columns: SheetColumn[];
  rows: Record<string, SheetCell>[];
  /** Sums of the number and money columns; absent where a sum would say nothing. */
  totals?: Record<string, SheetCell>;
  currency: string;
  zone: string;
  locale: string;
  madeAt: string;
};

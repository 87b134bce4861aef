/** ISO 4217: a yen has no smaller coin, a rupee has 100 paise, a Kuwaiti dinar 1,000 fils. */
import { describe, expect, it } from '@jest/globals';
import excel from 'exceljs';
import { sheetXlsx } from '../../../src/render/xlsx.ts';

describe('money in a workbook', () => {
  it.each([
    ['INR', 150_000, 1500, '#,##0.00'],
    ['JPY', 1500, 1500, '#,##0'],
    ['KWD', 1_500_000, 1500, '#,##0.000'],
  ])('is a number in whole %s that can be added up', async (currency, minor, whole, format) => {
    const book = new excel.Workbook();
    await book.xlsx.load((await sheetXlsx(sheetIn(currency, minor))) as never);
    const cell = book.worksheets[0]!.getCell('A5');
    expect([cell.value, cell.numFmt]).toEqual([whole, format]);
  });
});

const sheetIn = (currency: string, value: number) => ({
  title: 'Revenue',
  subtitle: 'This month',
  columns: [{ key: 'revenue', label: 'Revenue', kind: 'money' as const }],
  rows: [{ revenue: value }],
  currency,
  zone: 'Asia/Kolkata',
  locale: 'en',
  madeAt: '2026-03-11T06:30:00.000Z',
});

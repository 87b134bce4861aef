/** A cell as people read it. */
import { DateTime } from 'luxon';
import { moneyText, numberLocale } from '../core/money.ts';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';

export function cellText(value: SheetCell | undefined, { kind }: SheetColumn, sheet: Sheet): string {
  if (value === null || value === undefined || value === '') return '';
  if (kind === 'money') return moneyText({ amount: Number(value), currency: sheet.currency }, sheet.locale);
  if (kind === 'number') return new Intl.NumberFormat(numberLocale(sheet.locale)).format(Number(value));
  if (kind === 'time')
    return DateTime.fromISO(String(value), { zone: sheet.zone }).toFormat('d LLL yyyy, h:mm a');
  return String(value);
}

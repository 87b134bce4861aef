/** A cell as people read it. */
import { DateTime } from 'luxon';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';

export function cellText(value: SheetCell | undefined, { kind }: SheetColumn, sheet: Sheet): string {
  if (value === null || value === undefined || value === '') return '';
  if (kind === 'money') return moneyText(Number(value), sheet.currency, sheet.locale);
  if (kind === 'number') return new Intl.NumberFormat(numberLocale(sheet.locale)).format(Number(value));
  if (kind === 'time')
    return DateTime.fromISO(String(value), { zone: sheet.zone }).toFormat('d LLL yyyy, h:mm a');
  return String(value);
}

/** @param minor units of the currency's smallest coin: 150000 INR is ₹1,500.00. */
export function moneyText(minor: number, currency: string, locale = 'en'): string {
  const format = new Intl.NumberFormat(numberLocale(locale), { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Lakhs and crores are grouped as India writes them. */
const numberLocale = (locale: string): string => (locale === 'en' ? 'en-IN' : locale);

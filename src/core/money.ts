/** Money: integer minor units with a currency. What people type is read here and nowhere else. */
import { z } from 'zod';

export type Money = { amount: number; currency: string };
export const money = z.object({
  /** Minor units: 150000 is ₹1,500.00. */
  amount: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, e.g. INR'),
});

const multiples: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  l: 1e5,
  lac: 1e5,
  lakh: 1e5,
  lakhs: 1e5,
  cr: 1e7,
  crore: 1e7,
  crores: 1e7,
  m: 1e6,
  million: 1e6,
};

/**
 * `1,50,000`, `₹ 45000.50`, `1.5 lakh` → minor units of `currency`; `undefined` for what is no amount.
 * A sign before or behind the number is passed over: the currency is the organisation's.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const found = /^\D{0,4}?(\d[\d,]*(?:\.\d+)?)\s*([a-z]+)?\s*(?:\/-)?\D{0,3}$/i.exec(text.trim());
  if (!found) return undefined;
  const word = found[2]?.toLowerCase();
  const multiple = word === undefined || word === currency.toLowerCase() ? 1 : multiples[word];
  if (!multiple) return undefined;
  const amount = Math.round(Number(found[1]!.replaceAll(',', '')) * multiple * minorUnits(currency));
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined;
}

export const moneyText = ({ amount, currency }: Money, locale = 'en'): string =>
  new Intl.NumberFormat(numberLocale(locale), { style: 'currency', currency }).format(
    amount / minorUnits(currency),
  );

/** Lakhs and crores are grouped as India writes them. */
export const numberLocale = (locale: string): string => (locale === 'en' ? 'en-IN' : locale);

/** How many of the smallest coin make one: 100 for rupees, 1 for yen. */
export const minorUnits = (currency: string): number => 10 ** minorDigits(currency);

/** The digits behind the point: 2 for rupees, 0 for yen. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Counts and money as people read them. Money is minor units of its currency: 150000 INR is ₹1,500.00. */

type Unit = { money: boolean; currency: string };

/** A figure on a card: money without its coins. */
export const figureText = (value: number, { money, currency }: Unit): string =>
  money ? moneyText(value, currency, { maximumFractionDigits: 0 }) : countText(value);

export const countText = (value: number): string => value.toLocaleString('en-IN');

export const moneyText = (minor: number, currency: string, shown: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency, ...shown }).format(
    minor / minorUnits(currency),
  );

/** How many of the smallest coin make one: 100 for rupees, 1 for yen. */
export const minorUnits = (currency: string): number =>
  10 **
  (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);

import type { Context } from '../../core/context.ts';
import { type Money, parseMoney } from '../../core/money.ts';
import { invalid } from '../../core/validate.ts';
import type { LeadDocument } from './model.ts';

/** What somebody typed or an API gave as the worth of a deal; one currency, so that deals can be added up. */
export function readValue(ctx: Context, given: Money | string | undefined): Money | undefined {
  if (given === undefined) return undefined;
  const { currency } = ctx.config.app.organisation;
  const read = typeof given === 'string' ? parseMoney(given, currency) : given;
  if (!read) throw invalid('value', `“${given}” is no amount, e.g. 1,50,000 or 1.5 lakh`);
  if (read.currency !== currency)
    throw invalid('value', `deals are kept in ${currency}, not in ${read.currency}`);
  return read;
}

export const valueIn = ({ value, currency }: LeadDocument): Money | undefined =>
  value === undefined || !currency ? undefined : { amount: value, currency };

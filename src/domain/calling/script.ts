import type { Context } from '../../core/context.ts';
import type { LeadView } from '../leads/contract.ts';
import type { Reason } from './contract.ts';

/** The script of the lead's stage, else of why it is rung. A field that is not known leaves no hole behind. */
export function scriptFor(ctx: Context, lead: LeadView, reason: Reason): string | undefined {
  const { script } = ctx.config.app.calls;
  const text = reason === 'missed' ? script.missed : (script[lead.stage] ?? script[reason]);
  if (!text) return undefined;
  const fields: Record<string, string | undefined> = {
    name: lead.name.startsWith('+') ? undefined : lead.name,
    product: lead.product,
    city: lead.city,
    source: lead.source,
    caller: ctx.actor.name,
    brand: ctx.config.app.organisation.name,
  };
  return text
    .replace(/\{(\w+)\}/g, (_, field: string) => fields[field] ?? '')
    .replace(/ +/g, ' ')
    .replace(/ ([,.!?])/g, '$1')
    .trim();
}

import type { Context } from '../../core/context.ts';
import { readableDate, readableTime } from '../../core/zone.ts';
import { verdictLabels } from '../enquiries/contract.ts';
import type { LeadRef } from '../leads/contract.ts';
import { type Fields, soon } from './text.ts';

export type About = {
  at?: Date;
  minutes?: number;
  note?: string;
  verdict?: keyof typeof verdictLabels;
  /** Of a ticket: its ID, what it is about, whose it is. */
  ticket?: string;
  subject?: string;
  name?: string;
  /** Of a task: its number, who gave it, until when and how soon in words. */
  task?: string;
  from?: string;
  due?: string;
  priority?: string;
  /** Of an appointment: where its client answers. */
  answer?: string;
};

/** What may be said of a lead, an appointment or a follow-up, in the organisation's zone. */
export function fieldsOf(
  ctx: Context,
  lead: LeadRef | undefined,
  callerName: string | undefined,
  about: About,
  locale: string,
): Fields {
  const { name: brand, timezone: zone } = ctx.config.app.organisation;
  const { at, verdict } = about;
  return {
    brand,
    BRAND: brand.toUpperCase(),
    name: lead?.name ?? about.name,
    phone: lead?.phone ?? lead?.email,
    email: lead?.email,
    lead: lead && `#${lead.number}`,
    product: lead?.product,
    source: lead?.source,
    stage: lead?.stageLabel,
    reason: lead?.lostReasonLabel,
    caller: callerName,
    note: about.note,
    ticket: about.ticket,
    subject: about.subject,
    link: about.answer,
    task: about.task,
    from: about.from,
    due: about.due,
    priority: about.priority,
    when: soon(about.minutes ?? 0),
    verdict: verdict && verdictLabels[verdict],
    // Dear, and not in every text.
    get date() {
      return at && readableDate(at, zone, locale);
    },
    get time() {
      return at && readableTime(at, zone, locale);
    },
  };
}

/** The way in of a filled-in form: checked, read as any other lead is, durable, and only then thanked for. */
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import { createLimiter } from '../../core/limiter.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { isOriginAllowed } from '../../core/origins.ts';
import { parseInput } from '../../core/validate.ts';
import { answerersOf, leadEvent, readLead } from '../sources/contract.ts';
import type { Filled, FormIntake, PublicForm } from './contract.ts';
import { type FormDocument, FormModel } from './model.ts';

type Accept = (events: InboundEvent[]) => Promise<{ accepted: number; repeated: number }>;

const filledSchema = z.object({
  /** Made by the page: what is sent again after a lost answer is the same form. */
  id: z.uuid('must be a UUID'),
  fields: z.record(z.string().max(40), z.string().max(5000)),
  consent: z.boolean().default(false),
  page: z.string().max(4000).optional(),
  title: z.string().max(1000).optional(),
  referrer: z.string().max(4000).optional(),
  /** The honeypot: hidden from people, so that only machines fill it in. */
  website: z.string().max(5000).default(''),
});
type Sent = z.output<typeof filledSchema>;

export function createFormIntake(deps: { config: Config; clock: Clock; accept: Accept }): FormIntake {
  const { config, clock, accept } = deps;
  const perPerson = createLimiter({ max: 6, perMs: 60_000, clock });
  const perForm = createLimiter({ max: 120, perMs: 60_000, clock });
  const { PUBLIC_URL } = config.env;
  const own = PUBLIC_URL && URL.canParse(PUBLIC_URL) ? new URL(PUBLIC_URL).host : undefined;

  async function open(key: string, origin: string | undefined): Promise<FormDocument> {
    const form = await FormModel.findOne({ key, isOn: true }).lean();
    if (!form) throw new AppError('record.not_found', { kind: 'form', id: key });
    if (!isOriginAllowed(origin, form.allowedOrigins, [own]))
      throw new AppError('auth.forbidden', { action: 'show', subject: `this form on ${origin}` });
    return form;
  }

  return {
    async show(key, origin): Promise<PublicForm> {
      const { title, intro, button, colour, fields, consent, thanks } = await open(key, origin);
      return { title, ...(intro && { intro }), button, colour, fields, ...(consent && { consent }), thanks };
    },
    async receive(key, { ip, origin, body }: Filled) {
      const form = await open(key, origin);
      // Behind a proxy on this machine everybody has its address: one bucket for all would lock all of them out.
      const waitMs = (isLoopback(ip) ? 0 : perPerson.take(ip)) || perForm.take(form._id);
      if (waitMs) throw new AppError('rate.limited', { seconds: Math.ceil(waitMs / 1000) });
      const sent = parseInput(filledSchema, body);
      if (sent.website.trim()) {
        // A machine is thanked like anybody: it learns nothing.
        await FormModel.updateOne({ _id: form._id }, { $inc: { spam: 1 } });
        return { thanks: form.thanks };
      }
      const event = eventOf(form, sent);
      const { accepted } = await accept([event]);
      if (accepted)
        await FormModel.updateOne({ _id: form._id }, { $inc: { taken: 1 }, $set: { lastAt: clock.now() } });
      return { thanks: form.thanks };
    },
  };

  function eventOf(form: FormDocument, sent: Sent): InboundEvent {
    const { country } = config.app.organisation;
    check(form, sent);
    const fields = form.fields.map(({ name }) => ({ from: name, value: (sent.fields[name] ?? '').trim() }));
    const came = arrival(sent);
    const mapping = form.fields.map(({ name, target }) => ({ from: name, to: target }));
    const settings = {
      mapping,
      keepRest: false,
      source: came.source ?? form.source,
      medium: came.medium ?? form.medium,
      ...((came.campaign ?? form.campaign) && { campaign: came.campaign ?? form.campaign }),
    };
    const { row, errors } = readLead(
      fields.filter(({ value }) => value),
      settings,
      country,
    );
    if (!row) throw invalidFields(errors);
    const said = [
      row.note,
      came.page && `Form: ${form.name}, on ${came.page}`,
      form.consent && `Agreed: “${form.consent}”`,
    ];
    const note = said.filter(Boolean).join('\n').slice(0, 4000);
    const event = leadEvent({ ...row, ...(note && { note }) }, `form:${form._id}:${sent.id}`, {
      source: form,
      answerers: answerersOf(config),
      at: clock.now(),
    });
    return { ...event, meta: { ...event.meta, ...came.meta } };
  }
}

/** Every field that is missing, at once, by the name the page knows it by. */
function check({ fields, consent }: FormDocument, sent: Sent): void {
  const faults = fields.flatMap(({ name, required, kind, options }) => {
    const value = (sent.fields[name] ?? '').trim();
    if (required && !value) return [{ field: name, message: 'is needed' }];
    return kind === 'select' && value && !options.includes(value)
      ? [{ field: name, message: 'is none of the choices' }]
      : [];
  });
  if (consent && !sent.consent) faults.push({ field: 'consent', message: 'has to be ticked' });
  if (faults.length) throw invalidFields(faults);
}

const invalidFields = (faults: { field: string; message: string }[] = []): AppError =>
  new AppError('input.invalid', {
    problems: faults.map(({ field, message }) => `${field}: ${message}`).join('; '),
    fields: faults.map(({ field, message }) => ({ path: `fields.${field}`, message })),
  });

/** Campaign parameters of the page's address say more than the form does. */
function arrival({ page, title, referrer }: Sent) {
  const address = page && URL.canParse(page) ? new URL(page) : undefined;
  const said = (name: string) => address?.searchParams.get(`utm_${name}`)?.slice(0, 80) || undefined;
  return {
    page: address && `${address.origin}${address.pathname}`.slice(0, 300),
    source: said('source'),
    medium: said('medium'),
    campaign: said('campaign'),
    meta: {
      ...(page && { page: page.slice(0, 500) }),
      ...(title?.trim() && { title: title.trim().slice(0, 200) }),
      ...(referrer && { referrer: referrer.slice(0, 500) }),
    },
  };
}

const isLoopback = (ip: string) => ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.');

/**
 * Lead Ads. The webhook tells only that somebody filled in a form: the answers are fetched by Meta's own SDK, and every quarter
 * of an hour the forms are looked through for what no webhook told. Loaded at the first lead: the SDK is large.
 */
import { z } from 'zod';
import type { ChannelPort } from '../../core/define.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import type { Settings, Side } from './settings.ts';

const lead = z.looseObject({
  id: z.coerce.string().min(1),
  created_time: z.string().optional(),
  form_id: z.coerce.string().optional(),
  campaign_name: z.string().optional(),
  ad_name: z.string().optional(),
  field_data: z
    .array(z.looseObject({ name: z.string(), values: z.array(z.coerce.string()).default([]) }))
    .default([]),
});
export type Lead = z.output<typeof lead>;
const page = z.looseObject({
  data: z.array(z.unknown()).default([]),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

export type LeadSource = {
  one(leadId: string): Promise<Lead>;
  /** Filled in at or after `since`, newest first as Meta lists them. */
  since(formId: string, since: Date): Promise<Lead[]>;
  forms(): Promise<string[]>;
};

const fields = 'id,created_time,form_id,campaign_name,ad_name,field_data';

export function leadSource(settings: Settings): LeadSource {
  let api: Promise<Caller> | undefined;
  const call = async (path: string[], params: object) => {
    api ??= load(settings);
    return (await api)(path, params);
  };
  return {
    one: async (leadId) => lead.parse(await call([leadId], { fields })),
    async since(formId, since) {
      const filtering = [
        { field: 'time_created', operator: 'GREATER_THAN', value: Math.floor(since.getTime() / 1000) - 1 },
      ];
      return all((after) =>
        call([formId, 'leads'], { fields, filtering, limit: 100, ...(after && { after }) }),
      );
    },
    async forms() {
      const found = await call([settings.pageId, 'leadgen_forms'], { fields: 'id,status', limit: 100 });
      return page.parse(found).data.flatMap((form) => {
        const { id } = (form ?? {}) as { id?: unknown };
        return id === undefined ? [] : [String(id)];
      });
    },
  };
}

/** Pages of a hundred; a form that fills faster than this is caught up with at the next look. */
const maxPages = 50;
async function all(fetchPage: (after?: string) => Promise<unknown>): Promise<Lead[]> {
  const leads: Lead[] = [];
  let after: string | undefined;
  for (let n = 0; n < maxPages; n++) {
    const { data, paging } = page.parse(await fetchPage(after));
    for (const one of data) {
      const read = lead.safeParse(one);
      if (read.success) leads.push(read.data);
    }
    after = paging?.next && paging.cursors?.after;
    if (!after) break;
  }
  return leads;
}

type Caller = (path: string[], params: object) => Promise<unknown>;

/** One SDK object per page token, its crash reporter off. What it throws holds the token in an address: only the words go on. */
async function load({ accessToken, apiUrl, timeoutMs }: Settings): Promise<Caller> {
  const { FacebookAdsApi } = (await import('facebook-nodejs-business-sdk')).default;
  const api = new FacebookAdsApi(accessToken, 'en_US', false);
  const base = apiUrl.replace(/\/$/, '');
  return async (path, params) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
    });
    try {
      return await Promise.race([api.call('GET', path, params, {}, false, base), late]);
    } catch (error) {
      throw new Error(
        `Meta does not give ${path.join('/')}: ${String((error as Error).message).replaceAll(accessToken, '…')}`,
      );
    } finally {
      clearTimeout(timer);
    }
  };
}

/** A form's standard questions (developers.facebook.com/docs/marketing-api/guides/lead-ads/create#fields) → what a flow knows. */
const standard: Record<string, string> = {
  full_name: 'name',
  first_name: 'first',
  last_name: 'last',
  phone_number: 'phone',
  work_phone_number: 'phone',
  whatsapp_number: 'phone',
  email: 'email',
  work_email: 'email',
  city: 'city',
  company_name: 'company',
  product: 'product',
  product_interested_in: 'product',
  quantity: 'quantity',
  budget: 'budget',
};

type Where = { account: string; side: Side; settings: Pick<Settings, 'leads'>; now: Date };

/** The event that begins the flow of lead forms: on WhatsApp, where the account says so and a number was left. */
export function leadEvent(
  { id, created_time, campaign_name, ad_name, field_data }: Lead,
  where: Where,
): InboundEvent {
  const known: Record<string, string> = {};
  const others: string[] = [];
  for (const { name, values } of field_data) {
    const value = values.join(', ').trim();
    const field =
      standard[
        name
          .toLowerCase()
          .replace(/[^a-z]+/g, '_')
          .replace(/^_|_$/g, '')
      ];
    if (!value) continue;
    if (field && !known[field]) known[field] = value;
    else others.push(`${name.replaceAll('_', ' ')}: ${value}`);
  }
  const { first, last, ...said } = known;
  const name = said.name ?? [first, last].filter(Boolean).join(' ');
  const campaign = campaign_name ?? ad_name;
  const phone = international(said.phone);
  const vars = {
    ...said,
    ...(name && { name }),
    ...(phone && { phone }),
    ...(others.length && { note: others.join('; ') }),
    source: 'Facebook',
    medium: 'lead ad',
    ...(campaign && { campaign }),
  };
  const [channel, account] =
    phone && where.settings.leads.answerOn ? where.settings.leads.answerOn.split(':') : [];
  const at = created_time ? new Date(created_time) : where.now;
  return {
    id: `lead:${id}`,
    channel: channel ?? where.side.channel,
    account: account ?? where.account,
    audience: 'customer',
    thread: channel ? phone!.replace(/^\+/, '') : `lead:${id}`,
    from: [
      ...(phone ? [{ scheme: 'phone' as const, value: phone }] : []),
      ...(said.email ? [{ scheme: 'email' as const, value: said.email.toLowerCase() }] : []),
    ],
    ...(name && { name }),
    at: Number.isNaN(at.getTime()) ? where.now : at,
    body: { kind: 'signal', name: 'flow', data: { flow: where.settings.leads.flow, vars, lead: vars } },
    meta: { source: 'facebook', medium: 'lead ad', ...(campaign && { campaign }) },
  };
}

/** Meta writes numbers with their country: +919876543210. Anything else is kept as said, and is nobody's address. */
const international = (phone = ''): string | undefined => {
  const plain = phone.replace(/[\s().-]/g, '').replace(/^p:/, '');
  return /^\+\d{8,15}$/.test(plain) ? plain : undefined;
};

/** Looks through the forms for leads that no webhook told of. @returns how many were accepted for the first time. */
export async function reconcile(
  source: LeadSource,
  { account, side, settings, port }: { account: string; side: Side; settings: Settings; port: ChannelPort },
): Promise<number> {
  const forms = settings.leads.forms.length ? settings.leads.forms : await source.forms();
  const now = port.clock.now();
  let found = 0;
  for (const form of forms) {
    const key = `leads:${form}`;
    const since =
      (await port.state.get<string>(key)) ?? new Date(now.getTime() - 7 * 24 * 3600_000).toISOString();
    const leads = await source.since(form, new Date(since));
    if (leads.length) {
      const events = leads.map((one) => leadEvent(one, { account, side, settings, now }));
      found += (await port.accept(events)).accepted;
    }
    // Meta lists a lead some time after it came: the last hour is looked through again.
    await port.state.set(key, new Date(now.getTime() - 3600_000).toISOString());
  }
  return found;
}

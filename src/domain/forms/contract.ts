import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { sourceTargets } from '../sources/contract.ts';

export const formKinds = ['text', 'longtext', 'select'] as const;
const field = z.object({
  /** Its name on the site; the visitor's answer goes by it. */
  name: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/i, 'letters, digits, - and _ only'),
  label: text(120),
  /** What the answer is in the enquiry. */
  target: z.enum(sourceTargets),
  kind: z.enum(formKinds).default('text'),
  options: z.array(text(120)).max(50).default([]),
  required: z.boolean().default(false),
});
export type FormField = z.output<typeof field>;

const site = z
  .string()
  .regex(
    /^(\*|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?)$/i,
    'must be like https://shop.example, https://*.shop.example or *',
  );

export const formSettings = z.object({
  name: text(80),
  title: text(120),
  intro: text(400).optional(),
  button: text(40).default('Send'),
  thanks: text(400).default('Thank you. We will come back to you soon.'),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be like #0f766e')
    .default('#0f766e'),
  fields: z
    .array(field)
    .min(1)
    .max(20)
    .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'each name once')
    .refine(
      (fields) => fields.some(({ target }) => target === 'phone' || target === 'email'),
      'a phone or e-mail field is needed: else nobody can answer',
    ),
  /** A box to be ticked before sending; its words are kept with the enquiry. */
  consent: text(300).optional(),
  allowedOrigins: z.array(site).min(1).max(20).default(['*']),
  source: text(80).default('Website'),
  medium: text(80).default('form'),
  campaign: text(200).optional(),
  /** Who left a number or an address is written to at once, on WhatsApp or by mail. */
  answers: z.boolean().default(true),
  isOn: z.boolean().default(true),
});
export type FormSettings = z.output<typeof formSettings>;

export const formView = formSettings.extend({
  id: z.string(),
  /** Stands in the site's page for everybody to see: it lets forms in and opens nothing. */
  key: z.string(),
  /** Where it can be filled in without a site of one's own. */
  page: z.string(),
  script: z.string(),
  address: z.string(),
  taken: z.number(),
  /** Filled in by machines, and dropped. */
  spam: z.number(),
  lastAt: z.string().optional(),
});
export type FormView = z.output<typeof formView>;

const read = { action: 'read', subject: 'Setting' } as const;
const update = { action: 'update', subject: 'Setting' } as const;
const byId = z.object({ formId: z.string().max(40) });

export const listForms = defineQuery({
  name: 'form.list',
  summary: 'The forms of our websites',
  permission: read,
  path: '/forms',
  input: z.object({}),
  output: z.object({ items: z.array(formView) }),
});
export const getForm = defineQuery({
  name: 'form.get',
  summary: 'One form, with what to put into a page',
  permission: read,
  path: '/forms/:formId',
  input: byId,
  output: formView,
});
export const createForm = defineCommand({
  name: 'form.create',
  summary: 'A new form for a website',
  permission: update,
  input: z.object({ name: text(80) }),
  output: z.object({ form: formView }),
});
export const updateForm = defineCommand({
  name: 'form.update',
  summary: 'Change a form; sites show it so from now on',
  permission: update,
  input: byId.extend({
    ...formSettings.partial().shape,
    // Empty: there is none any more.
    intro: text(400).or(z.literal('')).optional(),
    consent: text(300).or(z.literal('')).optional(),
    campaign: text(200).or(z.literal('')).optional(),
  }),
  output: z.object({ form: formView }),
});

/** What a site is told, and nothing else. */
export type PublicForm = Pick<
  FormSettings,
  'title' | 'intro' | 'button' | 'colour' | 'fields' | 'consent' | 'thanks'
>;
export type Filled = {
  ip: string;
  origin?: string;
  body: unknown;
};
/** The HTTP surface's way in. */
export type FormIntake = {
  /** @throws AppError record.not_found, auth.forbidden */
  show(key: string, origin: string | undefined): Promise<PublicForm>;
  /** Durable when it resolves. @throws AppError input.invalid, rate.limited, record.not_found, auth.forbidden */
  receive(key: string, filled: Filled): Promise<{ thanks: string }>;
};

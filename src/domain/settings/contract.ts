import { z } from 'zod';
import { neededFields } from '../../core/config-pipelines.ts';
import { defineQuery } from '../../core/define.ts';

export * from './contract-channels.ts';
export * from './contract-connect.ts';
export * from './contract-templates.ts';

/** Online sources first, then those that only a person can report. */
export const sources = [
  'Website',
  'Google',
  'Facebook',
  'Instagram',
  'WhatsApp',
  'Email',
  'SMS',
  'IVR',
  'Referral',
  'Hoarding',
  'Brochure',
  'Poster',
  'Banner',
  'Newspaper',
  'Pamphlet',
  'Manual',
];
/** One spelling for each source, however a channel or a person writes it: filters and reports count by it. */
export const sourceLabel = (said: string): string => {
  const word = said.trim().toLowerCase();
  return sources.find((source) => source.toLowerCase() === word) ?? said.trim();
};

const choice = z.object({ key: z.string(), label: z.string() });

/** What a person chooses from in a form, as this organisation has it: so that no surface keeps a list of its own. */
export const choices = defineQuery({
  name: 'setting.choices',
  summary: 'Stages, lost reasons, sources, products and roles to choose from',
  permission: 'signed-in',
  path: '/choices',
  input: z.object({}),
  output: z.object({
    stages: z.array(
      choice.extend({
        kind: z.enum(['open', 'won', 'lost']),
        to: z.array(z.string()),
        when: z.string().optional(),
        /** What has to be known of a lead before somebody moves it here. */
        needs: z.array(z.enum(neededFields)),
      }),
    ),
    lostReasons: z.array(choice),
    /** Where an enquiry may come from; offline ones (hoarding, referral …) are entered by hand. */
    sources: z.array(z.string()),
    products: z.array(z.string()),
    roles: z.array(choice.extend({ assignsTo: z.array(z.string()) })),
  }),
});

export const listChannels = defineQuery({
  name: 'channel.list',
  summary: 'Channel accounts, and what each still needs',
  permission: { action: 'read', subject: 'Setting' },
  path: '/channels',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        channel: z.string(),
        account: z.string(),
        /** Environment variables that are not set; the account stays closed until they are. */
        missing: z.array(z.string()),
        /** Where the provider must send its webhooks; absent for channels that we fetch from. */
        webhook: z.string().optional(),
      }),
    ),
  }),
});

import { handles } from '../../core/define.ts';
import { choices, listChannels } from './contract.ts';

/** Online sources first, then those that only a person can report. */
const sources = [
  'Website', 'Google', 'Facebook', 'Instagram', 'WhatsApp', 'Email', 'SMS', 'IVR', 'Referral', 'Hoarding', 'Brochure', 'Poster', 'Banner',
  'Newspaper', 'Pamphlet', 'Manual',
];

export const choicesHandler = handles(choices, async ({ config }) => {
  const pipeline = config.pipelines[0];
  return {
    stages: (pipeline?.stages ?? []).map(({ key, label, kind, to, when }) => ({ key, label, kind, to, when })),
    lostReasons: pipeline?.lostReasons ?? [],
    sources,
    products: config.app.organisation.products.map(({ name }) => name),
    roles: Object.entries(config.roles).map(([key, { label, assignsTo }]) => ({ key, label, assignsTo })),
  };
});

const byWebhook = new Set(['whatsapp', 'slack']);

export const listChannelsHandler = handles(listChannels, async ({ config }) => {
  const base = config.env.PUBLIC_URL ?? `http://${config.env.HOST}:${config.env.PORT}`;
  return {
    items: config.accounts.map(({ id, channel, missing }) => ({
      channel, account: id, missing, ...(byWebhook.has(channel) && { webhook: `${base}/webhooks/${channel}/${id}` }),
    })),
  };
});

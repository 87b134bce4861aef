import { handles } from '../../core/define.ts';
import { findRoles } from '../staff/contract.ts';
import { webhookOf } from './addresses.ts';
import { choices, listChannels, sources } from './contract.ts';

export const choicesHandler = handles(choices, async (ctx) => {
  const { config } = ctx;
  const { items: roles } = await ctx.asSystem('settings').ask(findRoles, {});
  const pipeline = config.pipelines[0];
  return {
    stages: (pipeline?.stages ?? []).map(({ key, label, kind, to, when, needs = [] }) => ({
      key,
      label,
      kind,
      to,
      when,
      needs,
    })),
    lostReasons: (pipeline?.lostReasons ?? []).filter(({ retired }) => !retired),
    sources,
    products: config.app.organisation.products.map(({ name }) => name),
    roles: roles.map(({ key, label, assignsTo }) => ({ key, label, assignsTo })),
  };
});

/** Their provider calls nobody: a connection is held to it. */
const isLinked = ({ driver }: Record<string, unknown>): boolean =>
  driver !== undefined && driver !== 'cloud' && driver !== 'twilio';
const byWebhook = new Set(['whatsapp', 'slack', 'facebook', 'instagram', 'telegram', 'telephony', 'sms']);

export const listChannelsHandler = handles(listChannels, async ({ config }) => {
  return {
    items: config.accounts.map(({ id, channel, missing, settings }) => ({
      channel,
      account: id,
      missing,
      ...(byWebhook.has(channel) && !isLinked(settings) && { webhook: webhookOf(config, channel, id) }),
    })),
  };
});

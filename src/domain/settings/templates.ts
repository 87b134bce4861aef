/** Templates that a provider has to approve: how each stands, and asking for those that we send by ourselves. */
import { type ChannelTemplates, handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { ChannelProbes } from './channels.ts';
import { listTemplates, requestTemplate } from './contract-templates.ts';

type Place = { channel: string; account: string };

export const templateHandlers = (probes: ChannelProbes) => [
  handles(listTemplates, async (_, place) => {
    try {
      return { items: await templatesOf(probes, place).list() };
    } catch (error) {
      return { problem: (error as Error).message, items: [] };
    }
  }),
  handles(requestTemplate, async (ctx, { use, ...place }) => {
    await templatesOf(probes, place)
      .request(use)
      .catch((error: Error) => {
        throw new AppError('input.invalid', { problems: error.message, fields: [] });
      });
    const id = `${place.channel}:${place.account}`;
    ctx.audit({ kind: 'Setting', id, text: `asked for the template of ${use}` });
    return {};
  }),
];

function templatesOf(probes: ChannelProbes, { channel, account }: Place): ChannelTemplates {
  const found = probes().find((one) => one.channel === channel && one.account === account)?.templates;
  if (!found) throw new AppError('channel.unknown', { channel, account });
  return found;
}

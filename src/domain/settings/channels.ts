/** Channel accounts put to the test: what each says of itself, and a message that somebody can look at. */
import type { z } from 'zod';
import { type ChannelLink, type ChannelTemplates, handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { deliverNotice, lastHeard, outboxStates } from '../conversations/contract.ts';
import {
  channelLink,
  channelsReloaded,
  checkChannels,
  pairChannel,
  reloadChannels,
  testChannel,
  testedChannel,
  unpairChannel,
} from './contract-channels.ts';
import { queuesOf } from './queues.ts';

/** An account that is open, or why it is not. */
export type ChannelProbe = {
  channel: string;
  account: string;
  closed?: string;
  /** Absent: the channel has nothing to ask. */
  health?: () => Promise<{ ok: boolean; detail: string }>;
  /** A phone can be linked to it. */
  link?: ChannelLink;
  templates?: ChannelTemplates;
};
export type ChannelProbes = () => ChannelProbe[];

/** A provider that does not answer must not keep the page waiting. */
const patienceMs = 8_000;

/** Takes over what is configured now. @throws Error whose message names every fault of it */
export type Reload = () => Promise<z.output<typeof reloadChannels.output>['changes']>;

export const channelHandlers = (probes: ChannelProbes, reload: () => Reload) => [
  handles(reloadChannels, async (ctx) => {
    const changes = await reload()().catch((error: Error) => {
      throw new AppError('input.invalid', { problems: error.message, fields: [] });
    });
    for (const { channel, account, became } of changes)
      ctx.audit({ kind: 'Setting', id: `${channel}:${account}`, text: `settings taken over: ${became}` });
    ctx.emit(channelsReloaded, {});
    return { changes };
  }),
  handles(checkChannels, async (ctx, { channel, account }) => {
    const asked = probes().filter(
      (one) => (!channel || one.channel === channel) && (!account || one.account === account),
    );
    const checked = await Promise.all(asked.map(check));
    const queueOf = await queuesOf(ctx);
    const { at: heard } =
      channel && account ? await ctx.asSystem('settings').ask(lastHeard, { channel, account }) : {};
    return { items: checked.map((one) => ({ ...one, ...queueOf(one), ...(heard && { heard }) })) };
  }),
  handles(testChannel, async (ctx, { channel, account, to }) => {
    const probe = probes().find((one) => one.channel === channel && one.account === account);
    if (!probe || probe.closed) throw new AppError('channel.unknown', { channel, account });
    const { outboxId } = await ctx.asSystem('settings').run(deliverNotice, {
      channel,
      account,
      to,
      content: { kind: 'text', text: `A test message from ${ctx.config.app.organisation.name}: it arrived.` },
      purpose: 'utility',
    });
    ctx.audit({ kind: 'Setting', id: `${channel}:${account}`, text: `sent a test message to ${to}` });
    return { testId: outboxId! };
  }),
  handles(testedChannel, async (ctx, { testId }) => {
    const [state] = (await ctx.asSystem('settings').ask(outboxStates, { ids: [testId] })).items;
    if (!state) throw new AppError('record.not_found', { kind: 'test message', id: testId });
    return { status: state.status, ...(state.error && { error: state.error }) };
  }),
  handles(channelLink, async (_, place) => {
    const state = await linkOf(probes, place).state();
    return { ...state, since: state.since.toISOString() };
  }),
  handles(pairChannel, async (ctx, place) => {
    const link = linkOf(probes, place);
    ctx.audit({ kind: 'Setting', id: `${place.channel}:${place.account}`, text: 'began to link a phone' });
    ctx.afterCommit(() => void link.pair().catch(() => {}));
    return {};
  }),
  handles(unpairChannel, async (ctx, place) => {
    const link = linkOf(probes, place);
    ctx.audit({ kind: 'Setting', id: `${place.channel}:${place.account}`, text: 'unlinked the phone' });
    ctx.afterCommit(() => void link.unpair().catch(() => {}));
    return {};
  }),
];

function linkOf(
  probes: ChannelProbes,
  { channel, account }: { channel: string; account: string },
): ChannelLink {
  const link = probes().find((one) => one.channel === channel && one.account === account)?.link;
  if (!link) throw new AppError('channel.unknown', { channel, account });
  return link;
}

async function check({ channel, account, closed, health, link, templates }: ChannelProbe) {
  const at = { channel, account, ...(link && { link: true }), ...(templates && { templates: true }) };
  if (closed) return { ...at, ok: false, closed: true, detail: closed };
  if (!health) return { ...at, ok: true, detail: 'open' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ ok: boolean; detail: string }>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: 'the provider does not answer' }), patienceMs);
    timer.unref();
  });
  const answer = await Promise.race([health(), late]).catch((error: Error) => ({
    ok: false,
    detail: error.message,
  }));
  clearTimeout(timer);
  return { ...at, ...answer };
}

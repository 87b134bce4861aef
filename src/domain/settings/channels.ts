/** Channel accounts put to the test: what each says of itself, and a message that somebody can look at. */
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { deliverNotice, outboxStates } from '../conversations/contract.ts';
import { checkChannels, testChannel, testedChannel } from './contract-channels.ts';

/** An account that is open, or why it is not. */
export type ChannelProbe = {
  channel: string;
  account: string;
  closed?: string;
  /** Absent: the channel has nothing to ask. */
  health?: () => Promise<{ ok: boolean; detail: string }>;
};
export type ChannelProbes = () => ChannelProbe[];

/** A provider that does not answer must not keep the page waiting. */
const patienceMs = 8_000;

export const channelHandlers = (probes: ChannelProbes) => [
  handles(checkChannels, async () => ({ items: await Promise.all(probes().map(check)) })),
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
];

async function check({ channel, account, closed, health }: ChannelProbe) {
  const at = { channel, account };
  if (closed) return { ...at, ok: false, detail: closed };
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

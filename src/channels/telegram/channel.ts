/** Telegram, for customers by one bot and for colleagues by another: called by Telegram, or asking it. */
import { type ChannelPort, defineChannel } from '../../core/define.ts';
import { isSilence } from '../lost.ts';
import { repeatable, type TelegramApi, telegramApi } from './api.ts';
import { telegramGuide } from './guide.ts';
import { downloadMedia } from './media.ts';
import { polling } from './polling.ts';
import { receiver } from './receive.ts';
import { createSend } from './send.ts';
import { allowedUpdates, capabilities, settingsSchema } from './settings.ts';
import { receiveWebhook } from './webhook.ts';

export const telegram = defineChannel({
  name: 'telegram',
  label: 'Telegram',
  audience: 'customer',
  capabilities,
  settings: settingsSchema,
  guide: telegramGuide,
  open({ id, settings }, port) {
    const api = telegramApi(settings);
    const receive = receiver(id, settings, port);
    const secrets = settings.secretTokens.length ? settings.secretTokens : [port.sign('telegram', id)];
    const poll = settings.polling ? polling(api, settings, port, receive) : undefined;
    const address = `${port.publicUrl.replace(/\/$/, '')}/webhooks/telegram/${id}`;
    return {
      webhook: (request) => receiveWebhook(request, { secrets, receive }),
      send: createSend(api, port, settings),
      async reach() {
        const me = await api.call('getMe');
        return me.ok || !isSilence(me.error);
      },
      media: (ref) => downloadMedia(ref, { settings, api }),
      ...(poll ? { start: poll.start, stop: poll.stop } : announcing(api, address, secrets[0]!, port)),
      health: () => health(api, address, poll?.state),
    };
  },
});

/** Tells Telegram where to call; it takes public https addresses only. Not reached, it is told again by and by. */
function announcing(api: TelegramApi, url: string, secret: string, port: ChannelPort) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function tell(tries: number): Promise<void> {
    const hook = { url, secret_token: secret, allowed_updates: allowedUpdates };
    const answer = repeatable(await api.call('setWebhook', hook));
    if (answer.ok || stopped) return;
    port.log.warn({ detail: answer.error.message }, 'Telegram does not call us yet');
    if (answer.error.error !== 'transient' && answer.error.error !== 'rate') return;
    timer = setTimeout(() => void tell(tries + 1), Math.min(300_000, 5_000 * 2 ** tries));
    timer.unref();
  }

  return {
    start() {
      stopped = false;
      return tell(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

type Health = { ok: boolean; detail: string };
async function health(api: TelegramApi, address: string, poll?: () => string): Promise<Health> {
  const [me, hook] = [await api.call('getMe'), await api.call('getWebhookInfo')];
  if (!me.ok) return { ok: false, detail: problemOf(me.error) };
  const name = `@${me.result.username}`;
  if (poll) return { ok: !poll().startsWith('tries'), detail: `${name}, polling: ${poll()}` };
  if (!hook.ok) return { ok: false, detail: problemOf(hook.error) };
  const { url, last_error_message: lastError, pending_update_count: pending = 0 } = hook.result;
  if (url !== address)
    return {
      ok: false,
      detail: `${name}: Telegram calls ${url || 'nobody'} instead of ${address}. Telegram needs a public https address; without one, set polling.`,
    };
  const waiting = pending ? `, ${pending} waiting` : '';
  return {
    ok: !lastError,
    detail: lastError ? `${name}: Telegram could not reach us: ${lastError}${waiting}` : `${name}${waiting}`,
  };
}

const problemOf = ({ error, message }: { error: string; message: string }): string =>
  error === 'auth'
    ? `Telegram does not know this token (${message}): copy it from @BotFather again.`
    : `Telegram: ${message}`;

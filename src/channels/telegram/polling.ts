/**
 * Asking for updates instead of being called. The next poll confirms what came before it, so it begins only when that is
 * stored. Telegraf's own loop confirms a batch whose handler has failed; hence this.
 */
import type { ChannelPort } from '../../core/define.ts';
import type { TelegramApi } from './api.ts';
import type { Receive } from './receive.ts';
import { allowedUpdates, type Settings } from './settings.ts';
import { updateSchema } from './update.ts';

export type PollState = 'stopped' | 'waits for its turn' | 'asks' | `tries again: ${string}`;

export function polling(api: TelegramApi, settings: Settings, port: ChannelPort, receive: Receive) {
  let state: PollState = 'stopped';
  let stopping = new AbortController();
  let running: Promise<void> | undefined;

  async function run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      state = 'waits for its turn';
      // Telegram answers one poll at a time: a second process would take the first one's updates away.
      const lease = await Promise.race([port.lease('poll'), aborted(stop)]);
      if (!lease) return;
      const ended = AbortSignal.any([stop, lease.lost]);
      await api.call('deleteWebhook', { drop_pending_updates: false });
      await poll(ended);
      await lease.release();
    }
  }

  async function poll(ended: AbortSignal): Promise<void> {
    let failures = 0;
    while (!ended.aborted) {
      state = failures ? state : 'asks';
      const done = await round(ended).catch((error: Error) => error.message);
      if (done === true) {
        failures = 0;
        continue;
      }
      if (ended.aborted) return;
      const wait = typeof done === 'string' ? Math.min(30_000, 500 * 2 ** failures++) : done.waitMs;
      state = `tries again: ${typeof done === 'string' ? done : 'too many requests'}`;
      port.log.warn({ detail: state }, 'Telegram was not asked');
      await pause(wait, ended);
    }
  }

  /** One batch. @returns true, or what went wrong. */
  async function round(ended: AbortSignal): Promise<true | string | { waitMs: number }> {
    const offset = (await port.state.get<number>('offset')) ?? 0;
    const patience = AbortSignal.timeout((settings.pollSeconds + 10) * 1000);
    const answer = await api.call(
      'getUpdates',
      { offset, timeout: settings.pollSeconds, allowed_updates: allowedUpdates },
      AbortSignal.any([ended, patience]),
    );
    if (!answer.ok)
      return answer.error.retryAfterMs === undefined
        ? answer.error.message
        : { waitMs: answer.error.retryAfterMs };
    for (const given of answer.result as { update_id: number }[]) {
      const update = updateSchema.safeParse(given);
      if (update.success) {
        await receive(update.data);
        const pressed = update.data.callback_query;
        // Until it is answered, the button turns its wheel. Whether this answer arrives is of no consequence.
        if (pressed) await api.call('answerCallbackQuery', { callback_query_id: pressed.id });
      }
      // Not as documented: it will not be so the next time either, and those behind it wait.
      else
        port.log.error(
          { update: given.update_id, problem: update.error.message },
          'an update is not as documented',
        );
      await port.state.set('offset', given.update_id + 1);
    }
    return true;
  }

  return {
    state: () => state,
    async start() {
      stopping = new AbortController();
      running = run(stopping.signal).catch((error) => {
        state = `tries again: ${(error as Error).message}`;
        port.log.error({ err: error }, 'Telegram is not asked any more');
      });
    },
    async stop() {
      stopping.abort();
      await running;
      state = 'stopped';
    },
  };
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([over, aborted(signal)]);
  clearTimeout(timer);
}

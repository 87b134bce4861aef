/**
 * Socket Mode by Bolt's receiver, which does the transport only: an envelope is acknowledged after our inbox has it, and
 * the connection is renewed here, because the library's own reconnection can end in an unhandled rejection.
 */
import type { App, ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { ChannelPort } from '../../core/define.ts';
import { isAppError } from '../../core/errors.ts';
import { boltLogger } from './logger.ts';
import { normalize } from './normalize.ts';
import type { Settings } from './settings.ts';

export type SocketState = 'closed' | 'connecting' | 'connected';

export function socketMode(
  appToken: string,
  { account, settings, port }: { account: string; settings: Settings; port: ChannelPort },
) {
  let state: SocketState = 'closed';
  let receiver: SocketModeReceiver | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = false;

  async function load(): Promise<SocketModeReceiver> {
    const { SocketModeReceiver } = await import('@slack/bolt');
    const made = new SocketModeReceiver({
      appToken,
      logger: boltLogger(port.log),
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: { slackApiUrl: settings.apiUrl, retryConfig: { retries: 0 } } },
      // Not acknowledged: Slack sends it again.
      processEventErrorHandler: async ({ error }) => {
        port.log.error({ err: error }, 'a Slack event could not be taken');
        return false;
      },
    });
    made.init({ processEvent } as unknown as App);
    made.client.on('disconnected', () => {
      if (state === 'connected') connectLater(0);
    });
    return made;
  }

  /** What Bolt's App is to its receiver. */
  async function processEvent({ body, ack }: ReceiverEvent): Promise<void> {
    try {
      const events = normalize(body, { account, at: port.clock.now() });
      if (events.length) await port.accept(events);
    } catch (error) {
      // Not as documented: it will not be so the next time either.
      if (!isAppError(error) || error.status !== 400) throw error;
      port.log.warn({ err: error, type: body.type }, 'a Slack payload is not as documented');
    }
    await ack();
  }

  async function connect(): Promise<void> {
    state = 'connecting';
    try {
      receiver ??= await load();
      await receiver.start();
      state = 'connected';
      failures = 0;
    } catch (error) {
      port.log.warn(
        { detail: (error as Error | undefined)?.message },
        'Slack Socket Mode is not connected; it is tried again',
      );
      connectLater(Math.min(30_000, 500 * 2 ** failures++));
    }
  }

  function connectLater(ms: number): void {
    if (stopped) return;
    state = 'connecting';
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), ms);
    timer.unref();
  }

  return {
    state: () => state,
    async start() {
      stopped = false;
      await connect();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      state = 'closed';
      await receiver?.client.disconnect();
    },
  };
}

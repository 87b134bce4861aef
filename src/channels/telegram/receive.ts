/** What both ways in share: an update becomes events, and these are durable when it resolves. */
import type { ChannelPort } from '../../core/define.ts';
import { fromData } from '../staff/data.ts';
import { normalize } from './normalize.ts';
import type { Settings } from './settings.ts';
import type { Update } from './update.ts';

export type Receive = (update: Update) => Promise<void>;

export const receiver =
  (account: string, { audience }: Settings, port: ChannelPort): Receive =>
  async (update) => {
    const events = await normalize(update, {
      account,
      audience,
      at: port.clock.now(),
      valueOf: (data) => fromData(data, port.state),
    });
    if (events.length) await port.accept(events);
    else port.log.info({ kinds: Object.keys(update) }, 'a Telegram update that is nothing said to us');
  };

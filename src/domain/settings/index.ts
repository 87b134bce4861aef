import { defineModule } from '../../core/define.ts';
import { type ChannelProbes, channelHandlers } from './channels.ts';
import { choicesHandler, listChannelsHandler } from './queries.ts';

export const settings = (probes: ChannelProbes) =>
  defineModule({
    name: 'settings',
    summary: 'What the organisation has set, for people to choose from and to read',
    handlers: [choicesHandler, listChannelsHandler, ...channelHandlers(probes)],
  });

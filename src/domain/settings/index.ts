import { defineModule } from '../../core/define.ts';
import { type ChannelProbes, channelHandlers, type Reload } from './channels.ts';
import { connectHandlers, type GuideOf } from './connect.ts';
import { channelsReloaded } from './contract.ts';
import { choicesHandler, listChannelsHandler } from './queries.ts';
import { templateHandlers } from './templates.ts';

export const settings = (probes: ChannelProbes, reload: () => Reload, guideOf: GuideOf) =>
  defineModule({
    name: 'settings',
    summary: 'What the organisation has set, for people to choose from and to read',
    handlers: [
      choicesHandler,
      listChannelsHandler,
      ...channelHandlers(probes, reload),
      ...connectHandlers(guideOf),
      ...templateHandlers(probes),
    ],
    events: [channelsReloaded],
  });

/** Slack for staff: signed HTTP, or Socket Mode where an app token is set; answers by the Web API. */
import { defineChannel } from '../../core/define.ts';
import { isSilence } from '../lost.ts';
import { slackApi } from './api.ts';
import { slackGuide } from './guide.ts';
import { createSend } from './send.ts';
import { capabilities, settingsSchema } from './settings.ts';
import { socketMode } from './socket.ts';
import { receive } from './webhook.ts';

export const slack = defineChannel({
  name: 'slack',
  label: 'Slack',
  audience: 'staff',
  capabilities,
  settings: settingsSchema,
  guide: slackGuide,
  open({ id, settings }, port) {
    const api = slackApi(settings, port);
    const socket = settings.appToken
      ? socketMode(settings.appToken, { account: id, settings, port })
      : undefined;
    return {
      webhook: (request) => receive(request, { account: id, settings, port }),
      send: createSend(api, port, settings),
      async reach() {
        const answer = await api.call('auth.test', {});
        return answer.ok || !isSilence(answer.error);
      },
      ...(socket && { start: socket.start, stop: socket.stop }),
      async health() {
        const answer = await api.call('auth.test', {});
        if (!answer.ok) return { ok: false, detail: answer.error.message };
        return {
          ok: true,
          detail: `${answer.body.team} as ${answer.body.user}${socket ? `, Socket Mode ${socket.state()}` : ''}`,
        };
      },
    };
  },
});

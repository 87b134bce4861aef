/** WhatsApp for business by Meta's Cloud API: plain HTTP both ways. */
import type { ChannelAccount, ChannelPort } from '../../core/define.ts';
import { graphClient } from '../meta/graph.ts';
import { meaningOf } from './errors.ts';
import { downloadMedia } from './media.ts';
import { send } from './send.ts';
import type { Settings } from './settings.ts';
import { templatesOf } from './templates.ts';
import { receive } from './webhook.ts';

export function openCloudAccount(id: string, settings: Settings, port: ChannelPort): ChannelAccount {
  const graph = graphClient(settings, port, meaningOf);
  return {
    webhook: (request) => receive(request, { account: id, settings, port }),
    send: (out) => send(out, { settings, port, graph }),
    reach: () => graph.reach(`${settings.phoneNumberId}?fields=id`),
    media: (ref) => downloadMedia(ref, { settings, graph }),
    templates: templatesOf(graph, settings),
    async health() {
      const answer = await graph.get(`${settings.phoneNumberId}?fields=display_phone_number,verified_name`);
      if (answer.ok)
        return {
          ok: true,
          detail: `${answer.body.verified_name ?? ''} ${answer.body.display_phone_number ?? ''}`.trim(),
        };
      return { ok: false, detail: answer.error.message };
    },
  };
}

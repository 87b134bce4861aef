/** Instagram's direct messages and comments, by the page that the professional account belongs to. */
import { defineChannel } from '../../core/define.ts';
import { graphClient } from '../meta/graph.ts';
import { meaningOf } from './errors.ts';
import { instagramGuide } from './guide.ts';
import { health } from './health.ts';
import { downloadMedia } from './media.ts';
import { send } from './send.ts';
import { instagramCapabilities as capabilities, instagramSchema, type Side } from './settings.ts';
import { receive } from './webhook.ts';

export const instagram = defineChannel({
  name: 'instagram',
  label: 'Instagram',
  audience: 'customer',
  capabilities,
  settings: instagramSchema,
  guide: instagramGuide,
  open({ id: account, settings }, port) {
    const graph = graphClient(settings, port, meaningOf);
    const side: Side = {
      channel: 'instagram',
      object: 'instagram',
      entryId: settings.instagramId,
      scheme: 'igsid',
    };
    return {
      webhook: (request) => receive(request, { account, side, settings, port }),
      send: (out) => send(out, { settings, capabilities, port, graph }),
      reach: () => graph.reach(`${settings.pageId}?fields=id`),
      media: (ref) => downloadMedia(ref, settings),
      health: () => health(graph, settings.pageId, ['messages']),
    };
  },
});

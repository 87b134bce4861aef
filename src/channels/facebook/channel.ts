/** A Facebook page: Messenger, comments and Lead Ads. */
import { type ChannelPort, defineChannel } from '../../core/define.ts';
import { graphClient } from '../meta/graph.ts';
import { meaningOf } from './errors.ts';
import { facebookGuide } from './guide.ts';
import { health, pageFields, subscribe } from './health.ts';
import { leadSource, reconcile } from './leads.ts';
import { downloadMedia } from './media.ts';
import { send } from './send.ts';
import { capabilities, type Settings, type Side, settingsSchema } from './settings.ts';
import { receive } from './webhook.ts';

export const facebook = defineChannel({
  name: 'facebook',
  label: 'Facebook',
  audience: 'customer',
  capabilities,
  settings: settingsSchema,
  guide: facebookGuide,
  open({ id: account, settings }, port) {
    const graph = graphClient(settings, port, meaningOf);
    const side: Side = { channel: 'facebook', object: 'page', entryId: settings.pageId, scheme: 'psid' };
    const leads = leadSource(settings);
    const look = lookThrough(() => reconcile(leads, { account, side, settings, port }), settings, port);
    return {
      webhook: (request) => receive(request, { account, side, settings, port, leads }),
      send: (out) => send(out, { settings, capabilities, port, graph }),
      reach: () => graph.reach(`${settings.pageId}?fields=id`),
      media: (ref) => downloadMedia(ref, settings),
      async start() {
        const problem = await subscribe(graph, settings.pageId, pageFields);
        if (problem) port.log.warn({ detail: problem }, 'the page was not subscribed to');
        await look.start();
      },
      stop: look.stop,
      health: () => health(graph, settings.pageId, pageFields),
    };
  },
});

/** By one process at a time, at the start and every quarter of an hour. */
function lookThrough(look: () => Promise<number>, { leads }: Settings, port: ChannelPort) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking: Promise<void> | undefined;

  async function once(): Promise<void> {
    const lease = await port.lease('leads');
    try {
      const found = stopped ? 0 : await look();
      if (found) port.log.warn({ found }, 'leads that no webhook told of');
    } catch (error) {
      port.log.warn({ detail: (error as Error).message }, 'the lead forms were not looked through');
    } finally {
      await lease.release();
    }
  }

  return {
    async start() {
      stopped = false;
      looking = once();
      timer = setInterval(() => {
        looking = once();
      }, leads.everyMinutes * 60_000);
      timer.unref();
      await looking;
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

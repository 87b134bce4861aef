import type { ChannelPort } from '../../core/define.ts';
import type { Outbound, SendResult } from '../../core/messaging.ts';
import { render } from '../render.ts';
import type { Graph } from './graph.ts';
import { settleMedia } from './media.ts';
import { toPayload } from './message-payload.ts';
import { capabilities, type Settings } from './settings.ts';

/** One message by the Cloud API. The outbox id goes with it and comes back in every status webhook. */
export async function send(
  out: Outbound,
  { settings, port, graph }: { settings: Settings; port: ChannelPort; graph: Graph },
): Promise<SendResult> {
  if (isWindowClosed(out, port.clock.now()))
    return {
      ok: false,
      error: 'window',
      message: 'more than 24 hours since the customer wrote: a template is needed',
    };
  const rendered = render(out.content, capabilities);
  const media =
    rendered.kind === 'media' ? await settleMedia(rendered.media, { settings, port, graph }) : undefined;
  if (media && 'ok' in media) return media;
  const answer = await graph.post(
    `${settings.phoneNumberId}/messages`,
    toPayload(rendered, { to: out.to, ref: out.id, ...(media && { media }) }),
  );
  if (!answer.ok) return answer.error;
  const providerId = answer.body.messages?.[0]?.id;
  if (typeof providerId !== 'string')
    return { ok: false, error: 'ambiguous', message: 'the answer names no message' };
  return {
    ok: true,
    providerId,
    ...('choiceMap' in rendered && rendered.choiceMap && { choiceMap: rendered.choiceMap }),
  };
}

/** Meta would take it and report failure 131047 later; known beforehand, the template can go at once. */
function isWindowClosed({ content, meta }: Outbound, now: Date): boolean {
  const last = meta?.lastInboundAt;
  if (content.kind === 'template' || typeof last !== 'string') return false;
  return now.getTime() - Date.parse(last) > capabilities.windowHours * 3600_000;
}

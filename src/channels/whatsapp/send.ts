import type { ChannelPort } from '../../core/define.ts';
import type { Outbound, SendResult } from '../../core/messaging.ts';
import type { Graph, GraphAnswer } from '../meta/graph.ts';
import { render } from '../render.ts';
import { settleMedia } from './media.ts';
import { contactPayload, toPayload } from './message-payload.ts';
import { capabilities, type Settings } from './settings.ts';
import { codePayload } from './templates.ts';
import { asNotice, isWindowClosed } from './window.ts';

type Deps = { settings: Settings; port: ChannelPort; graph: Graph };

/** One message by the Cloud API. The outbox id goes with it and comes back in every status webhook. */
export async function send(out: Outbound, deps: Deps): Promise<SendResult> {
  const code = codePayload(out, deps.settings);
  if (code) {
    const answer = posted(await deps.graph.post(`${deps.settings.phoneNumberId}/messages`, code));
    // Not approved (any more): in words, where the window allows it.
    if (answer.ok || answer.error !== 'template') return answer;
  }
  const result = isWindowClosed(out, deps.port.clock.now()) ? closed : await post(out, deps);
  if (result.ok || result.error !== 'window') return result;
  // Surely not taken: the notice may go the other way.
  const notice = asNotice(out, deps.settings);
  return notice ? post({ ...out, content: notice }, deps) : result;
}

const closed: SendResult = {
  ok: false,
  error: 'window',
  message: 'more than 24 hours since the customer wrote: a template is needed',
};

async function post(out: Outbound, { settings, port, graph }: Deps): Promise<SendResult> {
  if (out.content.kind === 'contact')
    return posted(
      await graph.post(
        `${settings.phoneNumberId}/messages`,
        contactPayload(out.content.contact, { to: out.to, ref: out.id }),
      ),
    );
  const rendered = render(out.content, capabilities);
  const media =
    rendered.kind === 'media' ? await settleMedia(rendered.media, { settings, port, graph }) : undefined;
  if (media && 'ok' in media) return media;
  const answer = await graph.post(
    `${settings.phoneNumberId}/messages`,
    toPayload(rendered, { to: out.to, ref: out.id, ...(media && { media }) }),
  );
  return posted(answer, 'choiceMap' in rendered ? rendered.choiceMap : undefined);
}

function posted(answer: GraphAnswer, choiceMap?: Record<string, string>): SendResult {
  if (!answer.ok) return answer.error;
  const providerId = answer.body.messages?.[0]?.id;
  if (typeof providerId !== 'string')
    return { ok: false, error: 'ambiguous', message: 'the answer names no message' };
  return { ok: true, providerId, ...(choiceMap && { choiceMap }) };
}

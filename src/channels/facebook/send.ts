/** One message by the Send API: to a person, or as the one private reply to a comment. */
import type { ChannelPort, StoredMedia } from '../../core/define.ts';
import type { ChannelCapabilities, Content, MediaRef, Outbound, SendResult } from '../../core/messaging.ts';
import type { Graph, GraphAnswer, Refusal } from '../meta/graph.ts';
import { render } from '../render.ts';
import { provide, uploadOnce } from '../upload.ts';
import { commentOf, isComment, reached, reachedBy } from './comments.ts';
import { remember } from './receipts.ts';
import { humanAgentDays, maxPayload } from './settings.ts';

type Deps = {
  settings: { pageId: string; humanAgent: boolean };
  capabilities: ChannelCapabilities;
  port: ChannelPort;
  graph: Graph;
};
type To = { recipient: Record<string, string>; kind: Record<string, string>; comment?: string };

export async function send(out: Outbound, deps: Deps): Promise<SendResult> {
  const to = await address(out, deps);
  if ('ok' in to) return to;
  const parts = await draw(out.content, deps);
  if ('ok' in parts) return parts;
  const [first, ...more] = parts.messages;
  const answer = await post(first!, to, out, deps);
  if (!answer.ok) return answer.error;
  const { message_id: providerId, recipient_id: person } = answer.body;
  if (typeof providerId !== 'string') return refused('ambiguous', 'the answer names no message');
  if (to.comment && typeof person === 'string') await reached(to.comment, person, deps.port);
  if (typeof person === 'string') await remember(person, providerId, deps.port);
  // What stands beside a file is not worth sending the file twice.
  for (const words of to.comment ? [] : more) {
    const beside = await post(words, to, out, deps);
    if (!beside.ok)
      deps.port.log.warn({ detail: beside.error.message }, 'the words beside a file were not sent');
  }
  return { ok: true, providerId, ...(parts.choiceMap && { choiceMap: parts.choiceMap }) };
}

const post = (
  message: object,
  { recipient, kind }: To,
  out: Outbound,
  { settings, graph }: Deps,
): Promise<GraphAnswer> =>
  graph.post(`${settings.pageId}/messages`, {
    recipient,
    ...kind,
    message: { ...message, metadata: out.id },
  });

const day = 24 * 3600_000;

/** To whom, and by which of Meta's rules. */
async function address(
  { to, meta }: Outbound,
  { settings, port, capabilities }: Deps,
): Promise<To | Refusal> {
  if (to.startsWith('lead:'))
    return refused('recipient', 'a form gives nobody’s address on Facebook: call, or write elsewhere');
  let person = to;
  if (isComment(to)) {
    const known = await reachedBy(to, port);
    if (!known) return { recipient: { comment_id: commentOf(to) }, kind: {}, comment: to };
    if (!known.answered)
      return refused('window', 'a comment has one private reply: the talk goes on when its author answers');
    person = known.person;
  }
  const recipient = { id: person };
  const last = Date.parse(String(meta?.lastInboundAt ?? ''));
  const age = Number.isNaN(last) ? 0 : port.clock.now().getTime() - last;
  if (age <= capabilities.windowHours! * 3600_000) return { recipient, kind: { messaging_type: 'RESPONSE' } };
  const isHuman = (meta?.author as { kind?: string } | undefined)?.kind === 'user';
  if (isHuman && settings.humanAgent && age <= humanAgentDays * day)
    return { recipient, kind: { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } };
  return refused('window', 'more than 24 hours since the customer wrote: only they can begin again here');
}

type Drawn = { messages: [object, ...object[]]; choiceMap?: Record<string, string> };

async function draw(content: Content, deps: Deps): Promise<Drawn | Refusal> {
  const rendered = render(content, deps.capabilities);
  switch (rendered.kind) {
    case 'text':
      return {
        messages: [{ text: rendered.text }],
        ...(rendered.choiceMap && { choiceMap: rendered.choiceMap }),
      };
    case 'buttons': {
      const quick_replies = rendered.buttons.map(({ label, value }) => ({
        content_type: 'text',
        title: label,
        payload: value,
      }));
      if (quick_replies.some(({ payload }) => payload.length > maxPayload))
        return refused('content', 'a button carries too much');
      return { messages: [{ text: rendered.text, quick_replies }], choiceMap: rendered.choiceMap };
    }
    case 'media': {
      const attachment = await attach(rendered.media, deps);
      if ('ok' in attachment) return attachment;
      return { messages: [{ attachment }, ...(rendered.caption ? [{ text: rendered.caption }] : [])] };
    }
    case 'location': {
      const { name, address: where, latitude, longitude } = rendered;
      return {
        messages: [{ text: `${name}\n${where}\nhttps://maps.google.com/?q=${latitude},${longitude}` }],
      };
    }
    case 'template':
      return { messages: [{ text: rendered.text }] };
    case 'list':
      return refused('content', 'lists are not shown here');
  }
}

type Attachment = { type: string; payload: Record<string, unknown> };

async function attach(media: MediaRef, { settings, port, graph }: Deps): Promise<Attachment | Refusal> {
  const type = media.type === 'document' ? 'file' : media.type;
  const provided = await provide(media, port);
  if ('ok' in provided) return provided;
  if ('link' in provided) return { type, payload: { url: provided.link, is_reusable: true } };
  const upload = ({ body, mime, filename }: StoredMedia) => {
    const form = new FormData();
    form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
    form.set('filedata', new Blob([new Uint8Array(body)], { type: mime }), filename);
    return graph.post(`${settings.pageId}/message_attachments`, form);
  };
  const id = await uploadOnce(provided, upload, 'attachment_id');
  return typeof id === 'string' ? { type, payload: { attachment_id: id } } : id;
}

const refused = (error: Refusal['error'], message: string): Refusal => ({ ok: false, error, message });

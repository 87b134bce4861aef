/** Where an answer goes: an open modal, the Home tab, in place of the pressed message, under the command, or a direct message. */
import type { ChannelPort } from '../../core/define.ts';
import type { Content, Form, Outbound, SendResult } from '../../core/messaging.ts';
import { pressValue } from '../render.ts';
import type { ApiAnswer, Refusal, SlackApi } from './api.ts';
import { type Block, cardList, type Message, toMessage } from './blocks.ts';
import { toModal } from './modal.ts';
import type { Settings } from './settings.ts';
import { uploadFile } from './upload.ts';

type Meta = {
  again?: unknown;
  surface?: string;
  triggerId?: string;
  responseUrl?: string;
  channelId?: string;
  messageTs?: string;
  /** Which message or draft shares the links. */
  unfurl?: Record<string, string>;
};
type Posted = { channel: string; ts: string };

export function createSend(
  api: SlackApi,
  port: ChannelPort,
  settings: Settings,
): (out: Outbound) => Promise<SendResult> {
  const dms = new Map<string, string>();

  async function send(out: Outbound): Promise<SendResult> {
    const meta = (out.meta ?? {}) as Meta;
    const { content } = out;
    if (content.kind === 'form') return openModal(out, content.form, meta);
    if (content.kind === 'media' && content.media.id) return sendFile(out, content);
    if (meta.surface === 'home' && content.kind === 'cards' && content.update)
      return publishHome(out, content.text, cardList(content, port.publicUrl, 100));
    if (meta.surface === 'unfurl') return unfurl(out, content, meta.unfurl ?? {});
    const message = toMessage(content, port.publicUrl);
    const update = 'update' in content && content.update;
    if (update && meta.surface !== 'command') {
      const replaced = await replace(out, content, message, meta);
      if (replaced) return replaced;
    }
    // A notice to a colleague stays; an answer to what they typed or pressed is theirs alone.
    if (meta.responseUrl) {
      const result = await api.respond(meta.responseUrl, {
        ...message,
        response_type: 'ephemeral',
        replace_original: false,
      });
      if (!isSpent(result)) return answer(result, `response:${out.id}`);
    }
    return post(out, content, message);
  }

  /** What links lead to, below the message that shares them: docs.slack.dev/messaging/unfurling-links-in-messages. */
  async function unfurl(out: Outbound, content: Content, where: Record<string, string>): Promise<SendResult> {
    const cards = content.kind === 'cards' ? content.cards : [];
    const unfurls = Object.fromEntries(
      cards.map((card) => [card.key, { blocks: toMessage({ kind: 'card', card }, port.publicUrl).blocks }]),
    );
    return answer(repeatable(await api.call('chat.unfurl', { ...where, unfurls })), `unfurl:${out.id}`);
  }

  /** Into the message whose button was pressed, or the last one sent under the card's key. */
  async function replace(
    out: Outbound,
    content: Content,
    message: Message,
    meta: Meta,
  ): Promise<SendResult | undefined> {
    if (meta.responseUrl && meta.messageTs) {
      const result = await api.respond(meta.responseUrl, { ...message, replace_original: true });
      if (!isSpent(result)) return answer(repeatable(result), `response:${out.id}`);
    }
    const key = keyOf(out, content);
    const before = key && (await port.state.get<Posted>(key));
    if (!before) return undefined;
    const result = repeatable(await api.call('chat.update', { ...before, ...message }));
    return !result.ok && result.error.code === 'message_not_found' ? undefined : answer(result, before.ts);
  }

  async function post(out: Outbound, content: Content, message: Message): Promise<SendResult> {
    const channel = await dmWith(userOf(out.to));
    if (typeof channel !== 'string') return channel;
    const result = await api.call('chat.postMessage', {
      channel,
      ...message,
      metadata: { event_type: 'outbox', event_payload: { id: out.id } },
      unfurl_links: false,
    });
    const key = keyOf(out, content);
    if (result.ok && key) await port.state.set(key, { channel, ts: result.body.ts } satisfies Posted);
    return answer(result, result.ok ? String(result.body.ts) : '');
  }

  async function sendFile(
    { to }: Outbound,
    { media, caption }: Extract<Content, { kind: 'media' }>,
  ): Promise<SendResult> {
    const channel = await dmWith(userOf(to));
    if (typeof channel !== 'string') return channel;
    const result = await uploadFile({ api, port, settings }, channel, media, caption);
    return answer(result, result.ok ? String(result.body.files?.[0]?.id) : '');
  }

  /** A trigger lasts 3 s and serves once; too late, a button to press again is offered instead. */
  async function openModal(out: Outbound, form: Form, meta: Meta): Promise<SendResult> {
    const { again, channelId, messageTs, responseUrl } = meta;
    const view = toModal(form, {
      again,
      channelId,
      messageTs,
      responseUrl,
      ...(meta.surface === 'home' && { surface: 'home' }),
    });
    if (!view) return { ok: false, error: 'content', message: 'the form carries more than a modal can hold' };
    if (meta.triggerId) {
      const result = await api.call('views.open', { trigger_id: meta.triggerId, view });
      if (result.ok) return answer(result, String(result.body.view?.id));
      if (!/trigger/.test(result.error.code ?? '')) return answer(repeatable(result), '');
    }
    const prefilled = Object.fromEntries(
      form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );
    const button = {
      label: 'Fill in',
      command: form.command,
      input: { ...form.fixed, ...prefilled },
      form: true,
      style: 'primary' as const,
    };
    if (pressValue(button).length > 2000) button.input = form.fixed;
    const card = { title: form.title, ...(form.note && { text: form.note }), buttons: [button] };
    return send({ ...out, content: { kind: 'card', card } });
  }

  async function publishHome(out: Outbound, title: string, blocks: Block[]): Promise<SendResult> {
    const shown = blocks.length
      ? blocks
      : toMessage({ kind: 'text', text: title || 'Nothing to do.' }, port.publicUrl).blocks;
    return answer(
      repeatable(
        await api.call('views.publish', { user_id: userOf(out.to), view: { type: 'home', blocks: shown } }),
      ),
      `home:${out.id}`,
    );
  }

  async function dmWith(user: string): Promise<string | Refusal> {
    const known = dms.get(user);
    if (known) return known;
    const result = await api.call('conversations.open', { users: user });
    // Opening shows nothing to anybody: a lost answer may be tried again.
    if (!result.ok) return (repeatable(result) as { error: Refusal }).error;
    dms.set(user, result.body.channel.id);
    return result.body.channel.id;
  }

  return send;
}

const userOf = (to: string): string => to.split(':').at(-1)!;
const keyOf = ({ to }: Outbound, content: Content): string | undefined =>
  content.kind === 'card' && content.card.key ? `card:${to}:${content.card.key}` : undefined;
/** Used five times or older than 30 minutes: docs.slack.dev/interactivity/handling-user-interaction. */
const isSpent = (result: ApiAnswer): boolean => !result.ok && result.error.code === 'expired_url';
/** Doing it twice shows the same: what was lost may be tried again. */
const repeatable = (result: ApiAnswer): ApiAnswer =>
  !result.ok && result.error.error === 'ambiguous'
    ? { ok: false, error: { ...result.error, error: 'transient' } }
    : result;

function answer(result: ApiAnswer, providerId: string): SendResult {
  if (result.ok) return { ok: true, providerId };
  const { code: _code, ...error } = result.error;
  return error;
}

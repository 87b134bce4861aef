/** What we say as a mail: threaded, plain text with a simple HTML twin, files attached. */

import type { ChannelPort } from '../../core/define.ts';
import type { ChannelCapabilities, Content, MediaRef, Outbound } from '../../core/messaging.ts';
import { mediaUrlProblem } from '../media.ts';
import { render } from '../render.ts';
import { vcardOf } from '../vcard.ts';
import { textToHtml } from './html.ts';
import { makeMessageId } from './message-id.ts';
import type { EmailSettings } from './settings.ts';

export const capabilities: ChannelCapabilities = {
  text: 100_000,
  caption: 20_000,
  media: true,
  ambiguity: 'staff',
};

export type Mail = {
  from: { name: string; address: string };
  to: string;
  cc?: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  inReplyTo?: string;
  references?: string[];
  date: Date;
  headers: Record<string, string>;
  attachments: { filename: string; content: Buffer; contentType: string }[];
  /** An invitation: shown as such by mail programs, with its answers, beside being a file. */
  icalEvent?: { method: string; filename: string; content: Buffer };
};
export type Composed = { mail: Mail; choiceMap?: Record<string, string> };

/** What a received mail left in the conversation's memory; see `read.ts`. */
type Memory = {
  subject?: string;
  messageId?: string | null;
  references?: string[];
  sender?: string | null;
  author?: { kind?: string; name?: string };
};

export async function compose(out: Outbound, settings: EmailSettings, port: ChannelPort): Promise<Composed> {
  const memory = (out.meta ?? {}) as Memory;
  const { text, attachments, choiceMap, icalEvent } = await show(out.content, port);
  const cc = memory.sender && memory.sender !== out.to ? memory.sender : undefined;
  const mail: Mail = {
    from: {
      name: memory.author?.name
        ? `${memory.author.name}${settings.name && ` (${settings.name})`}`
        : settings.name,
      address: settings.address,
    },
    to: out.to,
    ...(cc && { cc }),
    subject: subjectOf(out.content, memory, settings),
    text,
    html: textToHtml(text),
    messageId: makeMessageId(port, { outboxId: out.id, thread: out.to }, settings.address.split('@')[1]!),
    ...(memory.messageId && {
      inReplyTo: memory.messageId,
      references: [...(memory.references ?? []), memory.messageId],
    }),
    date: port.clock.now(),
    headers: headersOf(out, memory, settings),
    attachments,
    ...(icalEvent && { icalEvent }),
  };
  return { mail, ...(choiceMap && { choiceMap }) };
}

type Shown = {
  text: string;
  attachments: Mail['attachments'];
  icalEvent?: Mail['icalEvent'];
  choiceMap?: Record<string, string>;
};
async function show(content: Content, port: ChannelPort): Promise<Shown> {
  const shown = render(content, capabilities);
  if (content.kind === 'contact' && shown.kind === 'text') {
    const card = { filename: 'contact.vcf', content: Buffer.from(vcardOf(content.contact)) };
    return { text: shown.text, attachments: [{ ...card, contentType: 'text/vcard' }] };
  }
  switch (shown.kind) {
    case 'media':
      return withFile(shown.media, shown.caption, port);
    case 'location':
      return {
        text: `${shown.name}\n${shown.address}\nhttps://www.google.com/maps/search/?api=1&query=${shown.latitude},${shown.longitude}`,
        attachments: [],
      };
    default:
      return {
        text: shown.text,
        attachments: [],
        ...('choiceMap' in shown && { choiceMap: shown.choiceMap }),
      };
  }
}

/** A file of ours is attached; one that lies elsewhere is linked, never fetched. */
async function withFile(media: MediaRef, caption: string | undefined, port: ChannelPort): Promise<Shown> {
  const problem = media.id ? undefined : mediaUrlProblem(media.url ?? '');
  if (problem) throw new Error(`the file’s address ${problem}`);
  if (!media.id)
    return { text: [caption, media.filename, media.url].filter(Boolean).join('\n'), attachments: [] };
  const { body, mime, filename } = await port.media.read(media);
  const method = /^text\/calendar;.*\bmethod=(\w+)/.exec(mime)?.[1];
  if (method) return { text: caption ?? '', attachments: [], icalEvent: { method, filename, content: body } };
  return {
    text: caption || filename,
    attachments: [{ filename: media.filename ?? filename, content: body, contentType: mime }],
  };
}

function subjectOf(content: Content, { subject }: Memory, { name, address }: EmailSettings): string {
  const own = 'subject' in content ? content.subject : undefined;
  if (own) return own;
  const kept = subject?.replace(/^(\s*(re|aw|fw|fwd|wg|antw|sv)\s*(\[\d+\])?:\s*)+/i, '').trim();
  return kept ? `Re: ${kept}` : `A message from ${name || address}`;
}

function headersOf(
  { purpose }: Outbound,
  { author }: Memory,
  { address }: EmailSettings,
): Record<string, string> {
  const isByPerson = author?.kind === 'user';
  return {
    // Tells other machines not to answer (RFC 3834); what a colleague wrote is no automatic mail.
    ...(!isByPerson && {
      'Auto-Submitted': purpose === 'reply' ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    }),
    ...(purpose === 'marketing' && { 'List-Unsubscribe': `<mailto:${address}?subject=STOP>` }),
  };
}

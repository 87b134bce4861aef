/** What a conversation says → what a linked phone can send. Buttons become numbered text; files are fetched first. */
import { createHash } from 'node:crypto';
import type { ChannelPort } from '../../../core/define.ts';
import type { Content, MediaRef, SendResult } from '../../../core/messaging.ts';
import { fetchMedia, mediaUrlProblem } from '../../media.ts';
import { type ChoiceMap, render } from '../../render.ts';
import { vcardOf } from '../../vcard.ts';
import type { DriverContent } from './contract.ts';
import { linkedCapabilities } from './settings.ts';

type Refusal = Extract<SendResult, { ok: false }>;
export type Drawn = { content: DriverContent; choiceMap?: ChoiceMap };

/** @returns the content, or why it cannot be sent. */
export async function draw(
  content: Content,
  { port, maxBytes }: { port: ChannelPort; maxBytes: number },
): Promise<Drawn | Refusal> {
  if (content.kind === 'contact')
    return { content: { kind: 'contact', name: content.contact.name, vcard: vcardOf(content.contact) } };
  const rendered = render(content, linkedCapabilities);
  switch (rendered.kind) {
    case 'media': {
      const file = await fileOf(rendered.media, port, maxBytes);
      if ('error' in file) return file;
      return {
        content: {
          kind: 'media',
          type: rendered.media.type,
          ...file,
          ...(rendered.caption && { caption: rendered.caption }),
        },
      };
    }
    case 'location': {
      const { latitude, longitude, name, address } = rendered;
      return { content: { kind: 'location', latitude, longitude, name, address } };
    }
    // An approved template is the Cloud API's: a linked phone says its words.
    case 'template':
      return { content: { kind: 'text', text: rendered.text } };
    default:
      return {
        content: { kind: 'text', text: rendered.text },
        ...('choiceMap' in rendered && rendered.choiceMap && { choiceMap: rendered.choiceMap }),
      };
  }
}

async function fileOf(
  media: MediaRef,
  port: ChannelPort,
  maxBytes: number,
): Promise<{ body: Uint8Array; mime: string; filename: string } | Refusal> {
  if (media.id) {
    const file = await port.media.read(media).catch(() => undefined);
    if (!file) return wrong(`there is no file ${media.id}`);
    if (file.body.length > maxBytes) return wrong(`${file.filename} is too large`);
    return { body: file.body, mime: file.mime, filename: media.filename ?? file.filename };
  }
  if (!media.url) return wrong('has neither an address nor an id');
  const problem = mediaUrlProblem(media.url);
  if (problem) return wrong(problem);
  const { hostname, pathname } = new URL(media.url);
  try {
    const { body, mime } = await fetchMedia(media.url, {
      hosts: [hostname],
      maxBytes,
      types: ['image/', 'audio/', 'video/', 'application/', 'text/plain'],
    });
    return { body, mime, filename: media.filename ?? pathname.split('/').at(-1) ?? 'file' };
  } catch (error) {
    return wrong((error as Error).message);
  }
}

const wrong = (message: string): Refusal => ({ ok: false, error: 'content', message: `media: ${message}` });

/** WhatsApp's id of a message, made of ours: the same for every attempt, so that a repeat names the same message. */
export const messageIdOf = (outboxId: string): string =>
  `3EB0${createHash('sha256').update(outboxId).digest('hex').slice(0, 18).toUpperCase()}`;

/** What is rendered → the body of `POST /<phone number id>/messages`. Pure. */
import type { ContactCard, MediaRef } from '../../core/messaging.ts';
import type { Rendered } from '../render.ts';
import type { Settled } from './media.ts';

/** @param media the file's link or Graph id, once settled by the sender. */
export function toPayload(
  rendered: Rendered,
  how: { to: string; ref: string; media?: Settled },
): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address(how.to),
    ...body(rendered, how.media),
    biz_opaque_callback_data: how.ref,
  };
}

/** Source: developers.facebook.com/docs/whatsapp/cloud-api/messages/contacts-messages. */
export function contactPayload(
  { name, company, phones, emails }: ContactCard,
  { to, ref }: { to: string; ref: string },
): Record<string, unknown> {
  const [first_name] = name.split(' ');
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address(to),
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: name, first_name },
        ...(company && { org: { company } }),
        ...(phones.length && { phones: phones.map((phone) => ({ phone, type: 'WORK' })) }),
        ...(emails.length && { emails: emails.map((email) => ({ email, type: 'WORK' })) }),
      },
    ],
    biz_opaque_callback_data: ref,
  };
}

/** A number goes to `to`; a customer who shows none has a business-scoped id such as `US.1349…`, which goes to `recipient`. */
export function address(to: string): { to: string } | { recipient: string } {
  return /^\+?\d+$/.test(to) ? { to: to.replace(/^\+/, '') } : { recipient: to };
}

function body(rendered: Rendered, media?: Settled): Record<string, unknown> {
  switch (rendered.kind) {
    case 'text':
      return { type: 'text', text: { preview_url: false, body: rendered.text } };
    case 'buttons':
      return interactive({
        type: 'button',
        body: { text: rendered.text },
        action: {
          buttons: rendered.buttons.map(({ label, value }) => ({
            type: 'reply',
            reply: { id: value, title: label },
          })),
        },
      });
    case 'list': {
      const rows = rendered.rows.map(({ label, value, description }) => ({
        id: value,
        title: label,
        ...(description && { description }),
      }));
      return interactive({
        type: 'list',
        body: { text: rendered.text },
        action: { button: 'Choose', sections: [{ rows }] },
      });
    }
    case 'media': {
      const { type, filename } = rendered.media;
      const name = filename ?? (media && 'filename' in media ? media.filename : undefined);
      const where = media && ('id' in media ? { id: media.id } : { link: media.link });
      return {
        type,
        [type]: {
          ...where,
          ...captionOf(type, rendered.caption),
          ...(name && type === 'document' && { filename: name }),
        },
      };
    }
    case 'location': {
      const { latitude, longitude, name, address } = rendered;
      return { type: 'location', location: { latitude, longitude, name, address } };
    }
    case 'template': {
      const parameters = rendered.params.map((text) => ({ type: 'text', text }));
      const components = parameters.length ? [{ type: 'body', parameters }] : [];
      return {
        type: 'template',
        template: { name: rendered.template, language: { code: rendered.locale }, components },
      };
    }
  }
}

const interactive = (value: object) => ({ type: 'interactive', interactive: value });

/** Audio takes no caption. */
const captionOf = (type: MediaRef['type'], caption?: string) =>
  caption && type !== 'audio' ? { caption } : {};

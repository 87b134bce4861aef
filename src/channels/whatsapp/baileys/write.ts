/** What a driver is told to send → Baileys' words for it. Pure. */
import type { AnyMessageContent } from '@whiskeysockets/baileys';
import type { DriverContent } from '../linked/contract.ts';

export function toContent(content: DriverContent): AnyMessageContent {
  switch (content.kind) {
    case 'text':
      // No preview: it would fetch whatever address the text names.
      return { text: content.text, linkPreview: null };
    case 'contact': {
      const { name: displayName, vcard } = content;
      return { contacts: { displayName, contacts: [{ displayName, vcard }] } };
    }
    case 'location':
      return {
        location: {
          degreesLatitude: content.latitude,
          degreesLongitude: content.longitude,
          name: content.name,
          address: content.address,
        },
      };
    case 'media':
      return toMedia(content);
  }
}

function toMedia({
  type,
  body,
  mime,
  filename,
  caption,
}: Extract<DriverContent, { kind: 'media' }>): AnyMessageContent {
  const bytes = Buffer.from(body);
  const below = caption ? { caption } : {};
  switch (type) {
    case 'image':
      return { image: bytes, mimetype: mime, ...below };
    case 'video':
      return { video: bytes, mimetype: mime, ...below };
    case 'audio':
      return { audio: bytes, mimetype: mime };
    case 'document':
      return { document: bytes, mimetype: mime, fileName: filename, ...below };
  }
}

/** A raw mail, however malformed, as the event or the receipts that it means. */
import { createHash } from 'node:crypto';
import { type Attachment, type EmailAddress, type ParsedMail, simpleParser } from 'mailparser';
import type { ChannelPort } from '../../core/define.ts';
import type { InboundBody, InboundEvent, MediaRef, Receipt } from '../../core/messaging.ts';
import { whyAutomatic } from './automatic.ts';
import { readBounce } from './bounce.ts';
import { findOwnId } from './message-id.ts';
import { splitReply } from './quote.ts';
import type { EmailSettings } from './settings.ts';

/** What the mailbox hands over; `size` is the whole mail's, `source` may be only its beginning. */
export type RawMail = {
  source: Buffer;
  size: number;
  receivedAt: Date;
  place: { uidValidity: string; uid: number };
};
export type ReadMail = { event: InboundEvent } | { receipts: Receipt[] };
export type ReadDeps = { account: string; settings: EmailSettings; port: ChannelPort };

const maxCharacters = 20_000;
const day = 86_400_000;

export async function readMail(raw: RawMail, { account, settings, port }: ReadDeps): Promise<ReadMail> {
  const mail = await parse(raw.source);
  const receipts = readBounce(raw.source, headerLine(mail, 'content-type') ?? '', account, port);
  if (receipts) return { receipts };

  const from = addresses(mail.from?.value)[0];
  // Whoever gets the answers is whom the conversation is with: a form's sender, or a forger, names them in Reply-To.
  const sender = addresses(mail.replyTo?.value)[0] ?? from;
  const references = [
    ...new Set(
      [mail.references ?? [], mail.inReplyTo ?? []]
        .flat()
        .flatMap((ids) => ids.split(/\s+/))
        .filter((id) => /^<[^<>\s]+>$/.test(id)),
    ),
  ];
  const own = findOwnId(port, references);
  const thread = own?.thread ?? sender?.address ?? 'nobody';
  const automatic = automaticWhy(mail, from?.address, settings);
  const body = bodyOf(mail, raw, settings);
  const event: InboundEvent = {
    id: identify(mail, raw),
    channel: 'email',
    account,
    audience: 'customer',
    thread,
    // A colleague who answers in a customer's thread does not become the customer.
    from: thread === 'nobody' ? [] : [{ scheme: 'email', value: thread }],
    ...(sender?.name && sender.address === thread && { name: sender.name }),
    at: sentAt(mail, raw),
    body: automatic
      ? {
          kind: 'signal',
          name: 'mail.automatic',
          data: { why: automatic, subject: mail.subject ?? '', text: wordsOf(body).slice(0, 2_000) },
        }
      : body,
    // All keys every time: what the conversation remembers is overwritten, not mixed.
    meta: {
      source: 'email',
      medium: 'email',
      subject: (mail.subject ?? '').slice(0, 300),
      messageId: mail.messageId ?? null,
      references: references.slice(-20),
      sender: sender?.address ?? null,
      automatic: automatic ?? null,
    },
  };
  return { event };
}

/** mailparser reads almost anything; what still breaks it is kept as text. */
async function parse(source: Buffer): Promise<ParsedMail> {
  try {
    return await simpleParser(source, {
      maxHtmlLengthToParse: 2_000_000,
      skipTextToHtml: true,
      skipImageLinks: true,
    });
  } catch {
    const end = /\r?\n\r?\n/.exec(source.subarray(0, 100_000).toString('latin1'))?.index ?? 0;
    const head = await simpleParser(Buffer.concat([source.subarray(0, end), Buffer.from('\r\n\r\n')]));
    return Object.assign(head, { text: source.subarray(end, end + 100_000).toString('utf8') });
  }
}

function bodyOf(mail: ParsedMail, { size, place }: RawMail, { maxMegabytes }: EmailSettings): InboundBody {
  const { fresh, quoted } = splitReply((mail.text ?? '').toWellFormed().replaceAll('\u0000', '\ufffd'));
  const text = shorten(fresh);
  const kept = quoted && { quoted: shorten(quoted) };
  if (size > maxMegabytes * 1_000_000) {
    const note = `A mail of ${Math.round(size / 1_000_000)} MB, more than the ${maxMegabytes} MB that are taken. Subject: ${mail.subject ?? '(none)'}${text && `\n\n${text}`}`;
    return { kind: 'unknown', note };
  }
  const media = mail.attachments
    .filter(isMeant)
    .map((attachment) => refOf(attachment, mail.attachments.indexOf(attachment), place));
  if (media.length) return { kind: 'media', media, ...(text && { text }), ...kept };
  // Some say all there is to say in the subject.
  return { kind: 'text', text: text || mail.subject || '(empty mail)', ...kept };
}

/** Logos in signatures are part of the text's dress, not something the customer sent. */
const isMeant = ({ related, contentDisposition, contentType }: Attachment) =>
  !related &&
  !(contentDisposition === 'inline' && contentType.startsWith('image/')) &&
  !/^application\/(pgp-signature|pkcs7-signature|x-pkcs7-signature)$/.test(contentType);

function refOf(
  { contentType, filename, size }: Attachment,
  index: number,
  { uidValidity, uid }: RawMail['place'],
): MediaRef {
  const kind = contentType.split('/')[0]!;
  return {
    type: kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document',
    id: `${uidValidity}/${uid}/${index}`,
    mime: contentType,
    filename: (filename ?? 'attachment').replace(/[/\\\p{Cc}]/gu, '_').slice(-200),
    bytes: size,
  };
}

/** Message-ID and body together: some programs reuse an id for another mail, and a second copy has the same of both. */
function identify(mail: ParsedMail, { source }: RawMail): string {
  const body = createHash('sha256')
    .update(mail.text ?? (mail.html || source))
    .digest('hex');
  const id = mail.messageId ?? `${mail.from?.text} ${headerLine(mail, 'date')} ${mail.subject}`;
  return createHash('sha256').update(`${id}\n${body}`).digest('hex').slice(0, 40);
}

/** The Date header where it can be true, else when the server took the mail. */
function sentAt({ date }: ParsedMail, { receivedAt }: RawMail): Date {
  const behind = date ? receivedAt.getTime() - date.getTime() : Number.NaN;
  return behind > -600_000 && behind < 7 * day ? date! : receivedAt;
}

function automaticWhy(
  mail: ParsedMail,
  from: string | undefined,
  { address }: EmailSettings,
): string | undefined {
  if (!from) return 'no sender';
  if (from === address) return 'our own address';
  return whyAutomatic((name) => (name === 'from-address' ? from : headerLine(mail, name)));
}

const headerLine = (mail: ParsedMail, name: string): string | undefined =>
  mail.headerLines
    .find(({ key }) => key === name)
    ?.line.replace(/\r?\n[ \t]+/g, ' ')
    .replace(/^[^:]*:\s*/, '');

const addresses = (list: EmailAddress[] = []): { address: string; name: string }[] =>
  list.flatMap(({ address, name, group }) =>
    group
      ? addresses(group)
      : address && /^[^\s@<>]+@[^\s@<>]+$/.test(address)
        ? [{ address: address.toLowerCase(), name }]
        : [],
  );

const wordsOf = (body: InboundBody): string =>
  'text' in body ? (body.text ?? '') : body.kind === 'unknown' ? body.note : '';
const shorten = (text: string): string =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters - 1)}…` : text;

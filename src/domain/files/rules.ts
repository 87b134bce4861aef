/** What a file is, by its bytes rather than by what its sender says: pure. */
import type { MediaRef } from '../../core/messaging.ts';

export type FileType = MediaRef['type'];
/** `loose`: beyond our list, so it is handed out for saving only. */
export type Recognised = { type: FileType; mime: string; loose?: true };

type Mark = { mime: string; at?: number; bytes: string | number[] };
// Magic numbers: developer.mozilla.org/docs/Web/Media/Guides/Formats and the formats' own specifications.
const marks: Mark[] = [
  { mime: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { mime: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mime: 'image/gif', bytes: 'GIF8' },
  { mime: 'image/webp', at: 8, bytes: 'WEBP' },
  { mime: 'image/heic', at: 4, bytes: 'ftyphei' },
  { mime: 'image/heic', at: 4, bytes: 'ftypmif1' },
  { mime: 'audio/ogg', bytes: 'OggS' },
  { mime: 'audio/mpeg', bytes: 'ID3' },
  { mime: 'audio/mpeg', bytes: [0xff, 0xfb] },
  { mime: 'audio/mpeg', bytes: [0xff, 0xf3] },
  { mime: 'audio/aac', bytes: [0xff, 0xf1] },
  { mime: 'audio/amr', bytes: '#!AMR' },
  { mime: 'audio/wav', at: 8, bytes: 'WAVE' },
  { mime: 'audio/mp4', at: 4, bytes: 'ftypM4A' },
  { mime: 'video/quicktime', at: 4, bytes: 'ftypqt' },
  { mime: 'video/3gpp', at: 4, bytes: 'ftyp3gp' },
  { mime: 'video/mp4', at: 4, bytes: 'ftyp' },
  { mime: 'video/webm', bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { mime: 'application/pdf', bytes: '%PDF-' },
  // Office files are archives, old and new: which program's, their name says.
  { mime: 'application/zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { mime: 'application/x-ole-storage', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
];
const office: Record<string, Record<string, string>> = {
  'application/zip': {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    odt: 'application/vnd.oasis.opendocument.text',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
  },
  'application/x-ole-storage': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
  },
};
const plain: Record<string, string> = { txt: 'text/plain', csv: 'text/csv', vcf: 'text/vcard' };

/** What the list accepts, for people. */
export const acceptedWords = 'pictures, sound, video, PDF, text and office files';

/** Undefined: none of what is accepted (a program, a web page, an archive, something that is not what it is called). */
export function recognise(body: Buffer, filename: string, told = ''): Recognised | undefined {
  const mark = marks.find((one) => isMarked(body, one));
  const ending = filename.toLowerCase().split('.').at(-1) ?? '';
  if (!mark) {
    const mime = plain[ending] ?? (told === 'text/plain' ? told : undefined);
    return mime && isText(body) ? { type: 'document', mime } : undefined;
  }
  const inside = office[mark.mime];
  if (inside) {
    const mime = inside[ending] ?? Object.values(inside).find((known) => known === told);
    return mime ? { type: 'document', mime } : undefined;
  }
  // A browser's voice note is a film without pictures.
  const mime =
    (mark.mime === 'video/webm' || mark.mime === 'video/mp4') && told.startsWith('audio/')
      ? mark.mime.replace('video', 'audio')
      : mark.mime;
  const kind = mime.split('/')[0]!;
  return { type: kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document', mime };
}

/** What came by a channel is kept whatever it is; what is not on the list is never shown, only saved. */
export const recogniseAny = (body: Buffer, ref: { filename?: string; mime?: string }): Recognised =>
  recognise(body, ref.filename ?? '', ref.mime) ?? {
    type: 'document',
    mime: 'application/octet-stream',
    loose: true,
  };

/** A browser may show these in the page; all else is saved. */
export const isShown = (mime: string): boolean =>
  /^(image\/(jpeg|png|gif|webp)|audio\/|video\/|application\/pdf$|text\/plain$)/.test(mime);

/** Without folders, control characters and marks that turn the reading order round. */
export const safeName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[/\\:*?"<>|\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '_')
    .replace(/^\.+/, '')
    .slice(-150) || 'file';

const endings: Record<string, string> = {
  'image/jpeg': '.jpg',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg',
  'video/quicktime': '.mov',
  'text/plain': '.txt',
  'application/octet-stream': '',
};
/** For what came without a name: `image.jpg`. */
export const nameFor = ({ type, mime }: Recognised): string =>
  `${type}${endings[mime] ?? `.${mime.split('/')[1]!.replace(/^.*[.-]/, '')}`}`;

const isMarked = (body: Buffer, { at = 0, bytes }: Mark): boolean => {
  const wanted = Buffer.from(bytes as string, 'latin1');
  return body.subarray(at, at + wanted.length).equals(wanted);
};
const isText = (body: Buffer): boolean => {
  const head = body.subarray(0, 64_000);
  return !head.includes(0) && !/<(!doctype|html|script|svg)/i.test(head.toString('latin1'));
};

/** Files of ours that conversations send, by id, never by path: the brochure, and what `drawn` makes (`report:…`). */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Config } from '../core/config.ts';
import type { StoredMedia } from '../core/define.ts';
import { AppError } from '../core/errors.ts';
import type { MediaRef } from '../core/messaging.ts';
import type { Signer } from '../core/signing.ts';

export type MediaStore = {
  read(ref: MediaRef): Promise<StoredMedia>;
  url(ref: MediaRef): string;
  /** For the page that serves such an address. */
  readSigned(id: string, signature: string): Promise<StoredMedia>;
};

/** `report:01J…:pdf` → its bytes; absent for what it does not know. */
export type Drawn = (id: string) => Promise<StoredMedia> | undefined;

/** An address of its own within the server, for what is not to be opened for good; absent for anything else. */
export type Linked = (id: string) => string | undefined;

export function createMediaStore(
  config: Config,
  signer: Signer,
  publicUrl: string,
  drawn: Drawn = () => undefined,
  linked: Linked = () => undefined,
): MediaStore {
  const files: Record<string, string> = { brochure: config.app.organisation.brochure.file };

  async function read({ id }: MediaRef): Promise<StoredMedia> {
    const made = id === undefined ? undefined : drawn(id);
    if (made) return made;
    const file = id === undefined ? undefined : files[id];
    if (!file) throw new AppError('record.not_found', { kind: 'file', id: id ?? '' });
    return {
      body: await readFile(join(config.dir, file)),
      mime: 'application/pdf',
      filename: basename(file),
    };
  }

  return {
    read,
    url: ({ id = '', url }) =>
      url ?? `${publicUrl}${linked(id) ?? `/media/${id}/${signer.sign('media', id)}`}`,
    readSigned: (id, signature) => {
      if (linked(id) || !signer.verify('media', id, signature)) throw new AppError('auth.bad_signature');
      return read({ type: 'document', id });
    },
  };
}

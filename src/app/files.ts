/** Where the bytes of files and recordings lie, sealed. */
import { openVault, type Vault } from '../core/vault.ts';
import { createScan } from '../domain/files/scan.ts';
import { createFileStore, type FileStore } from '../domain/files/store.ts';
import { createUploads, type Uploads } from '../domain/files/uploads.ts';
import type { Kernel } from './kernel.ts';

export type Files = {
  store: FileStore;
  uploads: Uploads;
  recordings: Vault;
};

export function openFiles({ config, clock, ids }: Kernel): Files {
  const vault = (name: string) => openVault(config.dataDir, config.secret, name);
  const store = createFileStore({ vault: vault('files'), scan: createScan(config.app.files.scan), clock });
  return { store, uploads: createUploads({ config, clock, ids, store }), recordings: vault('recordings') };
}

/** The files of config/knowledge: `.md` and `.txt`, read when they are taken over and never else. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../core/config.ts';
import type { ReadEntry } from './read-text.ts';

const mostBytes = 500_000;
const folderOf = ({ dir }: Pick<Config, 'dir'>): string => join(dir, 'knowledge');

export async function filesOf(config: Pick<Config, 'dir'>): Promise<string[]> {
  const entries = await readdir(folderOf(config), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.(md|txt)$/i.test(entry.name) && !/^readme/i.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** @param file one that `filesOf` named; undefined: it is too large. */
export async function readKnowledgeFile(
  config: Pick<Config, 'dir'>,
  file: string,
): Promise<string | undefined> {
  const path = join(folderOf(config), file);
  return (await stat(path)).size > mostBytes ? undefined : readFile(path, 'utf8');
}

/** What stood there: another print means that the file's words are others now. */
export const printOf = ({ title, text, wordings, links, products, language }: ReadEntry): string =>
  createHash('sha256')
    .update(JSON.stringify([title, text, wordings, links, products, language]))
    .digest('base64url')
    .slice(0, 22);

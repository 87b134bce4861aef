import type { DatabaseSync } from 'node:sqlite';

/** The file was written by a newer version of this package, or is not ours. */
export class UnknownFormatError extends Error {}

const APPLICATION_ID = 0x656d6462; // "emdb"

/**
 * 1: the first.
 * 2: the file may hold users; a version that knows only 1 would serve it on TCP to anybody, and must refuse it.
 * 3: the latest writes may stand in the redo log beside it; a version that does not know of it would serve less.
 */
export const FORMAT_VERSION = 3;

/** What brings a file from one version to the next; runs inside one SQLite transaction with all that follow. */
export type UpgradeStep = (db: DatabaseSync) => void;

/** By the version it starts from. To add one: raise {@link FORMAT_VERSION}, and put a row and its test here. */
const UPGRADES: Readonly<Record<number, UpgradeStep>> = {
  // Users are entries of their own, and there are none yet.
  1: () => {},
  // The log is begun with the first write.
  2: () => {},
};

export interface FormatOptions {
  /** Reads an older format as it is, without upgrading it. */
  keepFormat?: boolean;
  steps?: Readonly<Record<number, UpgradeStep>>;
  target?: number;
}

/**
 * Stamps a new file, upgrades an old one. To be called within a transaction: a step that fails leaves the file
 * as it was. Throws {@link UnknownFormatError}.
 */
export function enterFormat(db: DatabaseSync, options: FormatOptions = {}): void {
  const { steps = UPGRADES, target = FORMAT_VERSION } = options;
  if (isEmpty(db)) {
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${target}`);
    return;
  }
  const version = readFormat(db, target);
  if (version === target || options.keepFormat) return;
  for (let from = version; from < target; from++) {
    const step = steps[from];
    if (step === undefined)
      throw new UnknownFormatError(`The data file has format ${from}, which is unknown.`);
    step(db);
  }
  db.exec(`PRAGMA user_version = ${target}`);
}

/** The file's version. Throws {@link UnknownFormatError} when it is a newer one, or no file of ours. */
export function readFormat(db: DatabaseSync, target = FORMAT_VERSION): number {
  if (readPragma(db, 'application_id') !== APPLICATION_ID) {
    throw new UnknownFormatError('The data file was not written by embedded-mongodb.');
  }
  const version = readPragma(db, 'user_version');
  if (version > target) {
    throw new UnknownFormatError(
      `The data file has format ${version}; this version reads up to ${target}. Upgrade embedded-mongodb.`,
    );
  }
  return version;
}

export function readPragma(db: DatabaseSync, name: string): number {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0] as number;
}

function isEmpty(db: DatabaseSync): boolean {
  return (db.prepare('SELECT count(*) AS n FROM sqlite_master').get() as { n: number }).n === 0;
}

import type { CheckReport, OnProgress } from 'embedded-mongodb/operations';
import { progressLine } from './progress.ts';

/** Exit codes: 0 done and sound, 1 refused or damaged. */
export async function backupCommand(dataDir: string, file: string): Promise<void> {
  await working(async ({ backup }, onProgress) => {
    const report = await backup({ dataDir, file, onProgress });
    return `${file}: ${contents(report)}. Checked as a whole.`;
  });
}

export async function restoreCommand(dataDir: string, file: string): Promise<void> {
  await working(async ({ restore }, onProgress) => {
    const { report, replaced } = await restore({ dataDir, file, onProgress });
    const kept = replaced
      ? ` What was there before is kept as ${replaced}; remove it when it is not needed.`
      : '';
    return `Restored ${contents(report)}.${kept}`;
  });
}

export async function checkCommand(dataDir: string, file?: string): Promise<void> {
  await working(async ({ checkFile, checkStore, OperationError }, onProgress) => {
    const report = await (file === undefined ? checkStore(dataDir, onProgress) : checkFile(file, onProgress));
    if (report.problemCount === 0) return `Nothing is wrong. ${contents(report)}, format ${report.format}.`;
    const more = report.problemCount - report.problems.length;
    throw new OperationError(
      `${counted(report.problemCount, 'thing is', 'things are')} wrong. Restore a backup.`,
      more > 0 ? [...report.problems, `and ${more} more`] : report.problems,
    );
  });
}

export async function compactCommand(dataDir: string): Promise<void> {
  await working(async ({ compact }, onProgress) => {
    const { before, after } = await compact(dataDir, onProgress);
    return `${size(before)} before, ${size(after)} now.`;
  });
}

type Operations = typeof import('embedded-mongodb/operations');

/** Runs one tool with its progress shown; what goes wrong is said in words, and ends with 1. */
export async function working(
  work: (operations: Operations, onProgress: OnProgress) => Promise<string>,
): Promise<void> {
  const operations = await import('embedded-mongodb/operations');
  const progress = progressLine();
  try {
    const sentence = await work(operations, progress.on);
    progress.end();
    process.stdout.write(`${sentence}\n`);
  } catch (error) {
    progress.end();
    process.stderr.write(`${explain(error, operations)}\n`);
    process.exitCode = 1;
  }
}

function explain(error: unknown, { OperationError }: Operations): string {
  const { message, code, path } = error as NodeJS.ErrnoException;
  if (error instanceof OperationError)
    return [message, ...error.details.map((line) => `  ${line}`)].join('\n');
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full. Nothing was changed.';
  if (code === 'EROFS') return `The disk is read-only: ${path ?? message}`;
  if (code === 'EACCES' || code === 'EPERM') return `This user may not write ${path ?? message}.`;
  return message;
}

function contents({ bytes, collections, documents, indexes, entries }: CheckReport): string {
  const held = `${counted(documents, 'document')} in ${counted(collections, 'collection')}`;
  return `${held}, ${counted(entries, 'entry', 'entries')} in ${counted(indexes, 'index', 'indexes')}, ${size(bytes)}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

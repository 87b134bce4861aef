import { invalid } from './validate.ts';

/** A place in a sorted list, opaque to clients: the sort keys of the last row. */
export const encodeCursor = (keys: unknown[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

export function decodeCursor<T extends unknown[]>(cursor: string | undefined): T | undefined {
  if (!cursor) return undefined;
  try {
    const keys = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(keys)) return keys as T;
  } catch {
    // Falls through to the same answer as any other nonsense.
  }
  throw invalid('cursor', 'is not one of ours');
}

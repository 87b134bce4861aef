/** Hears of documents that other processes insert, by a change stream that is opened again when it breaks. */
import type { Model } from 'mongoose';
import type { Logger } from './logger.ts';

export type Following = { stop(): Promise<void> };

const againMs = 1000;

/**
 * @param fields of the document that are told; all of them unless named.
 * @param where what the document has to be, as a condition on its fields; every one unless given.
 * What was inserted while the stream was broken is not told: whoever follows must also poll.
 */
export function followInserts<T>(
  model: Model<T>,
  told: (document: T) => void,
  log: Logger,
  fields?: string[],
  where: Record<string, unknown> = {},
): Following {
  let stopped = false;
  let stream: ReturnType<Model<T>['watch']> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function open(): void {
    if (stopped) return;
    stream = model.watch([
      {
        $match: {
          operationType: 'insert',
          ...Object.fromEntries(Object.entries(where).map(([field, is]) => [`fullDocument.${field}`, is])),
        },
      },
      ...(fields
        ? [{ $project: { fullDocument: Object.fromEntries(fields.map((field) => [field, 1])) } }]
        : []),
    ]);
    stream.on('change', (change: any) => told(change.fullDocument));
    stream.on('error', (error: Error) => {
      if (stopped) return;
      log.warn(
        { err: error, collection: model.collection.collectionName },
        'a change stream broke; it is opened again',
      );
      timer = setTimeout(open, againMs);
      timer.unref();
    });
  }

  open();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await stream?.close();
    },
  };
}

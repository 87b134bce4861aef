import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { GridFSBucket } from 'mongodb';
import type { Operate } from './operations.ts';

/** Files in GridFS: what is read is compared as bytes. */
export const bucketOperations: Record<string, Operate> = {
  download: (bucket: GridFSBucket, { id, ...options }) => buffer(bucket.openDownloadStream(id, options)),
  downloadByName: (bucket: GridFSBucket, { filename, ...options }) =>
    buffer(bucket.openDownloadStreamByName(filename, options)),
  delete: (bucket: GridFSBucket, { id, ...options }) => bucket.delete(id, options),
  upload: (bucket: GridFSBucket, { filename, source, ...options }) =>
    new Promise((resolve, reject) => {
      const stream = bucket.openUploadStream(filename, options);
      Readable.from([Buffer.from(source.$$hexBytes, 'hex')])
        .pipe(stream)
        .on('error', reject)
        .on('finish', () => resolve(stream.id));
    }),
};

// The store of uploaded files that is configured: a folder of this machine, or a bucket.
import { createFileStore, type FileStore } from './file-store.ts';
import type { S3Place } from './s3-store.ts';

/** The bucket's SDK is loaded only where there is a bucket: it adds a second to every start. */
export const openFileStore = async (place: S3Place | null, folder: string): Promise<FileStore> =>
  place === null ? createFileStore(folder) : (await import('./s3-store.ts')).createS3Store(place, folder);

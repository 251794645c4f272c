// A file made for this reader alone, sent to be kept under a name.
import type { Response } from 'express';
import { safeFileName } from '../../domain/file-name.ts';
import { attachmentNamed } from './content-disposition.ts';

export type Download = {
  /** Any words; a slash in a number or title parts nothing. */
  name: string;
  mediaType: string;
  bytes: Buffer;
};

export function sendDownload(res: Response, { name, mediaType, bytes }: Download): void {
  res.set({
    'content-type': mediaType,
    'content-disposition': attachmentNamed(safeFileName(name.replace(/[/\\]/g, '_'))),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  res.send(bytes);
}

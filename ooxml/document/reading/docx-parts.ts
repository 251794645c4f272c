// The parts of an uploaded docx, unpacked within bounds. Throws `UnreadableDocx`.
import { openZip, unpackAll, type ZipBounds } from '../../package/zip-parts.ts';
import { UnreadableDocx } from './docx-content.ts';

const MEGABYTE = 1024 * 1024;
const BOUNDS: ZipBounds = {
  // Twice the largest file that can be uploaded.
  unpacked: 100 * MEGABYTE,
  // A hundred pages of text take 2 MB.
  xml: 12 * MEGABYTE,
  // XML packs to a twentieth, at times a fiftieth.
  ratio: { most: 200, from: MEGABYTE },
};

/** By name. */
export type DocxParts = ReadonlyMap<string, Buffer>;

export async function unpackDocx(bytes: Buffer): Promise<DocxParts> {
  const failed = (fault: string): UnreadableDocx =>
    new UnreadableDocx(fault === 'TOO_LARGE' ? 'TOO_LARGE' : 'DAMAGED');
  return unpackAll(await openZip(bytes, BOUNDS, failed));
}

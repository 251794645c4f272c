// The parts of a docx file, which is a zip: looked over before any of it is unpacked, and unpacked within bounds.
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableDocx } from './docx-content.ts';

/** A report of two hundred pages with a picture on each has some three hundred. */
const MAX_ENTRIES = 2_000;
/** Unpacked, all parts together: twice the largest file that can be uploaded. */
const MAX_UNPACKED = 100 * 1024 * 1024;
/** One part in XML: becomes some ten times as much in memory. A hundred pages of text have 2 MB. */
const MAX_XML = 12 * 1024 * 1024;
/** XML packs to a twentieth, at times a fiftieth; what packs tighter, and is large, was made to burst. */
const MAX_RATIO = 200;
const RATIO_COUNTS_FROM = 1024 * 1024;
/** Bit 0 of a part's flags. */
const ENCRYPTED = 1;

const isXml = (name: string): boolean => /\.(xml|rels)$/i.test(name);

export type DocxParts = ReadonlyMap<string, Buffer>;

/** By name. What a part says of its own size is held to: one that unpacks to more is broken off. */
export async function unpackDocx(bytes: Buffer): Promise<DocxParts> {
  const parts = new Map<string, Buffer>();
  let unpacked = 0;
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
    for (const entry of await entriesOf(zip)) {
      const content = await unpackedPart(zip, entry);
      unpacked += content.length;
      if (unpacked > MAX_UNPACKED) throw new UnreadableDocx('TOO_LARGE');
      parts.set(entry.fileName, content);
    }
  } catch (error) {
    throw error instanceof UnreadableDocx ? error : new UnreadableDocx('DAMAGED');
  }
  return parts;
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MAX_ENTRIES) throw new UnreadableDocx('TOO_LARGE');
  const entries: Entry[] = [];
  const names = new Set<string>();
  let announced = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    if (names.has(entry.fileName) || (entry.generalPurposeBitFlag & ENCRYPTED) !== 0)
      throw new UnreadableDocx('DAMAGED');
    names.add(entry.fileName);
    announced += entry.uncompressedSize;
    const isTooLarge =
      announced > MAX_UNPACKED || (isXml(entry.fileName) && entry.uncompressedSize > MAX_XML);
    if (isTooLarge || isBomb(entry) || names.size > MAX_ENTRIES) throw new UnreadableDocx('TOO_LARGE');
    entries.push(entry);
  }
  return entries;
}

const isBomb = ({ uncompressedSize, compressedSize }: Entry): boolean =>
  uncompressedSize > RATIO_COUNTS_FROM && uncompressedSize > MAX_RATIO * compressedSize;

async function unpackedPart(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// The parts of an xlsx file, which is a zip: looked over before any of it is unpacked, and unpacked within bounds.
import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableWorkbook } from './unreadable.ts';

/** A workbook of a hundred sheets with a picture each has some three hundred. */
const MAX_ENTRIES = 2_000;
/** Unpacked, all parts together: 10,000 rows of ten columns are 6 MB. */
const MAX_UNPACKED = 200 * 1024 * 1024;
/** Rows of equal cells pack to a hundredth; a part packed tighter than this, and large, was made to burst. */
const MAX_RATIO = 250;
const RATIO_COUNTS_FROM = 10 * 1024 * 1024;

/** Its first bytes: an encrypted xlsx, or one of the kinds of before 2007. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP = Buffer.from('504b0304', 'hex');

export type Parts = {
  has(name: string): boolean;
  /** Its bytes, unpacked as they are asked for; `DAMAGED` where there is no such part. */
  read(name: string): AsyncIterable<Buffer>;
};

export async function openParts(bytes: Buffer): Promise<Parts> {
  if (bytes.subarray(0, COMPOUND.length).equals(COMPOUND)) throw new UnreadableWorkbook('ENCRYPTED');
  if (!bytes.subarray(0, ZIP.length).equals(ZIP)) throw new UnreadableWorkbook('NOT_A_WORKBOOK');
  const zip = await opened(bytes);
  const entries = await listed(zip);
  refuseForeign([...entries.keys()]);
  let unpacked = 0;
  return {
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (!entry) throw new UnreadableWorkbook('DAMAGED');
      // That a part is as long as it says is seen to by yauzl, which breaks off where it is longer.
      const stream = await asDamaged(zip.openReadStreamPromise(entry));
      let sum = 0;
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          unpacked += chunk.length;
          if (unpacked > MAX_UNPACKED) throw new UnreadableWorkbook('TOO_LARGE');
          sum = crc32(chunk, sum);
          yield chunk;
        }
        if (sum !== entry.crc32) throw new UnreadableWorkbook('DAMAGED');
      } catch (error) {
        throw error instanceof UnreadableWorkbook ? error : new UnreadableWorkbook('DAMAGED');
      } finally {
        stream.destroy();
      }
    },
  };
}

async function asDamaged<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch {
    throw new UnreadableWorkbook('DAMAGED');
  }
}

/** A name with `..` or an absolute one, and a list that does not hold together, is refused by yauzl itself. */
async function opened(bytes: Buffer): Promise<ZipFile> {
  const zip = await asDamaged(
    fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }),
  );
  // Heard where it is waited for; one that comes later would end the process.
  zip.on('error', () => undefined);
  return zip;
}

async function* entriesOf(zip: ZipFile): AsyncIterable<Entry> {
  try {
    yield* zip.eachEntry();
  } catch {
    throw new UnreadableWorkbook('DAMAGED');
  }
}

async function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw new UnreadableWorkbook('TOO_LARGE');
  const entries = new Map<string, Entry>();
  let packed = 0;
  let unpacked = 0;
  for await (const entry of entriesOf(zip)) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (entry.isEncrypted()) throw new UnreadableWorkbook('ENCRYPTED');
    if (entries.has(fileName)) throw new UnreadableWorkbook('DAMAGED');
    entries.set(fileName, entry);
    packed += compressedSize;
    unpacked += uncompressedSize;
    const isBurst = uncompressedSize > RATIO_COUNTS_FROM && uncompressedSize > compressedSize * MAX_RATIO;
    if (isBurst || unpacked > MAX_UNPACKED) throw new UnreadableWorkbook('TOO_LARGE');
  }
  // Parts that lie over one another are one part told many times.
  if (packed > zip.fileSize) throw new UnreadableWorkbook('DAMAGED');
  return entries;
}

/** Macros, of either generation, and links to other files: nothing of ours has them. */
function refuseForeign(names: readonly string[]): void {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(^|\/)vbaProject[^/]*\.bin$/i) || has(/^xl\/(macrosheets|dialogsheets|activeX)\//i))
    throw new UnreadableWorkbook('MACROS');
  if (has(/^xl\/externalLinks\//i)) throw new UnreadableWorkbook('EXTERNAL_LINKS');
  if (!names.includes('[Content_Types].xml')) throw new UnreadableWorkbook('NOT_A_WORKBOOK');
}

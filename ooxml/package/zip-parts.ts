// The parts of an office file, which is a zip: checked before any of it is unpacked, and unpacked within bounds.
import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

/** NOT_A_ZIP: another format. ENCRYPTED: with a password, or in a format from before 2007, which looks the same. */
export type ZipFault = 'NOT_A_ZIP' | 'ENCRYPTED' | 'DAMAGED' | 'TOO_LARGE';

export type ZipBounds = {
  /** Bytes unpacked, all parts together. */
  unpacked: number;
  /** Unpacked bytes of one XML part, which takes some ten times as much in memory. */
  xml?: number;
  /** A part of more than `from` bytes that packs to less than one in `most` counts as a zip bomb. */
  ratio: { most: number; from: number };
};

export type ZipParts = {
  /** In the order of the file, folders left out. */
  names: readonly string[];
  has(name: string): boolean;
  /** Its bytes, unpacked on demand; `DAMAGED` where there is no such part. */
  read(name: string): AsyncIterable<Buffer>;
};

/** A file of a hundred sheets or pages with a picture each has some three hundred. */
const MAX_ENTRIES = 2_000;
/** First bytes of an encrypted file or a format from before 2007, and of a zip. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP = Buffer.from('504b0304', 'hex');

class Faulty extends Error {
  readonly fault: ZipFault;
  constructor(fault: ZipFault) {
    super(fault);
    this.fault = fault;
  }
}
/** Any other error while bytes are read is the file's fault. */
const faultOf = (error: unknown): ZipFault => (error instanceof Faulty ? error.fault : 'DAMAGED');

/** `failed` makes the error that is thrown, here and while parts are read. */
export async function openZip(
  bytes: Buffer,
  bounds: ZipBounds,
  failed: (fault: ZipFault) => Error,
): Promise<ZipParts> {
  const budget = { left: bounds.unpacked };
  try {
    const zip = await opened(bytes);
    const entries = await listed(zip, bounds);
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      async *read(name) {
        try {
          yield* unpacked(zip, entries.get(name), budget);
        } catch (error) {
          throw failed(faultOf(error));
        }
      },
    };
  } catch (error) {
    throw failed(faultOf(error));
  }
}

/** Every part, by name, in the order of the file. */
export async function unpackAll(parts: ZipParts): Promise<Map<string, Buffer>> {
  const unpackedParts = new Map<string, Buffer>();
  for (const name of parts.names) {
    const chunks: Buffer[] = [];
    for await (const chunk of parts.read(name)) chunks.push(chunk);
    unpackedParts.set(name, Buffer.concat(chunks));
  }
  return unpackedParts;
}

/** yauzl itself refuses an absolute name, one with `..`, and an inconsistent directory. */
async function opened(bytes: Buffer): Promise<ZipFile> {
  if (bytes.subarray(0, COMPOUND.length).equals(COMPOUND)) throw new Faulty('ENCRYPTED');
  if (!bytes.subarray(0, ZIP.length).equals(ZIP)) throw new Faulty('NOT_A_ZIP');
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
  // Errors are caught where the stream is awaited; a later one without a listener would end the process.
  zip.on('error', () => undefined);
  return zip;
}

async function listed(zip: ZipFile, bounds: ZipBounds): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw new Faulty('TOO_LARGE');
  const entries = new Map<string, Entry>();
  let packed = 0;
  let announced = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (entry.isEncrypted()) throw new Faulty('ENCRYPTED');
    if (entries.has(fileName)) throw new Faulty('DAMAGED');
    packed += compressedSize;
    announced += uncompressedSize;
    if (announced > bounds.unpacked || isTooLarge(entry, bounds)) throw new Faulty('TOO_LARGE');
    if (!fileName.endsWith('/')) entries.set(fileName, entry);
  }
  // Overlapping parts are one part listed many times.
  if (packed > zip.fileSize) throw new Faulty('DAMAGED');
  return entries;
}

const isTooLarge = (
  { fileName, compressedSize, uncompressedSize }: Entry,
  { xml = Infinity, ratio }: ZipBounds,
): boolean =>
  (uncompressedSize > ratio.from && uncompressedSize > compressedSize * ratio.most) ||
  (uncompressedSize > xml && /\.(xml|rels)$/i.test(fileName));

/** yauzl checks that a part is as long as announced: it breaks off where the part is longer. */
async function* unpacked(
  zip: ZipFile,
  entry: Entry | undefined,
  budget: { left: number },
): AsyncGenerator<Buffer> {
  if (!entry) throw new Faulty('DAMAGED');
  const stream = await zip.openReadStreamPromise(entry);
  let sum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.left -= chunk.length;
      if (budget.left < 0) throw new Faulty('TOO_LARGE');
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw new Faulty('DAMAGED');
}

// A zip written as it is made: part after part, none held whole, sealed by a comment over all of its bytes.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

export type ZipPart = { name: string; content: AsyncIterable<Buffer> };

/** Of the zip format (APPNOTE 6.3): signatures, versions, flags. Sizes follow the content, names are in UTF-8. */
const LOCAL = 0x04034b50;
const SIZES = 0x08074b50;
const CENTRAL = 0x02014b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END = 0x06054b50;
const VERSION = 45;
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01, the first day a zip can express: the same parts give the same bytes. */
const DAY = 0x21;
/** From here on a number is told in the longer form; no part is this large, since its sizes are told in the short one. */
const LONG = 0xffffffff;
const MANY = 0xffff;

type Written = { path: Buffer; crc: number; packed: number; size: number; offset: number };

/**
 * `comment` is given the SHA-256 of every byte before it, and is `commentBytes` long: with it a changed byte shows
 * wherever it is.
 */
export async function* zipStream(
  parts: AsyncIterable<ZipPart>,
  commentBytes: number,
  comment: (digest: Buffer) => string,
): AsyncGenerator<Buffer> {
  const seal = createHash('sha256');
  let offset = 0;
  const out = (bytes: Buffer): Buffer => {
    seal.update(bytes);
    offset += bytes.length;
    return bytes;
  };
  const written: Written[] = [];
  for await (const { name, content } of parts) {
    const part: Written = { path: Buffer.from(name), crc: 0, packed: 0, size: 0, offset };
    yield out(
      words(
        4,
        LOCAL,
        2,
        VERSION,
        2,
        FLAGS,
        2,
        DEFLATED,
        2,
        0,
        2,
        DAY,
        4,
        0,
        4,
        0,
        4,
        0,
        2,
        part.path.length,
        2,
        0,
      ),
    );
    yield out(part.path);
    for await (const bytes of packed(content, part)) yield out(bytes);
    if (part.size >= LONG || part.packed >= LONG) throw new RangeError(`${name} is too large for a zip`);
    yield out(words(4, SIZES, 4, part.crc, 4, part.packed, 4, part.size));
    written.push(part);
  }
  const directory = offset;
  for (const part of written) yield out(centralOf(part));
  yield out(endOf(written.length, directory, offset, commentBytes));
  const text = Buffer.from(comment(seal.digest()));
  if (text.length !== commentBytes) throw new RangeError(`the comment has ${text.length} bytes`);
  yield text;
}

async function* packed(content: AsyncIterable<Buffer>, part: Written): AsyncGenerator<Buffer> {
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const bytes of content) {
      part.crc = crc32(bytes, part.crc);
      part.size += bytes.length;
      yield bytes;
    }
  }
  const deflate = createDeflateRaw();
  const fed = pipeline(Readable.from(counted()), deflate);
  // Told by the loop below, which sees the same error.
  fed.catch(() => undefined);
  for await (const bytes of deflate as AsyncIterable<Buffer>) {
    part.packed += bytes.length;
    yield bytes;
  }
  await fed;
}

function centralOf({ path, crc, packed: small, size, offset }: Written): Buffer {
  const isFar = offset >= LONG;
  const far = isFar ? Buffer.concat([words(2, 1, 2, 8), long(offset)]) : Buffer.alloc(0);
  const head = words(
    4,
    CENTRAL,
    2,
    VERSION,
    2,
    VERSION,
    2,
    FLAGS,
    2,
    DEFLATED,
    2,
    0,
    2,
    DAY,
    4,
    crc,
    4,
    small,
    4,
    size,
  );
  const rest = words(2, path.length, 2, far.length, 2, 0, 2, 0, 2, 0, 4, 0, 4, isFar ? LONG : offset);
  return Buffer.concat([head, rest, path, far]);
}

function endOf(count: number, directory: number, end: number, commentBytes: number): Buffer {
  const isLong = count >= MANY || end >= LONG;
  const size = end - directory;
  const longer = isLong
    ? [
        words(4, END64),
        long(44),
        words(2, VERSION, 2, VERSION, 4, 0, 4, 0),
        long(count),
        long(count),
        long(size),
        long(directory),
        words(4, LOCATOR64, 4, 0),
        long(end),
        words(4, 1),
      ]
    : [];
  const shown = Math.min(count, MANY);
  const place = words(4, Math.min(size, LONG), 4, isLong ? LONG : directory);
  return Buffer.concat([
    ...longer,
    words(4, END, 2, 0, 2, 0, 2, shown, 2, shown),
    place,
    words(2, commentBytes),
  ]);
}

/** Pairs of a length (2 or 4) and a number, lowest byte first. */
function words(...pairs: number[]): Buffer {
  const bytes: Buffer[] = [];
  for (let n = 0; n < pairs.length; n += 2) {
    const [length = 2, value = 0] = pairs.slice(n, n + 2);
    const word = Buffer.alloc(length);
    word.writeUIntLE(value, 0, length);
    bytes.push(word);
  }
  return Buffer.concat(bytes);
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

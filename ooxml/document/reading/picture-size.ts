// A picture's size and kind, read from its first bytes; the picture is never decoded.
import type { PictureType } from './docx-content.ts';

export type PictureSize = { type: PictureType; width: number; height: number };

/** Pixels a side; a larger picture is an attack on the reader's program. */
const MAX_SIDE = 30_000;

/** Null where it is of none of the four kinds, or its numbers make no sense. */
export function pictureSize(data: Buffer): PictureSize | null {
  const found = png(data) ?? gif(data) ?? bmp(data) ?? jpeg(data);
  if (found === null) return null;
  const { width, height } = found;
  return width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE ? found : null;
}

function png(data: Buffer): PictureSize | null {
  if (data.length < 24 || data.toString('latin1', 1, 4) !== 'PNG') return null;
  return { type: 'png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

function gif(data: Buffer): PictureSize | null {
  if (data.length < 10 || data.toString('latin1', 0, 3) !== 'GIF') return null;
  return { type: 'gif', width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
}

function bmp(data: Buffer): PictureSize | null {
  if (data.length < 26 || data.toString('latin1', 0, 2) !== 'BM') return null;
  // A negative height says that the rows go from top to bottom.
  return { type: 'bmp', width: data.readInt32LE(18), height: Math.abs(data.readInt32LE(22)) };
}

const START_OF_FRAME = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);

/** The frame's segment has the size; the segments before it are skipped. */
function jpeg(data: Buffer): PictureSize | null {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < data.length;) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    if (START_OF_FRAME.has(marker))
      return { type: 'jpg', width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    // A fill byte between two segments is one byte long; a segment is as long as its header says.
    at += marker === 0xff ? 1 : 2 + Math.max(2, data.readUInt16BE(at + 2));
  }
  return null;
}

// Incoming bytes: written to a folder of this machine while they are counted, hashed and examined.
import { createHash, randomUUID, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isFileId } from './file-id.ts';
import { FileTooLarge } from './file-too-large.ts';
import { createTextSniff, mediaTypeOf } from './media-type.ts';
import { ofTheDisk } from './store-away.ts';

/** Received bytes that do not belong to a file yet. */
export type Received = { id: string; size: number; sha256: string; mediaType: string };

/** The folder they wait in, below the store's own. */
export const incomingFolder = (root: string): string => path.join(root, 'incoming');

async function* metered(
  chunks: AsyncIterable<Buffer>,
  meter: { hash: Hash; size: number; push(chunk: Buffer): void },
  maxBytes: number,
): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    meter.size += chunk.length;
    if (meter.size > maxBytes) throw new FileTooLarge(maxBytes);
    meter.hash.update(chunk);
    meter.push(chunk);
    yield chunk;
  }
}

/** Writes to `folder/<id>`; `FileTooLarge` beyond `maxBytes`. After any error nothing is left of it. */
export async function takeInFile(folder: string, source: Readable, maxBytes: number): Promise<Received> {
  const id = randomUUID();
  const file = path.join(folder, id);
  const sniff = createTextSniff();
  const meter = { hash: createHash('sha256'), size: 0, push: sniff.push };
  try {
    await mkdir(folder, { recursive: true });
    // Flushed to the disk before we answer that we have it.
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(source, (chunks: AsyncIterable<Buffer>) => metered(chunks, meter, maxBytes), target);
    const mediaType = await mediaTypeOf(file, sniff.end());
    return { id, size: meter.size, sha256: meter.hash.digest('hex'), mediaType };
  } catch (error) {
    await rm(file, { force: true }).catch(() => undefined);
    throw ofTheDisk(error);
  }
}

/** A new path below the folder, for bytes made here; leftovers are swept as uploads that were never kept. */
export async function scratchPlace(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return path.join(folder, randomUUID());
}

/** Names of files in a folder that were last written over `hours` ago; none where there is no such folder. */
export async function listOldFiles(folder: string, hours: number): Promise<string[]> {
  const untilMs = Date.now() - hours * 3_600_000;
  const names = (await readdir(folder).catch(() => [])).filter(isFileId);
  const old: string[] = [];
  for (const name of names) {
    const { mtimeMs } = await stat(path.join(folder, name)).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < untilMs) old.push(name);
  }
  return old;
}

/** Deletes files not written for hours: no request lasts so long, so its process has died. Answers how many. */
export async function clearIncoming(folder: string, hours: number): Promise<number> {
  const left = await listOldFiles(folder, hours);
  for (const name of left) await rm(path.join(folder, name), { force: true });
  return left.length;
}

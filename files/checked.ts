// A file's outgoing bytes; the last of them are held back until all have proved equal to the upload.
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/**
 * Fails before the end where size or SHA-256 differ: the reader's download breaks off and is not taken for the file.
 */
export function checkedAgainst({
  id,
  size,
  sha256,
}: {
  id: string;
  size: number;
  sha256: string;
}): Transform {
  const hash = createHash('sha256');
  let seen = 0;
  let held: Buffer | null = null;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      seen += chunk.length;
      const before = held;
      held = chunk;
      done(null, before ?? undefined);
    },
    flush(done) {
      if (seen === size && hash.digest('hex') === sha256) done(null, held ?? undefined);
      else done(new Error(`the bytes of file ${id} are not those that were taken in`));
    },
  });
}

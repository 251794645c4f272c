// Takes uploaded workbooks in, whole and in memory: bounded in size, in number, and in number by one person.
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { Request } from 'express';
import { refuse } from '../../domain/failure.ts';
import { ThreadsFull } from '../../ooxml/threads/thread-budget.ts';
import { FileTooLarge } from '../../files/file-too-large.ts';
import { actorOf } from '../access/authenticate.ts';
import { Refused } from '../errors.ts';
import { receiveInto } from '../../files/upload.ts';

/** 10,000 rows of ten columns are less than one of them. */
const MAX_BYTES = 20 * 1024 * 1024;
/** In hand at once, from the first byte until the answer: 200 MB of memory at the very most. */
const MOST = 10;
/** Of one person: slow uploads of one person must not shut others out. */
const MOST_OF_ONE = 2;
const RETRY_AFTER_SECONDS = '5';

export type Reception = {
  /** Receives the file of a multipart request and holds its place until `work` is done with it. */
  with<T>(req: Request, work: (bytes: Buffer) => Promise<T>): Promise<T>;
};

export function createReception(): Reception {
  const inHand = new Map<string, number>();

  return {
    async with(req, work) {
      const { person } = actorOf(req);
      const own = inHand.get(person) ?? 0;
      const all = [...inHand.values()].reduce((sum, count) => sum + count, 0);
      if (own >= MOST_OF_ONE || all >= MOST) {
        // The body is read and thrown away, so that the sender gets to hear the answer.
        req.resume();
        // It is not this person who asks too much.
        if (own < MOST_OF_ONE) throw new ThreadsFull();
        throw new Refused(refuse('TOO_MANY_REQUESTS', { params: { seconds: RETRY_AFTER_SECONDS } }), {
          headers: { 'retry-after': RETRY_AFTER_SECONDS },
        });
      }
      inHand.set(person, own + 1);
      try {
        const { received } = await receiveInto(req, MAX_BYTES, {
          take: (content) => buffer(limited(content)),
          discard: () => Promise.resolve(),
        });
        return await work(received);
      } finally {
        const left = (inHand.get(person) ?? 1) - 1;
        if (left > 0) inHand.set(person, left);
        else inHand.delete(person);
      }
    },
  };
}

async function* limited(content: Readable): AsyncIterable<Buffer> {
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new FileTooLarge(MAX_BYTES);
    yield chunk;
  }
}

// Files in a bucket of an S3-compatible server: received on this machine first, so that size, hash and kind are known.
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { S3Address } from '../domain/file-store-address.ts';
import { isFileId, storedAt } from './file-id.ts';
import type { FileStore } from './file-store.ts';
import { clearIncoming, incomingFolder, scratchPlace, takeInFile, type Received } from './incoming.ts';
import { StoreAway } from './store-away.ts';

export type S3Place = S3Address & {
  /** null: the credentials the SDK finds by itself (environment, profile, the machine's role). */
  keys: { access: string; secret: string } | null;
};

export type Patience = {
  /** To connect to the server. */
  connectMs: number;
  /** Without a byte in either direction; a reader on a bad line may halt a download for that long. */
  idleMs: number;
  /** One attempt of a short request, and until a download begins. */
  answerMs: number;
  /** One attempt to put a file: 50 MB at 5 Mbit/s. */
  putMs: number;
};
const PATIENCE: Patience = { connectMs: 2_000, idleMs: 30_000, answerMs: 10_000, putMs: 90_000 };

/**
 * Waits before the second attempt and the third, which is the last: a server that restarts is back by then; if it is
 * not, the caller is told soon.
 */
const RETRY_AFTER_MS = [200, 1_000];
/** Downloads to slow readers hold their connections; uploads must still find one. */
const MAX_SOCKETS = 200;
/** The largest number of keys in one answer of a listing. */
const LIST_PAGE = 1_000;

/** May another try succeed? Not when the server has understood and refused. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof S3ServiceException) || (error.$metadata.httpStatusCode ?? 500) >= 500;

/** `<prefix>/<first two letters>/<id>`: below the prefix as in a folder, so that one is copied into the other. */
export function createS3Store(place: S3Place, root: string, patience: Patience = PATIENCE): FileStore {
  const incoming = incomingFolder(root);
  const client = clientOf(place, patience);
  const within = place.prefix === '' ? '' : `${place.prefix}/`;
  const at = (id: string) => ({ Bucket: place.bucket, Key: `${within}${storedAt(id).join('/')}` });

  /** With a limit for the whole attempt; throws `StoreAway` for every result but an answer. */
  async function asking<T>(ms: number, ask: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const limit = new AbortController();
      const timer = setTimeout(() => {
        limit.abort();
      }, ms);
      try {
        return await ask(limit.signal);
      } catch (error) {
        const next = RETRY_AFTER_MS[attempt];
        if (error instanceof NoSuchKey) throw error;
        // An attempt that used up its time is not repeated: that would only make the sender wait longer.
        if (next === undefined || limit.signal.aborted || !isPassing(error))
          throw new StoreAway('the file store does not do what it is asked', error);
        await pause(next);
      } finally {
        clearTimeout(timer);
      }
    }
  }

  async function put({ id, size, sha256 }: Received, abortSignal: AbortSignal): Promise<void> {
    const body = createReadStream(path.join(incoming, id));
    const command = new PutObjectCommand({
      ...at(id),
      Body: body,
      ContentLength: size,
      // The checksum: the server refuses the file when a bit has changed on the way, and stores it beside the file.
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      // If an operator opens the bucket to the world, browsers still run nothing from it.
      ContentType: 'application/octet-stream',
    });
    // Else a stream is signed as "unsigned": the signature holds the hash we know.
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
        return next(args);
      },
      { step: 'build' },
    );
    try {
      await client.send(command, { abortSignal });
    } finally {
      body.destroy();
    }
  }

  return {
    receive: (source, maxBytes) => takeInFile(incoming, source, maxBytes),

    async keep(received) {
      try {
        await asking(patience.putMs, (signal) => put(received, signal));
      } finally {
        // Either kept, or to be sent again whole; a copy that the server has all the same is an orphan.
        await rm(path.join(incoming, received.id), { force: true }).catch(() => undefined);
      }
    },

    async remove(id) {
      await rm(path.join(incoming, id), { force: true });
      await asking(patience.answerMs, (abortSignal) =>
        client.send(new DeleteObjectCommand(at(id)), { abortSignal }),
      );
    },

    async open(id) {
      const { Body } = await asking(patience.answerMs, (abortSignal) =>
        client.send(new GetObjectCommand(at(id)), { abortSignal }),
      );
      if (!(Body instanceof Readable)) throw new Error('the file store answered without a body');
      return Body;
    },

    async *listOlderThan(hours) {
      const untilMs = Date.now() - hours * 3_600_000;
      let from: string | undefined;
      do {
        const { Contents, NextContinuationToken } = await asking(patience.answerMs, (abortSignal) =>
          client.send(
            new ListObjectsV2Command({
              Bucket: place.bucket,
              Prefix: within,
              MaxKeys: LIST_PAGE,
              ContinuationToken: from,
            }),
            { abortSignal },
          ),
        );
        const old = (Contents ?? []).flatMap(({ Key, LastModified }) => {
          const id = Key?.slice(Key.lastIndexOf('/') + 1) ?? '';
          const isOurs = isFileId(id) && Key === at(id).Key;
          return isOurs && (LastModified?.getTime() ?? Infinity) < untilMs ? [id] : [];
        });
        if (old.length > 0) yield old;
        from = NextContinuationToken;
      } while (from !== undefined);
    },

    scratch: () => scratchPlace(incoming),
    clearIncoming: (hours) => clearIncoming(incoming, hours),

    async ping() {
      const one = new ListObjectsV2Command({ Bucket: place.bucket, Prefix: within, MaxKeys: 1 });
      await client.send(one, { abortSignal: AbortSignal.timeout(patience.connectMs) });
    },
  };
}

const silent = (): void => undefined;

function clientOf({ endpoint, region, keys }: S3Place, { connectMs, idleMs }: Patience): S3Client {
  return new S3Client({
    region,
    // A server of one's own has no host name for each bucket.
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(keys === null ? {} : { credentials: { accessKeyId: keys.access, secretAccessKey: keys.secret } }),
    // Our own retries begin a stream anew, which the SDK cannot do.
    maxAttempts: 1,
    // Errors are thrown, and the caller that answers logs them once.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    // The SDK's own checksums come in chunks with trailers, which few servers beside Amazon's understand.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
      httpAgent: { maxSockets: MAX_SOCKETS },
      httpsAgent: { maxSockets: MAX_SOCKETS },
    },
  });
}

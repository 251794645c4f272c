// One file out of a multipart request, streamed to its place; anything else in the form is refused.
import type { Readable } from 'node:stream';
import busboy, { type Busboy } from 'busboy';
import type { IncomingMessage } from 'node:http';
import { safeFileName } from '../domain/file-name.ts';
import type { FailureCode, Params } from '../domain/failure.ts';
import { FileTooLarge } from './file-too-large.ts';
import { UploadFault } from './upload-fault.ts';
import type { FileStore, Received } from './file-store.ts';

/** The form field the file is in (api.md §7). */
const FIELD = 'file';
/** The form around the file: boundaries and the headers of its part. */
const ENVELOPE_BYTES = 64 * 1024;

/** Takes the bytes; `discard` throws away the bytes of an upload that failed. */
export type Sink<T> = { take(content: Readable): Promise<T>; discard(taken: T): Promise<void> };

const wrong = (path: string, code: FailureCode, params?: Params): UploadFault =>
  new UploadFault('BROKEN', { path: path.slice(0, 100), code, ...(params ? { params } : {}) });

function parserFor(req: IncomingMessage, maxBytes: number): Busboy {
  if (!/^multipart\/form-data\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
    throw new UploadFault('NOT_A_FORM');
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') throw new UploadFault('NOT_A_FORM');
  if (Number(req.headers['content-length'] ?? 0) > maxBytes + ENVELOPE_BYTES)
    throw new FileTooLarge(maxBytes);
  try {
    return busboy({
      headers: req.headers,
      // Browsers write names in UTF-8 without saying so.
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 1, fieldSize: 1024, headerPairs: 20 },
    });
  } catch {
    // No boundary: a form that cannot be read.
    throw new UploadFault('BROKEN');
  }
}

/** Resolves when the form has been read to its end; rejects at the first thing that is wrong with it. */
function reading(
  req: IncomingMessage,
  parser: Busboy,
  take: (content: Readable, name: string | undefined) => Promise<unknown>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.on('file', (field, content, info) => {
      // An upload that breaks off breaks this stream too; unheard, that would end the process.
      content.on('error', () => undefined);
      if (field === FIELD) {
        take(content, info.filename).catch(reject);
        return;
      }
      content.resume();
      reject(wrong(field, 'UNKNOWN_FIELD'));
    });
    parser.on('field', (field) => {
      reject(
        field === FIELD ? wrong(FIELD, 'WRONG_TYPE', { expected: 'file' }) : wrong(field, 'UNKNOWN_FIELD'),
      );
    });
    parser.on('filesLimit', () => {
      reject(wrong(FIELD, 'REPEATED', { value: FIELD }));
    });
    parser.on('fieldsLimit', () => {
      reject(new UploadFault('BROKEN'));
    });
    parser.on('error', () => {
      reject(new UploadFault('BROKEN'));
    });
    parser.on('close', resolve);
    // The sender hung up and hears no answer, but the part that came must go.
    req.once('close', () => {
      if (!req.complete) reject(new UploadFault('BROKEN'));
    });
    req.pipe(parser);
  });
}

/** The caller must keep or remove the received file. */
export const receiveUpload = (
  req: IncomingMessage,
  store: FileStore,
  maxBytes: number,
): Promise<{ name: string; received: Received }> =>
  receiveInto(req, maxBytes, {
    take: (content) => store.receive(content, maxBytes),
    discard: ({ id }) => store.remove(id),
  });

/** The sink itself breaks off beyond `maxBytes`: a form that does not say how long it is may go on for ever. */
export async function receiveInto<T>(
  req: IncomingMessage,
  maxBytes: number,
  sink: Sink<T>,
): Promise<{ name: string; received: T }> {
  let parser: Busboy | null = null;
  let receiving: Promise<T> | null = null;
  let name = '';
  const take = (content: Readable, given: string | undefined): Promise<unknown> => {
    name = given ?? '';
    receiving = sink.take(content);
    return receiving;
  };
  try {
    parser = parserFor(req, maxBytes);
    await reading(req, parser, take);
    const received = receiving as Promise<T> | null;
    if (received === null) throw wrong(FIELD, 'REQUIRED');
    return { name: safeFileName(name), received: await received };
  } catch (error) {
    // The rest of the body is read and thrown away, so that the sender gets to hear the answer.
    if (parser) req.unpipe(parser);
    req.resume();
    parser?.destroy();
    const partly = await (receiving as Promise<T> | null)?.then(
      (taken) => ({ taken }),
      () => null,
    );
    if (partly) await sink.discard(partly.taken);
    throw error;
  }
}

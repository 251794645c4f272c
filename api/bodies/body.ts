// Reads a JSON body once: its kind, its size, its text, and its value by the call's schema.
import type { Request, RequestHandler } from 'express';
import type { ApiCall } from '../../contract/call.ts';
import type { Fault } from '../../domain/failure.ts';
import { faultOfValue, mayBeUnsafe } from '../../domain/unsafe-value.ts';
import { refused } from '../errors.ts';
import type { JudgedBody } from '../../contract/judged-body.ts';

const MEGABYTE = 1024 * 1024;
/** api.md §2. */
const LIMIT_BYTES = { usual: MEGABYTE, directive: 8 * MEGABYTE, import: 32 * MEGABYTE } as const;
/** The worst body of this size takes some 100 ms to judge. A larger one is judged in a thread, after its writer's rights. */
export const LARGE_BYTES = 64 * 1024;

/** The way of large bodies: set on each request by the app. */
export type LargeBodies = {
  /** Refuses people who may not do this at all. It is asked before the body is read any further. */
  demandRight(req: Request, call: ApiCall): Promise<void>;
  /** Parses and judges the bytes in a thread; they are gone here. */
  judge(req: Request, call: ApiCall, bytes: Uint8Array<ArrayBuffer>): Promise<JudgedBody>;
};

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const tooLarge = (limitBytes: number): Error => refused('TOO_LARGE', { params: { max: limitBytes } });

async function readBytes(req: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest of the body is read and thrown away, so that the caller gets to hear the answer.
    if (size <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limitBytes) throw tooLarge(limitBytes);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw refused('MALFORMED');
  }
}

/** The refusal of a value that must not be let in. */
export const unsafeBody = (fault: Fault): Error =>
  refused(fault.code === 'UNKNOWN_FIELD' ? 'MALFORMED' : 'INVALID', { errors: [fault] });

/** Throws the refusal of a value that must not be let in. */
export function demandSafe(value: unknown): void {
  const fault = faultOfValue(value);
  if (fault !== null) throw unsafeBody(fault);
}

function valueOf(text: string, isKept: boolean): unknown {
  let value: unknown;
  try {
    value = text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw refused('MALFORMED');
  }
  if (!isKept && mayBeUnsafe(text)) demandSafe(value);
  return value;
}

/**
 * Sets `req.body` and `req.bodyText`; of a large body `req.judged` instead of `req.body`. No body at all is `{}`. The
 * commands of a list are judged one by one by their route: one bad command of many is its own fault only.
 */
export function readBody(call: ApiCall): RequestHandler {
  const limitBytes = LIMIT_BYTES[call.largeBody ?? 'usual'];
  const isList = call.bodyFaults === 'each';
  return async (req, _res, next) => {
    const type = req.headers['content-type'];
    const length = Number(req.headers['content-length'] ?? 0);
    const isEmpty = length === 0 && req.headers['transfer-encoding'] === undefined;
    if (isEmpty && type === undefined) {
      req.bodyText = '';
      req.body = {};
      next();
      return;
    }
    if (length > limitBytes) throw tooLarge(limitBytes);
    if (type === undefined || !JSON_TYPE.test(type)) throw refused('UNSUPPORTED_MEDIA_TYPE');
    if ((req.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw refused('UNSUPPORTED_MEDIA_TYPE');
    const { largeBodies } = req;
    if (length > LARGE_BYTES) await largeBodies?.demandRight(req, call);
    const bytes = await readBytes(req, limitBytes);
    req.bodyText = textOf(bytes);
    if (bytes.length > LARGE_BYTES && largeBodies !== undefined) {
      if (length <= LARGE_BYTES) await largeBodies.demandRight(req, call);
      if (!isList) {
        req.judged = await largeBodies.judge(req, call, new Uint8Array(bytes));
        next();
        return;
      }
    }
    req.body = valueOf(req.bodyText, isList);
    next();
  };
}

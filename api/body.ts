// Reads a JSON body once: its kind, its size, its text, its value, and anything in it that cannot be kept or handled.
import type { Request, RequestHandler } from 'express';
import type { Fault } from '../domain/failure.ts';
import { refused } from './errors.ts';
import { pathText } from '../domain/schema-faults.ts';

const MEGABYTE = 1024 * 1024;
/** api.md §2. */
const LIMIT_BYTES = MEGABYTE;
const LARGE_LIMIT_BYTES = 32 * MEGABYTE;

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

async function readText(req: Request, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest of the body is read and thrown away, so that the caller gets to hear the answer.
    if (size <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limitBytes) throw refused('TOO_LARGE', { params: { max: limitBytes } });
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw refused('MALFORMED');
  }
}

const isUnsafe = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** A place within a body, by the place it is in: copying whole paths on the way down would cost depth × depth. */
type Place = { value: unknown; key: PropertyKey; within: Place | null };

/** A longer path is cut: no reader follows it to its end. */
const SHOWN_DEPTH = 100;

function pathOf(place: Place): string {
  const path: PropertyKey[] = [];
  for (let at = place; at.within !== null; at = at.within) path.push(at.key);
  path.reverse();
  return pathText(path.slice(0, SHOWN_DEPTH)) + (path.length > SHOWN_DEPTH ? '…' : '');
}

/** A value with such a key of its own cannot be compared or written out: JavaScript calls it. No field has such a name. */
const SHADOWING: readonly string[] = ['toString', 'valueOf'];

/**
 * Finds the fault of a parsed JSON value: NUL or a lone surrogate, which PostgreSQL cannot keep, and keys that
 * take a value's conversion away, over which every check that compares or names it would throw. Null if nothing.
 */
export function faultOfValue(value: unknown): Fault | null {
  const open: Place[] = [{ value, key: '', within: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: found } = next;
    if (typeof found === 'string' && isUnsafe(found)) return { path: pathOf(next), code: 'INVALID' };
    if (typeof found !== 'object' || found === null) continue;
    const isList = Array.isArray(found);
    for (const [key, inner] of Object.entries(found as Record<string, unknown>)) {
      if (isUnsafe(key)) return { path: pathOf(next), code: 'INVALID' };
      const place = { value: inner, key: isList ? Number(key) : key, within: next };
      if (SHADOWING.includes(key)) return { path: pathOf(place), code: 'UNKNOWN_FIELD' };
      open.push(place);
    }
  }
  return null;
}

/** Throws the refusal of a value that must not be let in. */
export function demandSafe(value: unknown): void {
  const fault = faultOfValue(value);
  if (fault === null) return;
  throw refused(fault.code === 'UNKNOWN_FIELD' ? 'MALFORMED' : 'INVALID', { errors: [fault] });
}

/** Such text is written into valid UTF-8 JSON by an escape only, such a key plainly or by one: most bodies need no look. */
const mayBeUnsafe = (text: string): boolean =>
  text.includes('\\u') || SHADOWING.some((key) => text.includes(`"${key}"`));

type Options = {
  limitBytes?: number;
  /** `keep` leaves unsafe values to the route, which then calls `demandSafe` itself: one bad command of many is its own fault only. */
  unsafe?: 'refuse' | 'keep';
};

/** Sets `req.body` and `req.bodyText`. No body at all is `{}`. */
export function json({ limitBytes = LIMIT_BYTES, unsafe = 'refuse' }: Options = {}): RequestHandler {
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
    if (length > limitBytes) throw refused('TOO_LARGE', { params: { max: limitBytes } });
    if (type === undefined || !JSON_TYPE.test(type)) throw refused('UNSUPPORTED_MEDIA_TYPE');
    if ((req.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw refused('UNSUPPORTED_MEDIA_TYPE');
    const text = await readText(req, limitBytes);
    req.bodyText = text;
    try {
      req.body = text === '' ? {} : (JSON.parse(text) as unknown);
    } catch {
      throw refused('MALFORMED');
    }
    if (unsafe === 'refuse' && mayBeUnsafe(text)) demandSafe(req.body);
    next();
  };
}

/** For directives, their preview and the import. */
export const largeJson = (options: Omit<Options, 'limitBytes'> = {}): RequestHandler =>
  json({ ...options, limitBytes: LARGE_LIMIT_BYTES });

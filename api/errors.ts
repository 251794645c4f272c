// How a refusal or a failure becomes an answer: application/problem+json in the reader's language (api.md §2).
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { ProblemAnswer } from '../contract/problem.ts';
import { isAway, isDiskFull, sqlState } from '../db/pool.ts';
import {
  FAILURES,
  MOST_FAULTS,
  refuse,
  titleOf,
  wordsOf,
  type FailureCode,
  type Language,
  type Refusal,
} from '../domain/failure.ts';
import { RefusalThrown } from '../domain/refusal-thrown.ts';
import type { DiskWatch } from '../db/disk-watch.ts';
import { answerOfFault } from './machinery.ts';

/** Words of its own for one refusal, where the catalogue's are too general. */
export type Detail = Record<Language, string>;

/** Thrown by routes, with what only HTTP knows; answered by `answerErrors`. */
export class Refused extends RefusalThrown {
  readonly headers: Record<string, string>;

  constructor(refusal: Refusal, extra: { detail?: Detail; headers?: Record<string, string> } = {}) {
    super(refusal, extra.detail);
    this.headers = extra.headers ?? {};
  }
}

/** `throw refused('NOT_FOUND')`. */
export const refused = (code: FailureCode, extra: Omit<Refusal, 'code'> = {}): Refused =>
  new Refused(refuse(code, extra));

export const forbidden = (detail?: Detail): Refused =>
  new Refused(refuse('FORBIDDEN'), detail === undefined ? {} : { detail });

/** Chinese unless English is asked for first. */
export const languageOf = (req: Request): Language =>
  req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';

export function problemOf(
  refusal: Refusal,
  language: Language,
  requestId: string,
  detail?: Detail,
): ProblemAnswer {
  const errors = refusal.errors?.slice(0, MOST_FAULTS).map((fault) => ({
    path: fault.path,
    code: fault.code,
    message: wordsOf(fault, language),
    ...(fault.fields === undefined ? {} : { fields: [...fault.fields] }),
  }));
  return {
    type: `urn:zhuanban:failure:${refusal.code}`,
    title: titleOf(refusal.code, language),
    status: FAILURES[refusal.code].status,
    detail: detail?.[language] ?? wordsOf(refusal, language),
    code: refusal.code,
    requestId,
    ...(errors === undefined ? {} : { errors }),
  };
}

/** It heals when an operator makes room: not in a second. */
export const diskFull = (): Refused => new Refused(refuse('DISK_FULL'), { headers: { 'retry-after': '10' } });

/** The seconds to wait are a header too. */
function fromBelow({ refusal, detail }: RefusalThrown): Refused {
  const seconds = refusal.code === 'TOO_MANY_REQUESTS' ? refusal.params?.['seconds'] : undefined;
  return new Refused(refusal, {
    ...(detail === undefined ? {} : { detail }),
    ...(seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } }),
  });
}

/** The refusal a thrown value becomes. An unknown error is our own fault: 500, logged whole, shown nowhere. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof RefusalThrown) return fromBelow(error);
  const fault = answerOfFault(error);
  if (fault !== null) return new Refused(fault.refusal, fault);
  if (isAway(error)) return new Refused(refuse('UNAVAILABLE'), { headers: { 'retry-after': '2' } });
  if (isDiskFull(error)) return diskFull();
  switch (sqlState(error)) {
    // A lock that took longer than db/pool.ts allows, a deadlock: another try will do.
    case '55P03':
    case '40P01':
    case '40001':
      return new Refused(refuse('CONTENDED'), { headers: { 'retry-after': '1' } });
    case '57014':
      return new Refused(refuse('TOO_SLOW'), { headers: { 'retry-after': '1' } });
    // Text PostgreSQL cannot keep (NUL, a lone surrogate) that came past the body's own check.
    case '22021':
    case '22P05':
      return refused('INVALID');
    default:
  }
  // The router's own: a path that is not percent-encoded UTF-8.
  if (error instanceof URIError) return refused('MALFORMED');
  return refused('INTERNAL');
}

export const unknownRoute: RequestHandler = () => {
  throw refused('NOT_FOUND');
};

/** The log's names for troubles that pass by themselves. */
const PASSING_WORDS: Partial<Record<FailureCode, string>> = {
  UNAVAILABLE: 'database away',
  DOOR_FULL: 'door full',
  STOPPING: 'stopping',
  CONTENDED: 'a lock was not had in time',
  TOO_SLOW: 'a statement took too long',
  FILE_STORE_AWAY: 'file store away',
};

/** The one place that knows statuses of failures. */
export function answerErrors({ log, disk }: { log: Logger; disk: DiskWatch }): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    // A caller who left in the middle of the request hears nothing, and the error says only that.
    if (req.destroyed && !req.complete) return;
    const { refusal, detail, headers } = refusalOf(error);
    if (refusal.code === 'INTERNAL') log.error({ err: error, requestId: req.requestId }, 'request failed');
    const passing = PASSING_WORDS[refusal.code];
    if (passing) log.warn({ err: error, requestId: req.requestId }, passing);
    if (refusal.code === 'DISK_FULL') disk.note();
    if (res.headersSent) {
      // Too late for words: Express cuts the connection, so that half an answer is not taken for one.
      next(error);
      return;
    }
    req.refusalCode = refusal.code;
    const problem = problemOf(refusal, languageOf(req), req.requestId, detail);
    if (problem.status === 401) res.setHeader('www-authenticate', 'Bearer');
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

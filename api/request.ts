// The fields this API keeps on a request beside Express's own, and the line it logs when it is answered.
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { SecurityLog } from '../command/security/security-log.ts';
import type { Actor } from '../domain/access/relation.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { SignInSent } from './access/authenticate.ts';
import type { LargeBodies } from './bodies/body.ts';
import type { JudgedBody } from '../contract/judged-body.ts';
import type { ApiDeps } from './deps.ts';
import type { Pace } from './pace.ts';

declare module 'express-serve-static-core' {
  interface Request {
    requestId: string;
    /** The installation's own log; `serve` tells it of every export. */
    security: SecurityLog;
    /** Set by `authenticate`; read with `actorOf`. */
    actor?: Actor;
    /** Set by `authenticate`; read with `signInOf`. */
    signIn?: SignInSent;
    /** The body as it arrived, for the request's hash; set by `readBody`. */
    bodyText?: string;
    /** Of a large body: what the thread found. */
    judged?: JudgedBody;
    /** Set before any route that takes a body. */
    largeBodies?: LargeBodies;
    /** Set before any costly call. */
    pace?: Pace;
    /** Why it was refused; set by `answerErrors`. */
    refusalCode?: FailureCode;
    /** For a list of commands: the number refused, by code. */
    refusedOfList?: Partial<Record<FailureCode, number>>;
    /** The commands it brought to the door: the log of events names each of them. */
    commandIds?: string[];
  }
}

/** A caller's own request id is kept when it is harmless in a log. */
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Asked every few seconds by machines; a change of their answer is logged by itself. */
export const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
/** The first of a list of 500 commands are enough to find the request. */
const LOGGED_COMMANDS = 20;

/** Without its query: a search or a cursor does not belong in a log. The token of a link or a download is cut too: a reader of the log could use it. */
const loggedPath = (url: string): string | undefined =>
  url.split('?', 1)[0]?.replace(/^(\/[lg]\/)[^/]+/i, '$1…');

export function requestLog({ log }: Pick<ApiDeps, 'log'>): RequestHandler {
  return (req, res, next) => {
    const given = req.headers['x-request-id'];
    req.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    res.setHeader('x-request-id', req.requestId);
    const startedMs = performance.now();
    res.once('close', () => {
      const path = loggedPath(req.originalUrl) ?? '';
      const { commandIds = [] } = req;
      log[PROBES.has(path) ? 'debug' : 'info']({
        requestId: req.requestId,
        method: req.method,
        path,
        status: res.statusCode,
        ms: Math.round((performance.now() - startedMs) * 10) / 10,
        person: req.actor?.person,
        code: req.refusalCode,
        ...(commandIds.length === 1 ? { command: commandIds[0] } : {}),
        ...(commandIds.length > 1
          ? { commands: commandIds.length, first: commandIds.slice(0, LOGGED_COMMANDS) }
          : {}),
        refused: req.refusedOfList,
        ...(res.writableFinished ? {} : { aborted: true }),
      });
    });
    next();
  };
}

// Server-sent events: changes of the assignments the reader sees, and the reader's notifications, as they happen.
import { createSession, type Session } from 'better-sse';
import { Router, type Request, type Response } from 'express';
import { STREAM_CALLS, type StreamEvent } from '../../../contract/stream.ts';
import type { StreamEntry } from '../../../db/queries/stream.ts';
import { refuse, type Language } from '../../../domain/failure.ts';
import type { Directory } from '../../../domain/organisation/organisation.ts';
import { readPosition, writePosition, type Position } from '../../../domain/stream-position.ts';
import { actorOf, signInOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, Refused } from '../../errors.ts';
import { notificationAnswer } from '../../views/notification-answer.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { createStreamHub, type Listener } from '../../../reading/stream-hub.ts';

/** Often enough for proxies that cut a connection silent for half a minute. */
const KEEP_ALIVE_MS = 15_000;
/** A revoked or expired token is noticed this late at most. */
const RECHECK_MS = 30_000;
/** Then the client comes again by itself and goes on where it was. */
const LONGEST_MS = 3_600_000;
/** Written and not yet taken by the client; beyond it the client is too slow and must resume. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Pages one person has open; a loop of reconnecting ends here. */
const MAX_PER_PERSON = 20;

type Told = { name: string; data: unknown };

function toldOf(entry: StreamEntry, directory: Directory, language: Language): Told {
  if (entry.kind === 'notification')
    return { name: 'notification', data: notificationAnswer(entry.row, directory, language) };
  const { desk, seq, at, type, directive, assignment, actor } = entry.row;
  const data: StreamEvent = {
    id: `${desk}#${seq}`,
    at: at.toISOString(),
    type,
    directive,
    assignment,
    actor,
  };
  return { name: assignment === null ? 'directive' : 'assignment', data };
}

/** One connection; a backlog it cannot take in time ends it, and the client resumes. */
function createListener(session: Session, res: Response, person: string, language: Language): Listener {
  const isOpen = (): boolean => session.isConnected && !res.writableEnded && !res.closed;
  const push = (name: string, data: unknown, at: Position): void => {
    if (!isOpen()) return;
    session.push(data, name, writePosition(at));
    if (res.writableLength > MAX_BUFFERED_BYTES) res.destroy();
  };
  let markedMs = Number.NEGATIVE_INFINITY;
  return {
    person,
    isOpen,
    tell(entry, directory) {
      const { name, data } = toldOf(entry, directory, language);
      push(name, data, entry.position);
    },
    reset(at) {
      push('reset', {}, at);
    },
    reached(at) {
      // An id without data: a client that hears nothing for hours still resumes from now, and the line is kept alive.
      if (!isOpen() || performance.now() - markedMs < KEEP_ALIVE_MS) return;
      markedMs = performance.now();
      void session.batch((buffer) => {
        buffer.comment().id(writePosition(at)).dispatch();
      });
    },
    close() {
      res.end();
    },
  };
}

/** Ends the connection with the right to it, and in any case after an hour. */
function watchRight(deps: RouteDeps, req: Request, res: Response): void {
  const { secret } = signInOf(req);
  const untilMs = performance.now() + LONGEST_MS;
  const timer = setInterval(() => {
    if (performance.now() >= untilMs) res.end();
    deps.signIns.find(secret, { isUse: false }).then(
      (signedIn) => {
        if (signedIn === null) res.end();
      },
      // PostgreSQL is away: the session cannot be checked now, and nothing can be told either.
      () => undefined,
    );
  }, RECHECK_MS);
  timer.unref();
  res.once('close', () => {
    clearInterval(timer);
  });
}

export function streamRouter(deps: RouteDeps): Router {
  const router = Router();
  const hub = createStreamHub(deps);
  const open = new Map<string, number>();

  /** Counts a person's connections; refuses one too many. */
  function enter(person: string, res: Response): void {
    const count = (open.get(person) ?? 0) + 1;
    if (count > MAX_PER_PERSON)
      throw new Refused(refuse('TOO_MANY_REQUESTS', { params: { seconds: 30 } }), {
        headers: { 'retry-after': '30' },
      });
    open.set(person, count);
    res.once('close', () => {
      const left = (open.get(person) ?? 1) - 1;
      if (left === 0) open.delete(person);
      else open.set(person, left);
    });
  }

  async function listen(req: Request, res: Response): Promise<void> {
    if (req.method === 'HEAD') {
      res.type('text/event-stream').end();
      return;
    }
    const { person } = actorOf(req);
    enter(person, res);
    const given = req.get('last-event-id') ?? '';
    const resumed = readPosition(given);
    // Found before the head is sent, so that a client that has seen the head misses nothing of its own doing.
    const from = resumed ?? (await hub.begin());
    // The listener keeps the line alive itself, as long as it hears from the hub.
    const session = await createSession(req, res, { keepAlive: null, trustClientEventId: false });
    watchRight(deps, req, res);
    const listener = createListener(session, res, person, languageOf(req));
    if (resumed === null && given !== '') listener.reset(from);
    hub.join(listener, from);
  }

  serve(router, STREAM_CALLS.listen, ({ req }) => new RawReply((res) => listen(req, res)));

  return router;
}

// Where a person is signed in, and how they end a session they do not know or have left behind.
import { Router } from 'express';
import { z } from 'zod';
import { SESSION_CALLS, type SessionAnswer } from '../../../contract/session.ts';
import { deleteSessionById, listSessions, type ListedSession } from '../../../db/queries/session.ts';
import { deviceWords } from '../../../domain/access/device.ts';
import type { Language } from '../../../domain/failure.ts';
import { shownInstant } from '../../../domain/instant.ts';
import { actorOf, signInOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import { clearedCookie } from '../../access/session-cookie.ts';
import { USUAL_SESSIONS } from '../../../command/account/sign-ins.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, refused } from '../../errors.ts';
import { pageOf, readCursor } from '../../page.ts';
import { Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';

const SessionCursor = z.strictObject({ begunAt: z.string(), id: z.string() });

const sessionItem = (row: ListedSession, isThis: boolean, language: Language): SessionAnswer => ({
  id: row.id,
  begunAt: row.begunAt.toISOString(),
  lastUsedOn: shownInstant(row.usedAt.getTime()).slice(0, 10),
  expiresAt: row.endsAt.toISOString(),
  device: deviceWords(row.device, language),
  isThis,
});

export function sessionsRouter(deps: RouteDeps): Router {
  const { pool, signIns, sessions: limits = USUAL_SESSIONS } = deps;
  const router = Router();

  serve(router, SESSION_CALLS.list, async ({ req, query: { limit, cursor } }) => {
    const before = readCursor(SessionCursor, cursor);
    const rows = await listSessions(pool, actorOf(req).person, limits, { before, limit: limit + 1 });
    const own = signInOf(req).session?.id;
    return pageOf(
      rows,
      limit,
      ({ position, id }) => ({ begunAt: position, id }),
      (row) => sessionItem(row, row.id === own, languageOf(req)),
    );
  });

  serve(router, SESSION_CALLS.end, async ({ req, params: { id } }) => {
    // Of another person's session not even its existence is told.
    const { person } = actorOf(req);
    if (!(await deleteSessionById(pool, person, id))) throw refused('NOT_FOUND');
    signIns.forgetAll();
    const data = { person, sessions: 1, session: id };
    await deps.security.record({ ...originOf(req), type: 'sessionsEnded', data });
    const { byCookie, session } = signInOf(req);
    const isThis = byCookie && session?.id === id;
    return new Reply(204, undefined, isThis ? { 'set-cookie': clearedCookie(req, deps) } : {});
  });

  return router;
}

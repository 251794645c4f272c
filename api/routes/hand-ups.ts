// Figures handed up to the superior: frozen by the office, read by both (api.md §4).
import { randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import { z } from 'zod';
import { handUp } from '../../command/directive/hand-up.ts';
import { commandId } from '../../command/identity.ts';
import { findHandUp, listHandUps, type HandUpBrief, type HandUpRow } from '../../db/queries/hand-up.ts';
import { isRefusal } from '../../domain/failure.ts';
import { HandUpDirective, HandUpHead, HandUpItem, HandUpKind } from '../../domain/directive/hand-up.ts';
import { actorOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { accessTo, officeOf } from '../access/directive-access.ts';
import { Refused, refused } from '../errors.ts';
import { idempotencyKey, once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, PageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseEnvelope, parseQuery } from '../parse.ts';

const shared = {
  n: z.int(),
  /** `restated`: by itself, because figures handed up before have changed; each item then says its `old`. */
  kind: HandUpKind,
  at: z.string(),
  by: z.string().nullable(),
  /** The office's own, which a restatement shares with what it restates; null of hand-ups made before there was one. */
  number: z.string().nullable(),
  note: z.string().nullable(),
  digest: z.string(),
};
const HandUpAnswer = named('HandUp', z.object({ ...shared, items: z.array(HandUpItem) }));
const HandUpBriefAnswer = named('HandUpBrief', z.object({ ...shared, items: z.array(HandUpHead) }));

describe({
  method: 'post',
  path: '/directives/{id}/hand-up',
  tag: 'directives',
  summary: 'Freezes the figures for the superior, under the next number',
  body: HandUpDirective,
  status: 201,
  answer: HandUpAnswer,
});
describe({
  method: 'get',
  path: '/directives/{id}/hand-ups',
  tag: 'directives',
  summary: 'What was handed up to the superior and restated since, newest first; figures of one line',
  query: PageQuery,
  answer: pageSchema(HandUpBriefAnswer),
});
describe({
  method: 'get',
  path: '/directives/{id}/hand-ups/{n}',
  tag: 'directives',
  summary: 'One hand-up whole: figures, rows, and each task force’s part',
  answer: HandUpAnswer,
});

/** Above every number. */
const LAST = 2 ** 31 - 1;

const handUpView = <R extends HandUpRow | HandUpBrief>(row: R): Omit<R, 'at'> & { at: string } => ({
  ...row,
  at: row.at.toISOString(),
});

export function handUpsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** Who has a part of the tree has no business with what the office tells its superior. */
  async function readable(req: Request): Promise<string> {
    const { directive, as } = await accessTo(deps, req);
    if (as === 'part') throw refused('NOT_FOUND');
    return directive.id;
  }

  router.post('/directives/:id/hand-up', json(), async (req, res) => {
    const { note, number } = parseEnvelope(HandUpDirective, req.body);
    const receivedMs = deps.now();
    const actor = actorOf(req);
    const { id } = (await officeOf(deps, req)).directive;
    let nudges: string[] = [];
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        const command = commandId(actor.person, idempotencyKey(req) ?? randomUUID(), 0);
        const handed = await handUp(tx, deps.sources, {
          id,
          note: note || null,
          number: number ?? null,
          actor,
          receivedMs,
          command,
        });
        if (isRefusal(handed)) throw new Refused(handed);
        ({ nudges } = handed);
        return { status: 201, kept: handed.n };
      },
      present: async (db, n) => {
        const row = await findHandUp(db, id, n);
        return row && handUpView(row);
      },
    });
    deps.nudge(nudges);
    res.status(status).json(body);
  });

  router.get('/directives/:id/hand-ups', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const id = await readable(req);
    const rows = await listHandUps(pool, id, readCursor(SeqCursor, cursor) ?? LAST, limit + 1);
    res.json(pageOf(rows, limit, ({ n }) => n, handUpView));
  });

  router.get('/directives/:id/hand-ups/:n', async (req, res) => {
    const id = await readable(req);
    const n = /^[1-9]\d{0,8}$/.exec(param(req, 'n'));
    const row = n === null ? null : await findHandUp(pool, id, Number(n[0]));
    if (!row) throw refused('NOT_FOUND');
    res.json(handUpView(row));
  });

  return router;
}

// Amendments of a directive that has gone out: previewed, made, and read as differences (api.md §4).
import { randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import { z } from 'zod';
import { amendDirective, previewAmendment, type Amended } from '../../command/directive/amendment.ts';
import { commandId } from '../../command/identity.ts';
import { seesDirective } from '../../db/queries/access.ts';
import { listAmendments, type AmendmentRow } from '../../db/queries/amendment.ts';
import type { Db } from '../../db/pool.ts';
import { AmendDirective } from '../../domain/directive/directive.ts';
import { isRefusal } from '../../domain/failure.ts';
import { toIsoOrNull } from '../../domain/instant.ts';
import { actorOf } from '../access/authenticate.ts';
import { largeJson } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { officeOf } from '../access/directive-access.ts';
import { Refused, refused } from '../errors.ts';
import { idempotencyKey, once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { PageQuery, pageOf, readCursor, SeqCursor } from '../page.ts';
import { param, parseDocument, parseQuery } from '../parse.ts';

const AmendmentAnswer = named(
  'Amendment',
  z.object({
    n: z.int(),
    note: z.string(),
    changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    by: z.string(),
    at: z.string(),
  }),
);
const PreviewAnswer = named('AmendmentPreview', z.looseObject({ warnings: z.array(z.unknown()) }));

describe({
  method: 'post',
  path: '/directives/{id}/amend',
  tag: 'directives',
  summary: 'Changes what has gone out: down to every holder, who takes note of it anew',
  body: AmendDirective,
  answer: AmendmentAnswer,
});
describe({
  method: 'post',
  path: '/directives/{id}/amend/preview',
  tag: 'directives',
  summary: 'What an amendment would change: due times that move, and warnings',
  body: AmendDirective,
  once: false,
  answer: PreviewAnswer,
});
describe({
  method: 'get',
  path: '/directives/{id}/amendments',
  tag: 'directives',
  summary: 'What was changed, before and after, newest first',
  query: PageQuery,
  answer: pageSchema(AmendmentAnswer),
});

const changesOf = ({ before, after }: Pick<AmendmentRow, 'before' | 'after'>): unknown[] =>
  Object.entries(after).map(([field, value]) => ({
    field,
    before: (before as Record<string, unknown>)[field] ?? null,
    after: value,
  }));

const answerOf = ({ n, note, by, at, ...parts }: AmendmentRow): Record<string, unknown> => ({
  n,
  note,
  changes: changesOf(parts),
  by,
  at: at.toISOString(),
});

const previewOf = ({
  dueAt,
  officeDueAt,
  margins,
  warnings,
  ...parts
}: Amended): Record<string, unknown> => ({
  changes: changesOf(parts),
  dueAt: toIsoOrNull(dueAt),
  officeDueAt: toIsoOrNull(officeDueAt),
  marginsMs: margins,
  warnings,
});

async function getAmendment(db: Db, directive: string, n: number): Promise<Record<string, unknown>> {
  const [row] = await listAmendments(db, directive, n + 1, 1);
  if (row?.n !== n) throw refused('NOT_FOUND');
  return answerOf(row);
}

export function amendmentsRouter(deps: RouteDeps): Router {
  const { pool, sources } = deps;
  const router = Router();

  const aboutOf = async (req: Request) => {
    const receivedMs = deps.now();
    const change = parseDocument(AmendDirective, req.body);
    return { id: (await officeOf(deps, req)).directive.id, change, actor: actorOf(req), receivedMs };
  };

  router.post('/directives/:id/amend/preview', largeJson(), async (req, res) => {
    const preview = await previewAmendment(pool, sources, await aboutOf(req));
    if (isRefusal(preview)) throw new Refused(preview);
    res.json({ ...previewOf(preview.amended), moves: preview.moves });
  });

  router.post('/directives/:id/amend', largeJson(), async (req, res) => {
    const about = await aboutOf(req);
    const command = commandId(about.actor.person, idempotencyKey(req) ?? randomUUID(), 0);
    let nudges: string[] = [];
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        const amended = await amendDirective(tx, sources, { ...about, command });
        if (isRefusal(amended)) throw new Refused(amended);
        ({ nudges } = amended);
        return { status: 200, kept: amended.n };
      },
      present: (db, n) => getAmendment(db, about.id, n),
    });
    deps.nudge(nudges);
    res.status(status).json(body);
  });

  router.get('/directives/:id/amendments', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const id = param(req, 'id');
    const directory = await deps.directory.current(pool);
    if (!(await seesDirective(pool, directory, actorOf(req).person, id, deps.now())))
      throw refused('NOT_FOUND');
    const rows = await listAmendments(pool, id, readCursor(SeqCursor, cursor) ?? 2 ** 31 - 1, limit + 1);
    res.json(pageOf(rows, limit, ({ n }) => n, answerOf));
  });

  return router;
}

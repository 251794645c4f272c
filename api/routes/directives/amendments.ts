// Amendments of a directive that has gone out: previewed, made, and read as differences (api.md §4).
import { randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import {
  AMENDMENT_CALLS,
  type AmendedField,
  type AmendmentAnswer,
  type AmendmentPreview,
} from '../../../contract/amendments.ts';
import { amendDirective, previewAmendment, type Amended } from '../../../command/directive/amendment.ts';
import { commandId } from '../../../command/identity.ts';
import { listAmendments, type AmendmentRow } from '../../../db/queries/amendment.ts';
import type { Db } from '../../../db/pool.ts';
import type { AmendDirective } from '../../../domain/directive/directive.ts';
import { isRefusal } from '../../../domain/failure.ts';
import { toIsoOrNull } from '../../../domain/instant.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { officeOf, treeAccessTo } from '../../access/directive-access.ts';
import { Refused, refused } from '../../errors.ts';
import { idempotencyKey, once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

const FIELDS = ['title', 'body', 'dueAt'] as const;

const changesOf = ({ before, after }: Pick<AmendmentRow, 'before' | 'after'>): AmendedField[] =>
  FIELDS.filter((field) => after[field] !== undefined).map((field) => ({
    field,
    before: before[field] ?? null,
    after: after[field] ?? null,
  }));

const answerOf = ({ n, note, by, at, ...parts }: AmendmentRow): AmendmentAnswer => ({
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
}: Amended): Omit<AmendmentPreview, 'moves'> => ({
  changes: changesOf(parts),
  dueAt: toIsoOrNull(dueAt),
  officeDueAt: toIsoOrNull(officeDueAt),
  marginsMs: margins,
  warnings,
});

async function getAmendment(db: Db, directive: string, n: number): Promise<AmendmentAnswer> {
  const [row] = await listAmendments(db, directive, n + 1, 1);
  if (row?.n !== n) throw refused('NOT_FOUND');
  return answerOf(row);
}

export function amendmentsRouter(deps: RouteDeps): Router {
  const { pool, sources } = deps;
  const router = Router();

  const aboutOf = async (req: Request, body: () => AmendDirective) => {
    const receivedMs = deps.now();
    const { id } = (await officeOf(deps, req)).directive;
    return { id, change: body(), actor: actorOf(req), receivedMs };
  };

  serve(router, AMENDMENT_CALLS.preview, async ({ req, body }) => {
    const preview = await previewAmendment(pool, sources, await aboutOf(req, body));
    if (isRefusal(preview)) throw new Refused(preview);
    return { ...previewOf(preview.amended), moves: preview.moves };
  });

  serve(router, AMENDMENT_CALLS.amend, async ({ req, body }) => {
    const about = await aboutOf(req, body);
    const command = commandId(about.actor.person, idempotencyKey(req) ?? randomUUID(), 0);
    let nudges: string[] = [];
    const reply = await once(pool, req, {
      work: async (tx) => {
        const amended = await amendDirective(tx, sources, { ...about, command });
        if (isRefusal(amended)) throw new Refused(amended);
        ({ nudges } = amended);
        return { status: 200, kept: amended.n };
      },
      present: (db, n) => getAmendment(db, about.id, n),
    });
    deps.nudge(nudges);
    return reply;
  });

  serve(router, AMENDMENT_CALLS.list, async ({ req, params: { id }, query: { limit, cursor } }) => {
    await treeAccessTo(deps, req);
    const rows = await listAmendments(pool, id, readCursor(SeqCursor, cursor) ?? 2 ** 31 - 1, limit + 1);
    return pageOf(rows, limit, ({ n }) => n, answerOf);
  });

  return router;
}

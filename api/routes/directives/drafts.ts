// A draft before it goes out: put anew as a whole, or thrown away; no writer's change is lost (api.md §4).
import { Router, type Request } from 'express';
import { DRAFT_CALLS } from '../../../contract/directives.ts';
import { storeDirective } from '../../../command/directive/storing.ts';
import { findDirective } from '../../../db/queries/directive.ts';
import { deleteDraft, lockDirective } from '../../../db/queries/directive-writing.ts';
import { deleteAttachments } from '../../../db/queries/file.ts';
import type { Transaction } from '../../../db/pool.ts';
import { refuseFaults } from '../../../domain/failure.ts';
import { actorOf } from '../../access/authenticate.ts';
import { officeOf } from '../../access/directive-access.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused, refused } from '../../errors.ts';
import { idempotencyKey, once } from '../../once.ts';
import { withWarnings, type TakenIn } from '../../preparing.ts';
import { prepareFor } from '../../../command/directive/preparing.ts';
import { ifMatchOf } from '../../posted-command.ts';
import { Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { answerOf } from '../../views/directive-answer.ts';

/** The draft the office has seen, as If-Match says; `*` is any version. */
async function draftOf(deps: RouteDeps, req: Request): Promise<{ id: string; ifMatch: number | null }> {
  const ifMatch = ifMatchOf(req);
  const { directive } = await officeOf(deps, req);
  if (req.headers['if-match'] === undefined) throw refused('IF_MATCH_REQUIRED');
  return { id: directive.id, ifMatch };
}

/** The second of two requests finds another version, no draft any more, or nothing. */
async function demandDraft(tx: Transaction, id: string, ifMatch: number | null): Promise<void> {
  await lockDirective(tx, id);
  const draft = await findDirective(tx, id);
  if (!draft) throw refused('NOT_FOUND');
  if (ifMatch !== null && ifMatch !== draft.version) throw refused('NEWER_VERSION');
  if (draft.phase !== 'draft') throw refused('NOT_A_DRAFT');
}

export function draftsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, DRAFT_CALLS.replace, async ({ req, body }) => {
    const { id, ifMatch } = await draftOf(deps, req);
    const { status, body: draft } = await once(pool, req, {
      work: async (tx) => {
        await demandDraft(tx, id, ifMatch);
        const request = body();
        if (request.id !== undefined && request.id !== id)
          throw new Refused(refuseFaults([{ path: 'id', code: 'INVALID' }]));
        const { prepared, warnings } = await prepareFor(deps, actorOf(req).person, request, id);
        const about = { actor: actorOf(req), issuedAt: null, isDraftKept: true };
        const refusal = await storeDirective(tx, prepared, about);
        if (refusal) throw new Refused(refusal);
        return { status: 200, kept: { id, warnings } };
      },
      present: (db, kept: TakenIn) => withWarnings(req, kept, (given) => answerOf(deps, db, given)),
    });
    return new Reply(status, draft, { etag: `"${draft.version}"` });
  });

  serve(router, DRAFT_CALLS.discard, async ({ req }) => {
    // Before the transaction: twenty requests that each hold a connection and ask for another would wait for each other.
    const asked = await draftOf(deps, req).catch((error: unknown) => {
      // A repetition under the same key gets the kept answer, though there is no draft to be seen any more.
      if (error instanceof Refused && error.refusal.code === 'NOT_FOUND' && idempotencyKey(req) !== null)
        return null;
      throw error;
    });
    return once(pool, req, {
      work: async (tx) => {
        if (asked === null) throw refused('NOT_FOUND');
        await demandDraft(tx, asked.id, asked.ifMatch);
        await deleteAttachments(tx, asked.id);
        await deleteDraft(tx, asked.id);
        return { status: 204, kept: asked.id };
      },
      present: () => Promise.resolve(null),
    });
  });

  return router;
}

// A directive's course: its draft sent out, the whole cancelled or closed by its office (api.md §4).
import { randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import type { DirectiveAnswer } from '../../../contract/directive-answer.ts';
import { COURSE_CALLS, DRAFT_CALLS } from '../../../contract/directives.ts';
import { commandId } from '../../../command/identity.ts';
import { endByOffice } from '../../../command/directive/directive.ts';
import { storeDirective } from '../../../command/directive/storing.ts';
import { findDirective, findRequest } from '../../../db/queries/directive.ts';
import { lockDirective } from '../../../db/queries/directive-writing.ts';
import { isRefusal } from '../../../domain/failure.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { officeOf } from '../../access/directive-access.ts';
import { answerOf } from '../../views/directive-answer.ts';
import { Refused, refused } from '../../errors.ts';
import { idempotencyKey, once } from '../../once.ts';
import { withWarnings, type TakenIn } from '../../preparing.ts';
import { prepareFor } from '../../../command/directive/preparing.ts';
import type { Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';

export function directiveCourseRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, DRAFT_CALLS.issue, async ({ req }) => {
    const { id } = (await officeOf(deps, req)).directive;
    const reply = await once(pool, req, {
      work: async (tx) => {
        // Another request that sends the same draft out, changes it or throws it away waits here.
        await lockDirective(tx, id);
        const current = await findDirective(tx, id);
        if (current?.phase !== 'draft') throw refused('NOT_A_DRAFT');
        const stored = await findRequest(tx, id);
        if (!stored) throw refused('NOT_FOUND');
        const { prepared, issuedAt, warnings } = await prepareFor(deps, actorOf(req).person, stored, id);
        const refusal = await storeDirective(tx, prepared, {
          actor: actorOf(req),
          issuedAt,
          isDraftKept: true,
          ...(deps.deskLimit === undefined ? {} : { deskLimit: deps.deskLimit }),
        });
        if (refusal) throw new Refused(refusal);
        return { status: 200, kept: { id, warnings } };
      },
      present: (db, kept: TakenIn) => withWarnings(req, kept, (given) => answerOf(deps, db, given)),
    });
    deps.nudge([id]);
    return reply;
  });

  async function end(
    kind: 'cancel' | 'close',
    req: Request,
    textOf: () => string | null,
  ): Promise<Reply<DirectiveAnswer>> {
    const receivedMs = deps.now();
    const actor = actorOf(req);
    const { id } = (await officeOf(deps, req)).directive;
    const text = textOf();
    let nudges: string[] = [];
    const reply = await once(pool, req, {
      work: async (tx) => {
        const command = commandId(actor.person, idempotencyKey(req) ?? randomUUID(), 0);
        const ended = await endByOffice(tx, deps.sources, { id, kind, text, actor, receivedMs, command });
        if (isRefusal(ended)) throw new Refused(ended);
        ({ nudges } = ended);
        return { status: 200, kept: id };
      },
      present: (db, kept) => answerOf(deps, db, kept),
    });
    deps.nudge(nudges);
    return reply;
  }
  serve(router, COURSE_CALLS.cancel, ({ req, body }) => end('cancel', req, () => body().reason));
  serve(router, COURSE_CALLS.close, ({ req, body }) => end('close', req, () => body.note ?? null));

  return router;
}

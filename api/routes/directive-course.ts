// A directive's course: its draft sent out, the whole cancelled or closed by its office (api.md §4).
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { commandId } from '../../command/identity.ts';
import { endByOffice } from '../../command/directive/directive.ts';
import { storeDirective } from '../../command/directive/storing.ts';
import { findDirective, findRequest } from '../../db/queries/directive.ts';
import { lockDirective } from '../../db/queries/directive-writing.ts';
import { CancelDirective, CloseDirective } from '../../domain/directive/directive.ts';
import { isRefusal, refuseFaults } from '../../domain/failure.ts';
import { actorOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { officeOf } from '../access/directive-access.ts';
import { answerOf, DirectiveAnswer } from '../views/directive-answer.ts';
import { Refused, refused } from '../errors.ts';
import { idempotencyKey, once } from '../once.ts';
import { describe } from '../openapi.ts';
import { parseEnvelope } from '../parse.ts';
import { prepareFor, withWarnings, type TakenIn } from '../preparing.ts';

describe({
  method: 'post',
  path: '/directives/{id}/issue',
  tag: 'directives',
  summary: 'A draft goes out',
  answer: DirectiveAnswer,
});
describe({
  method: 'post',
  path: '/directives/{id}/cancel',
  tag: 'directives',
  summary: 'Cancels it and all below',
  body: CancelDirective,
  answer: DirectiveAnswer,
});
describe({
  method: 'post',
  path: '/directives/{id}/close',
  tag: 'directives',
  summary: 'Closes it: what is in passes, what is not is missing',
  body: CloseDirective,
  answer: DirectiveAnswer,
});

export function directiveCourseRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  router.post('/directives/:id/issue', json(), async (req, res) => {
    parseEnvelope(z.strictObject({}), req.body);
    const { id } = (await officeOf(deps, req)).directive;
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        // Whoever else sends the same draft out, changes it or throws it away waits here.
        await lockDirective(tx, id);
        const current = await findDirective(tx, id);
        if (current?.phase !== 'draft') throw refused('NOT_A_DRAFT');
        const stored = await findRequest(tx, id);
        if (!stored) throw refused('NOT_FOUND');
        const { prepared, issuedAt, warnings } = await prepareFor(deps, req, stored, id);
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
    res.status(status).json(body);
  });

  const ends = (kind: 'cancel' | 'close', read: (body: unknown) => string | null): void => {
    router.post(`/directives/:id/${kind}`, json(), async (req, res) => {
      const text = read(req.body);
      const receivedMs = deps.now();
      const actor = actorOf(req);
      const { id } = (await officeOf(deps, req)).directive;
      let nudges: string[] = [];
      const { status, body } = await once(pool, req, {
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
      res.status(status).json(body);
    });
  };
  ends('cancel', (body) => reasonOf(body));
  ends('close', (body) => parseEnvelope(CloseDirective, body).note ?? null);

  return router;
}

/** A cancellation without a reason is content that is wrong, not an envelope. */
function reasonOf(body: unknown): string {
  const { reason } = parseEnvelope(z.strictObject({ reason: z.string().max(2000).optional() }), body);
  if (!reason?.trim()) throw new Refused(refuseFaults([{ path: 'reason', code: 'REQUIRED' }]));
  return reason.trim();
}

// All who owe below a node, urged at once by whoever holds it or stands above it; or in a whole directive, by its office.
import { Router } from 'express';
import { z } from 'zod';
import { directiveOf } from '../../command/terms.ts';
import { findDirective } from '../../db/queries/directive.ts';
import { relate } from '../../domain/assignment/access.ts';
import { COMMANDS } from '../../domain/assignment/command.ts';
import { mayUrgeBelow, urgesNobody } from '../../domain/assignment/urging.ts';
import { refuse } from '../../domain/failure.ts';
import { actorOf } from '../access/authenticate.ts';
import { officeOf } from '../access/directive-access.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { forbidden } from '../errors.ts';
import { describe, named } from '../openapi.ts';
import { parseEnvelope } from '../parse.ts';
import { urgeOwing } from '../reporting/urging-all.ts';
import { carried } from '../views/assignment-view.ts';
import { answerOf, DirectiveAnswer } from '../views/directive-answer.ts';
import { namedIn, readLedger, seenRow, viewOne } from '../views/reading.ts';
import { AssignmentAnswer } from './assignments.ts';

/** As `urge` itself takes it. */
export const UrgeBody = COMMANDS.urge;
/** How many assignments were urged, and how many people told: each once. */
export const UrgedAnswer = named('Urged', z.object({ assignments: z.int(), people: z.int() }));

describe({
  method: 'post',
  path: '/assignments/{id}/urge-below',
  tag: 'assignments',
  summary: 'Urges all who owe below it, one notice a person',
  body: UrgeBody,
  answer: z.object({ assignment: AssignmentAnswer, urged: UrgedAnswer }),
});

describe({
  method: 'post',
  path: '/directives/{id}/urge',
  tag: 'directives',
  summary: 'Urges all who owe in it, one notice a person',
  body: UrgeBody,
  answer: z.object({ directive: DirectiveAnswer, urged: UrgedAnswer }),
});

export function urgingRouter(deps: RouteDeps): Router {
  const router = Router();

  router.post('/assignments/:id/urge-below', json(), async (req, res) => {
    const { note } = parseEnvelope(UrgeBody, req.body);
    const place = namedIn(req);
    const actor = actorOf(req);
    const ledger = await readLedger(deps, deps.pool, [place]);
    const row = seenRow(ledger, place.id, actor, deps.now());
    if (!mayUrgeBelow(relate(ledger.directory, actor.person, ledger.standingOf(row), deps.now())))
      throw forbidden();
    const urged = await urgeOwing(deps, req, {
      directive: place.directive,
      under: place.id,
      office: ledger.directiveOf(row).terms.office,
      note,
      check: async (tx) => {
        const fresh = await readLedger(deps, tx, [place]);
        const found = fresh.rows.get(place.id);
        if (!found) return refuse('NOT_FOUND');
        const directive = directiveOf(fresh.directiveOf(found));
        return urgesNobody(carried({ ledger: fresh }, found), { directive, received: deps.now() });
      },
    });
    res.json({ assignment: await viewOne(deps, req, place), urged });
  });

  router.post('/directives/:id/urge', json(), async (req, res) => {
    const { note } = parseEnvelope(UrgeBody, req.body);
    const { directive } = await officeOf(deps, req);
    const { id, office } = directive;
    const urged = await urgeOwing(deps, req, {
      directive: id,
      under: null,
      office,
      note,
      check: async (tx) => {
        const now = await findDirective(tx, id);
        switch (now?.phase) {
          case undefined:
            return refuse('NOT_FOUND');
          case 'draft':
            return refuse('NOT_ISSUED');
          case 'closed':
            return refuse('DIRECTIVE_CLOSED');
          case 'cancelled':
            return refuse('DIRECTIVE_CANCELLED');
          case 'issuing':
          case 'open':
            return null;
        }
      },
    });
    res.json({ directive: await answerOf(deps, deps.pool, id), urged });
  });

  return router;
}

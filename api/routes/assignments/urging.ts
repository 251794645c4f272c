// All units that owe below a node, urged at once by its holder or a place above it; or in a whole directive, by its office.
import { Router } from 'express';
import { URGING_CALLS } from '../../../contract/urging.ts';
import { directiveOf } from '../../../reading/terms.ts';
import { findDirective } from '../../../db/queries/directive.ts';
import { grantsOfRelation } from '../../../domain/access/grant.ts';
import { relate } from '../../../domain/access/relation.ts';
import { urgesNobody } from '../../../domain/assignment/urging.ts';
import { refuse } from '../../../domain/failure.ts';
import { actorOf } from '../../access/authenticate.ts';
import { officeOf } from '../../access/directive-access.ts';
import { demandRight } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { serve } from '../../serve.ts';
import { urgeOwing } from '../../urging-all.ts';
import { carried } from '../../views/assignment-view.ts';
import { answerOf } from '../../views/directive-answer.ts';
import { namedIn, viewOne } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';

export function urgingRouter(deps: RouteDeps): Router {
  const router = Router();

  serve(router, URGING_CALLS.below, async ({ req, body: { note } }) => {
    const place = namedIn(req);
    const actor = actorOf(req);
    const snapshot = await readSnapshot(deps, deps.pool, [place]);
    const row = seenRow(snapshot, place.id, actor, deps.now());
    const relation = relate(snapshot.directory, actor.person, snapshot.standingOf(row), deps.now());
    demandRight(URGING_CALLS.below, grantsOfRelation(relation));
    const urged = await urgeOwing(deps, req, {
      directive: place.directive,
      under: place.id,
      office: snapshot.directiveOf(row).terms.office,
      note,
      check: async (tx) => {
        const fresh = await readSnapshot(deps, tx, [place]);
        const found = fresh.rows.get(place.id);
        if (!found) return refuse('NOT_FOUND');
        const directive = directiveOf(fresh.directiveOf(found));
        return urgesNobody(carried({ snapshot: fresh }, found), { directive, received: deps.now() });
      },
    });
    return { assignment: await viewOne(deps, req, place), urged };
  });

  serve(router, URGING_CALLS.all, async ({ req, body: { note } }) => {
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
    return { directive: await answerOf(deps, deps.pool, id), urged };
  });

  return router;
}

// The calls that answer a whole screen at once: what I owe, and one assignment.
import { Router } from 'express';
import { z } from 'zod';
import { ASSIGNMENT_PAGE_CALLS } from '../../../contract/assignment-page.ts';
import { WORK_CALLS } from '../../../contract/work.ts';
import { NODE_CALLS } from '../../../contract/nodes.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf } from '../../errors.ts';
import { readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { assignmentPage } from '../../views/assignment-page.ts';
import { namedIn } from '../../views/reading.ts';
import { nodesView, receiversView } from '../../views/nodes-view.ts';
import { reviewView } from '../../views/review-view.ts';
import { workView } from '../../views/work-view.ts';

export function screensRouter(deps: RouteDeps): Router {
  const router = Router();
  serve(router, WORK_CALLS.mine, ({ req, query }) => workView(deps, actorOf(req), query.limit));
  serve(router, ASSIGNMENT_PAGE_CALLS.read, ({ req }) =>
    assignmentPage(deps, actorOf(req), namedIn(req), languageOf(req)),
  );
  serve(router, NODE_CALLS.mine, ({ req }) => nodesView(deps, req));
  serve(router, NODE_CALLS.receivers, ({ req, query }) =>
    receiversView(deps, req, query, readCursor(z.string().max(300), query.cursor)),
  );
  serve(router, NODE_CALLS.review, async ({ req, query }) => ({
    items: await reviewView(deps, req, query),
    nextCursor: null,
  }));
  return router;
}

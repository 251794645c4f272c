// The signed-in person, as every screen asks for them.
import { Router } from 'express';
import { SESSION_CALLS } from '../../../contract/session.ts';
import type { RouteDeps } from '../../deps.ts';
import { serve } from '../../serve.ts';
import { meView } from '../../views/me-view.ts';

export function meRouter(deps: RouteDeps): Router {
  const router = Router();
  serve(router, SESSION_CALLS.me, ({ req }) => meView(deps, req));
  return router;
}

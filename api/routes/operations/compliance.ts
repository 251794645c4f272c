// What is held about people and for how long, by the present settings, and what was deleted lately.
import { Router } from 'express';
import { COMPLIANCE_CALLS } from '../../../contract/compliance.ts';
import { listPruned } from '../../../db/queries/pruned.ts';
import { COLLECTED, NOT_COLLECTED } from '../../../domain/audit/compliance.ts';
import type { RouteDeps } from '../../deps.ts';
import { serve } from '../../serve.ts';

const SHOWN_DAYS = 30;

export function complianceRouter({ pool, retention }: RouteDeps): Router {
  const router = Router();
  const collected = Object.entries(COLLECTED).map(([kind, { what, kept, setting, days }]) => ({
    kind,
    what,
    kept,
    keptDays: days(retention),
    setting,
  }));
  const notCollected = Object.entries(NOT_COLLECTED).map(([kind, what]) => ({ kind, what }));
  serve(router, COMPLIANCE_CALLS.read, async () => ({
    collected,
    notCollected,
    deleted: await listPruned(pool, SHOWN_DAYS),
  }));
  return router;
}

// How the reader wants to be told: channels, quiet hours, digests.
import { Router } from 'express';
import { inTransaction } from '../../../db/pool.ts';
import { findPreferences, savePreferences } from '../../../db/queries/preference.ts';
import { PREFERENCE_CALLS } from '../../../contract/preferences.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { serve } from '../../serve.ts';

export function preferencesRouter({ pool }: RouteDeps): Router {
  const router = Router();

  serve(router, PREFERENCE_CALLS.read, ({ req }) => findPreferences(pool, actorOf(req).person));

  serve(router, PREFERENCE_CALLS.put, async ({ req, body }) => {
    const preferences = body();
    await inTransaction(pool, (tx) => savePreferences(tx, actorOf(req).person, preferences));
    return preferences;
  });

  return router;
}

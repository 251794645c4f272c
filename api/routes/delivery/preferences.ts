// How the reader wants to be told (channels, quiet hours, digests), and where they land.
import { Router } from 'express';
import { inTransaction } from '../../../db/pool.ts';
import {
  findPinnedLanding,
  findPreferences,
  pinLanding,
  savePreferences,
} from '../../../db/queries/preference.ts';
import { PREFERENCE_CALLS } from '../../../contract/preferences.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { serve } from '../../serve.ts';

export function preferencesRouter({ pool }: RouteDeps): Router {
  const router = Router();

  serve(router, PREFERENCE_CALLS.read, async ({ req }) => {
    const { person } = actorOf(req);
    return { ...(await findPreferences(pool, person)), landing: await findPinnedLanding(pool, person) };
  });

  serve(router, PREFERENCE_CALLS.put, async ({ req, body }) => {
    const { landing, ...preferences } = body();
    const { person } = actorOf(req);
    await inTransaction(pool, async (tx) => {
      await savePreferences(tx, person, preferences);
      await pinLanding(tx, person, landing);
    });
    return { ...preferences, landing };
  });

  return router;
}

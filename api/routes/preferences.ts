// How the reader wants to be told: channels, quiet hours, digests.
import { Router } from 'express';
import { inTransaction } from '../../db/pool.ts';
import { findPreferences, savePreferences } from '../../db/queries/preference.ts';
import { Preferences } from '../../domain/delivery/preferences.ts';
import { actorOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { describe, named } from '../openapi.ts';
import { parseDocument } from '../parse.ts';

named('Preferences', Preferences);

const tag = 'notifications';
describe({
  method: 'get',
  path: '/me/preferences',
  tag,
  summary: 'How you want to be told outside of the application',
  answer: Preferences,
});
describe({
  method: 'put',
  path: '/me/preferences',
  tag,
  summary: 'Says it anew; what is left out is as usual',
  body: Preferences,
  answer: Preferences,
});

export function preferencesRouter({ pool }: RouteDeps): Router {
  const router = Router();

  router.get('/me/preferences', async (req, res) => {
    res.json(await findPreferences(pool, actorOf(req).person));
  });

  router.put('/me/preferences', json(), async (req, res) => {
    const preferences = parseDocument(Preferences, req.body);
    await inTransaction(pool, (tx) => savePreferences(tx, actorOf(req).person, preferences));
    res.json(preferences);
  });

  return router;
}

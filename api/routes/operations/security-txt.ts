// Whom to tell of a weakness (RFC 9116), where the operator has named somebody.
import { Router } from 'express';
import { toIso } from '../../../domain/instant.ts';
import type { RouteDeps } from '../../deps.ts';

/** Shorter than the year the RFC recommends at most; each answer counts anew, so an installation that is kept is never expired. */
const GOOD_FOR_MS = 180 * 86_400_000;

export function securityTxtRouter(deps: RouteDeps): Router {
  const { securityContact, publicUrl } = deps;
  const router = Router();
  if (securityContact === undefined || securityContact === null) return router;
  router.get('/.well-known/security.txt', (_req, res) => {
    const lines = [
      `Contact: ${securityContact}`,
      `Expires: ${toIso(deps.now() + GOOD_FOR_MS)}`,
      'Preferred-Languages: zh, en',
      ...(publicUrl?.startsWith('https:') === true
        ? [`Canonical: ${publicUrl.replace(/\/+$/, '')}/.well-known/security.txt`]
        : []),
    ];
    res.type('text/plain').send(`${lines.join('\n')}\n`);
  });
  return router;
}

// Who did something, with what and from where, as the installation's own log keeps it.
import type { Request } from 'express';
import { addressOf } from '../address.ts';
import type { SecurityOrigin } from '../../domain/audit/security-event.ts';

/** Of a request whose actor is known, or of one that signs in: `person` is who that turned out to be. */
export const originOf = (req: Request, person: string | null = null): SecurityOrigin => ({
  actor: req.actor?.person ?? person,
  token: req.actor?.token ?? null,
  address: addressOf(req) || null,
});

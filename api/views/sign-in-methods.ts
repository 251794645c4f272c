// How one signs in here: for the call and for the page that is painted, alike.
import type { z } from 'zod';
import type { SESSION_CALLS } from '../../contract/session.ts';
import type { RouteDeps } from '../deps.ts';
import { OIDC_PATH } from '../oidc/oidc-config.ts';

type SignInMethods = z.output<(typeof SESSION_CALLS.methods.answers)[200]>;

export const signInMethods = ({ oidc }: Pick<RouteDeps, 'oidc'>): SignInMethods => ({
  password: true,
  oidc: oidc ? { name: oidc.name, url: OIDC_PATH } : null,
});

// The signed-in person: who they are, where they work, what they may do, and where they land (api.md §3).
import type { Request } from 'express';
import type { MeAnswer } from '../../contract/session.ts';
import { findAccount } from '../../db/queries/account.ts';
import { findInstallationName } from '../../db/queries/installation.ts';
import { findPerson, listPosts } from '../../db/queries/organisation-list.ts';
import { findPinnedLanding } from '../../db/queries/preference.ts';
import { toIso } from '../../domain/instant.ts';
import { hasRole, officesOf } from '../../domain/organisation/organisation.ts';
import { readsEverything } from '../../reading/gate.ts';
import { findLanding, rolesHeld } from '../../reading/roles-held.ts';
import { signInOf } from '../access/authenticate.ts';
import { viewerOf } from '../access/viewer.ts';
import { csrfOf } from '../../command/account/secret.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { personItem, postItem } from './organisation-view.ts';

/** More posts than one person holds. */
const MAX_POSTS = 500;

/** Read by the call and by the page that is painted, alike. */
export async function meView(deps: RouteDeps, req: Request): Promise<MeAnswer> {
  const { pool } = deps;
  const viewer = await viewerOf(deps, req);
  const { person: id, directory, now } = viewer;
  const person = await findPerson(pool, id);
  if (person === null) throw refused('NOT_FOUND');
  const filter = { unit: null, taskForce: null, person: id };
  const posts = await listPosts(pool, filter, { after: null, limit: MAX_POSTS });
  const account = await findAccount(pool, id);
  const pinned = await findPinnedLanding(pool, id);
  const { secret, byCookie, session } = signInOf(req);
  return {
    person: personItem(person),
    posts: posts.map(postItem),
    roles: rolesHeld(viewer, posts),
    may: {
      administer: hasRole(directory, id, 'administrator', now),
      readAll: readsEverything(viewer),
      issueFor: [...new Set(officesOf(directory, id, now))],
      mustChangePassword: account?.mustChange ?? false,
    },
    landing: pinned ?? (await findLanding(pool, viewer, posts)),
    installation: { name: await findInstallationName(pool) },
    csrf: byCookie ? csrfOf(secret) : null,
    now: toIso(now),
    session: session === null ? null : { expiresAt: toIso(session.endsAt) },
  };
}

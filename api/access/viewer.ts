// The person who asks, in the organisation of this moment: all that decides what they may read or do.
import type { Request } from 'express';
import type { DirectorySource } from '../../db/directory.ts';
import type { Pool } from '../../db/pool.ts';
import type { Millis } from '../../domain/instant.ts';
import type { Viewer } from '../../reading/gate.ts';
import { actorOf } from './authenticate.ts';

/** The dependencies of `viewerOf`: the organisation, as it is now. */
export type ViewerDeps = { pool: Pool; directory: DirectorySource; now(): Millis };

export async function viewerOf(deps: ViewerDeps, req: Request): Promise<Viewer> {
  const directory = await deps.directory.current(deps.pool);
  return { directory, person: actorOf(req).person, now: deps.now() };
}

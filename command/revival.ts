// Desks that ended with something left to do, as versions before could end one, are found and turn again.
import { findEndedEarly, reviveDesks } from '../db/queries/desk-watch.ts';
import type { Pool } from '../db/pool.ts';

/** Rows looked at in one round of the sentinel: some milliseconds. */
const DESKS_A_SLICE = 500;
/** After all have been looked at: none should ever be found. */
const REST_MS = 300_000;
/** A desk may end some seconds before its node is settled above; only what stays so is a fault. */
const RESTED_MS = 600_000;

/** Each call looks at the next slice of all desks, and answers those that turn again. The sentinel nudges them. */
export function createReviver(
  pool: Pool,
  { restMs = REST_MS, restedMs = RESTED_MS }: { restMs?: number; restedMs?: number } = {},
): () => Promise<string[]> {
  let after = '';
  let restsUntilMs = 0;
  return async () => {
    if (performance.now() < restsUntilMs) return [];
    const { last, ids, isEnd } = await findEndedEarly(pool, { after, limit: DESKS_A_SLICE, restedMs });
    after = isEnd ? '' : (last ?? '');
    if (isEnd) restsUntilMs = performance.now() + restMs;
    return ids.length === 0 ? [] : reviveDesks(pool, ids);
  };
}

// Deletes what ends by itself, and tells once a day in the log of the installation how much was deleted of what.
import { inTransaction, type Pool } from '../db/pool.ts';
import { addPruned, takePrunedDays } from '../db/queries/pruned.ts';
import { sweepSessions, type SessionLimits } from '../db/queries/session.ts';
import { recordSecurity, type SecurityEntry } from './security/record-security.ts';

/** Sessions that have ended are of no use already; this is soon enough for a daily count. */
const REST_MS = 600_000;
const AT_THE_MACHINE = { actor: null, token: null, address: null } as const;

/** Each call does nothing until it has rested; of several workers the sentinel's lock lets one call. */
export function createRetention(
  pool: Pool,
  sessions: SessionLimits,
  { restMs = REST_MS }: { restMs?: number } = {},
): () => Promise<void> {
  let restsUntilMs = 0;
  return async () => {
    if (performance.now() < restsUntilMs) return;
    await inTransaction(pool, async (tx) => {
      await addPruned(tx, 'sessions', await sweepSessions(tx, sessions));
      const gone = new Map<string, Record<string, number>>();
      for (const row of await takePrunedDays(tx))
        gone.set(row.day, { ...gone.get(row.day), [row.kind]: row.gone });
      const entries = [...gone].map(([day, kinds]): SecurityEntry => ({
        ...AT_THE_MACHINE,
        type: 'pruned',
        data: { day, gone: kinds },
      }));
      await recordSecurity(tx, ...entries);
    });
    restsUntilMs = performance.now() + restMs;
  };
}

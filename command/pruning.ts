// Keeps rows outside the record only as long as an office wants: the sentinel prunes a bounded slice at a time.
import { inTransaction, type Pool } from '../db/pool.ts';
import { addPruned } from '../db/queries/pruned.ts';
import { pruneDeliveries, pruneNotices, prunePlans } from '../db/queries/pruning.ts';
import { DAY_MS } from '../domain/instant.ts';

/** For how long each kind is kept, in milliseconds; null for ever. */
export type KeptFor = { notices: number | null; deliveries: number | null; plans: number | null };
export type Pruned = Record<keyof KeptFor, number>;

export const daysMs = (days: number | null): number | null => (days === null ? null : days * DAY_MS);

const PRUNE = { notices: pruneNotices, deliveries: pruneDeliveries, plans: prunePlans } as const;
const KINDS = ['notices', 'deliveries', 'plans'] as const;
/** Rows looked at in one round: some milliseconds. A plan holds up to 2,000 rows itself. */
const ROWS_A_ROUND = { notices: 2_000, deliveries: 2_000, plans: 200 } as const;
/** After a table has been walked to its end. Days are counted; an hour more does not matter. */
const REST_MS = 3_600_000;

/** Each call looks at the next slice of every table, and answers how much of each has gone. */
export function createPruner(
  pool: Pool,
  keptFor: KeptFor,
  { restMs = REST_MS }: { restMs?: number } = {},
): () => Promise<Pruned> {
  const walks = { notices: freshWalk(), deliveries: freshWalk(), plans: freshWalk() };
  return async () => {
    const pruned: Pruned = { notices: 0, deliveries: 0, plans: 0 };
    for (const kind of KINDS) {
      const keptMs = keptFor[kind];
      const walk = walks[kind];
      if (keptMs === null || performance.now() < walk.restsUntilMs) continue;
      const slice = await inTransaction(pool, async (tx) => {
        const found = await PRUNE[kind](tx, { after: walk.after, keptMs, limit: ROWS_A_ROUND[kind] });
        await addPruned(tx, kind, found.gone);
        return found;
      });
      pruned[kind] = slice.gone;
      walk.after = slice.isEnd ? null : slice.last;
      if (slice.isEnd) walk.restsUntilMs = performance.now() + restMs;
    }
    return pruned;
  };
}

const freshWalk = (): { after: string | null; restsUntilMs: number } => ({ after: null, restsUntilMs: 0 });

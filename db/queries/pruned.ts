// Rows of `pruned`: how much was deleted on which day because it had been kept long enough.
import type { Db, Transaction } from '../pool.ts';

/** Days are those of UTC. */
const TODAY = `(clock_timestamp() at time zone 'utc')::date`;

export type PrunedRow = { day: string; kind: string; gone: number };

/** In the transaction that deletes. */
export async function addPruned(db: Db, kind: string, gone: number): Promise<void> {
  if (gone === 0) return;
  await db.query({
    name: 'pruned/add',
    text: `
      insert into pruned as p (day, kind, gone) values (${TODAY}, $1, $2)
      on conflict (day, kind) do update set gone = p.gone + excluded.gone`,
    values: [kind, gone],
  });
}

/** Days that are over and were not told of yet, now told of. */
export async function takePrunedDays(tx: Transaction): Promise<PrunedRow[]> {
  const { rows } = await tx.query<PrunedRow>({
    name: 'pruned/take',
    text: `
      with told as (
        update pruned set recorded = true where not recorded and day < ${TODAY}
        returning day::text as day, kind, gone)
      select * from told order by day, kind`,
  });
  return rows;
}

/** The newest first. */
export async function listPruned(db: Db, days: number): Promise<PrunedRow[]> {
  const { rows } = await db.query<PrunedRow>({
    name: 'pruned/list',
    text: `
      select day::text as day, kind, gone from pruned
       where day > ${TODAY} - $1::int order by day desc, kind`,
    values: [days],
  });
  return rows;
}

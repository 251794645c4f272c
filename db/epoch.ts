// The record's epoch. It is raised when transaction numbers begin again: on another cluster, or on one restored to an
// earlier time.
import type { Db, Pool, Transaction } from './pool.ts';
import { inTransaction, sqlState } from './pool.ts';

export type Epoch = {
  /** The installation's own mark; a copy of its database keeps it. */
  installation: string;
  epoch: number;
  /** The reason if this call raised it, else null. */
  raised: 'other-cluster' | 'numbers-behind' | 'ordered' | null;
};

/** For the log of the process that raised it. */
export const EPOCH_RAISED =
  'the record is on another cluster, or one brought back: its epoch was raised. Once all processes run, npm run rebuild starts every desk at once';

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Compares the cluster's identity and its transaction numbers with those the record was last written under, and raises
 * the epoch where new events would sort before old ones (design.md §2, order of events). Idempotent; any process may
 * call it at its start. `atLeast` always raises it, to that or higher: a restore knows that it is one.
 */
export async function keepEpoch(pool: Pool, atLeast: number | null = null): Promise<Epoch> {
  const cluster = await findCluster(pool);
  return inTransaction(pool, async (tx) => {
    const now = await lockEpoch(tx);
    const raised = reasonToRaise(now, cluster, atLeast !== null);
    const epoch = raised === null ? now.epoch : Math.max(now.epoch + 1, atLeast ?? 0);
    if (raised !== null || (cluster !== null && cluster !== now.cluster))
      await tx.query({
        name: 'installation/save_epoch',
        text: 'update installation set epoch = $1, cluster = coalesce($2, cluster)',
        values: [epoch, cluster],
      });
    return { installation: now.installation, epoch, raised };
  });
}

type Standing = { installation: string; epoch: number; cluster: string | null; isBehind: boolean };

function reasonToRaise(now: Standing, cluster: string | null, isOrdered: boolean): Epoch['raised'] {
  if (isOrdered) return 'ordered';
  if (now.isBehind) return 'numbers-behind';
  // Without a recorded cluster only the transaction numbers can be compared.
  return now.cluster !== null && cluster !== null && cluster !== now.cluster ? 'other-cluster' : null;
}

/** Locks the installation's row: of two processes that start together, only one raises the epoch. */
async function lockEpoch(tx: Transaction): Promise<Standing> {
  const { rows } = await tx.query<Standing>({
    name: 'installation/lock_epoch',
    text: `
      select i.id as installation, i.epoch, i.cluster,
             coalesce((select tx from event where epoch = i.epoch order by tx desc limit 1) >= pg_current_xact_id(), false)
               or coalesce((select tx from notification where epoch = i.epoch order by tx desc limit 1)
                           >= pg_current_xact_id(), false) as "isBehind"
        from installation i for update of i`,
  });
  if (rows[0] === undefined) throw new Error('the installation has no row: the database is not migrated');
  return rows[0];
}

/** `<system identifier>/<timeline>`; null where this role may not read it. */
async function findCluster(db: Db): Promise<string | null> {
  try {
    const { rows } = await db.query<{ cluster: string }>({
      name: 'installation/find_cluster',
      text: `select system_identifier || '/' || timeline_id as cluster
               from pg_control_system(), pg_control_checkpoint()`,
    });
    return rows[0]?.cluster ?? null;
  } catch (error) {
    if (sqlState(error) === INSUFFICIENT_PRIVILEGE) return null;
    throw error;
  }
}

// Rows of `installation_event`: what was done to the installation itself, such as restores; appended to, never changed.
import type { Db, Transaction } from '../pool.ts';

export type InstallationEventRow = {
  seq: number;
  type: string;
  actor: string | null;
  at: Date;
  data: unknown;
  hash: string;
};

export type LogEnd = { seq: number; hash: string; nowMs: number };

/** The end of the log, and PostgreSQL's clock; the next writer waits until this transaction is over. */
export async function lockInstallationLog(tx: Transaction): Promise<LogEnd> {
  const { rows } = await tx.query<LogEnd>({
    name: 'installation_event/lock',
    text: `
      select log_seq as seq, log_hash as hash,
             floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"
        from installation for update`,
  });
  const [end] = rows;
  if (end === undefined) throw new Error('the installation has no row: the database is not migrated');
  return end;
}

export async function insertInstallationEvent(
  tx: Transaction,
  event: Omit<InstallationEventRow, 'at'> & { at: string },
): Promise<void> {
  await tx.query({
    name: 'installation_event/insert',
    text: `
      with said as (
        insert into installation_event (seq, type, actor, at, data, hash) values ($1, $2, $3, $4, $5, $6))
      update installation set log_seq = $1, log_hash = $6`,
    values: [event.seq, event.type, event.actor, event.at, JSON.stringify(event.data), event.hash],
  });
}

/** Oldest first; `after` is the last number already shown. */
export async function listInstallationEvents(
  db: Db,
  after: number | null,
  limit: number,
): Promise<InstallationEventRow[]> {
  const { rows } = await db.query<InstallationEventRow>({
    name: 'installation_event/list',
    text: `
      select seq, type, actor, at, data, hash
        from installation_event
       where seq > coalesce($1, 0)
       order by seq
       limit $2`,
    values: [after, limit],
  });
  return rows;
}

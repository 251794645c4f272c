// The one row of `installation`, with PostgreSQL's clock.
import type { Db, Transaction } from '../pool.ts';

export type InstallationRow = {
  epoch: number;
  organisationVersion: number;
  routingVersion: number;
  /** Whether rows of assignments are written narrow; processes of the previous release cannot read those. */
  isNarrow: boolean;
  nowMs: number;
};

export async function loadInstallation(db: Db): Promise<InstallationRow> {
  const { rows } = await db.query<InstallationRow>({
    name: 'installation/load',
    text: `select epoch, organisation_version as "organisationVersion",
                  routing_version as "routingVersion", narrow_from <= clock_timestamp() as "isNarrow",
                  floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs" from installation`,
  });
  const [installation] = rows;
  if (!installation) throw new Error('the installation has no row: the database is not migrated');
  return installation;
}

/** The installation's own id, which a backup and a copy keep. */
export async function findInstallationId(db: Db): Promise<string> {
  const { rows } = await db.query<{ id: string }>({
    name: 'installation/find_id',
    text: 'select id::text as id from installation',
  });
  if (rows[0] === undefined) throw new Error('the installation has no row: the database is not migrated');
  return rows[0].id;
}

/** PostgreSQL's clock in epoch milliseconds. */
export async function readClock(db: Db): Promise<number> {
  const { rows } = await db.query<{ ms: number }>({
    name: 'installation/clock',
    text: 'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
  });
  return rows[0]?.ms ?? Date.now();
}

/** In the transaction that changes something the routing of notices depends on. */
export async function raiseRoutingVersion(tx: Transaction): Promise<void> {
  await tx.query({
    name: 'installation/raise_routing_version',
    text: 'update installation set routing_version = routing_version + 1',
  });
}

/** The first migration whose programs read narrow rows. */
const READS_NARROW = 27;

/** Once rows are written narrow, no older program may start any more. */
export async function raiseLeastSchema(db: Db): Promise<void> {
  await db.query({
    name: 'installation/raise_least_schema',
    text: `update installation set least_schema = $1 where least_schema < $1 and narrow_from <= clock_timestamp()`,
    values: [READS_NARROW],
  });
}

/** The name of the organisation; null before one is given. */
export async function findInstallationName(db: Db): Promise<string | null> {
  const { rows } = await db.query<{ name: string | null }>({
    name: 'installation/name',
    text: 'select name from installation',
  });
  return rows[0]?.name ?? null;
}

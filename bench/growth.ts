// How much a unit adds: bytes of every table and index, write-ahead log, and how many updates left the indexes alone.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

type Relation = { name: string; of: string; bytes: number };
type Reading = { relations: Map<string, Relation>; walBytes: number; imageBytes: number };

/** For one part of the run: bytes written to the log, with whole pages (after a checkpoint) apart. */
export type Logged = { walBytes: number; imageBytes: number };
export type Growth = {
  /** By relation, largest first; those that have not grown are left out. */
  relations: Relation[];
  goingOut: Logged;
  comingBack: Logged;
  /** For each table: rows changed, and how many of the changes touched no index. */
  updates: { table: string; updates: number; hot: number }[];
};

const RELATIONS = `
  select c.relname as name, coalesce(t.relname, c.relname) as of,
         case when c.relkind = 'r' then pg_table_size(c.oid) else pg_relation_size(c.oid) end::float8 as bytes
    from pg_class c
    left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')`;

async function read(client: pg.Client): Promise<Reading> {
  const { rows } = await client.query<Relation>(RELATIONS);
  // WAL of other processes becomes visible in the statistics a moment later; the position does at once.
  const { rows: logs } = await client.query<{ wal: number; images: number }>(
    `select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 as wal,
            (select wal_fpi from pg_stat_wal)::float8 as images`,
  );
  return {
    relations: new Map(rows.map((row) => [row.name, row])),
    walBytes: logs[0]?.wal ?? 0,
    imageBytes: (logs[0]?.images ?? 0) * 8192,
  };
}

const between = (from: Reading, to: Reading): Logged => ({
  walBytes: to.walBytes - from.walBytes,
  imageBytes: to.imageBytes - from.imageBytes,
});

/** Begins with a checkpoint, so that every run writes the same whole pages; `isOut` comes between the two parts. */
export async function watchGrowth(
  databaseUrl: string,
): Promise<{ isOut(): Promise<void>; end(): Promise<Growth> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  // The holders of all posts are written down once after an import, and by no unit.
  const known = 'select from installation where hands_version = organisation_version';
  while ((await client.query(known)).rowCount === 0) await pause(200);
  await client.query('checkpoint');
  const before = await read(client);
  let out = before;
  return {
    isOut: async () => {
      out = await read(client);
    },
    end: async () => {
      const after = await read(client);
      const { rows } = await client.query<{ table: string; updates: number; hot: number }>(`
        select relname as table, n_tup_upd::int as updates, n_tup_hot_upd::int as hot
          from pg_stat_user_tables where n_tup_upd > 100 order by n_tup_upd desc`);
      await client.end();
      return {
        relations: [...after.relations.values()]
          .map((relation) => ({
            ...relation,
            bytes: relation.bytes - (before.relations.get(relation.name)?.bytes ?? 0),
          }))
          .filter(({ bytes }) => bytes > 0)
          .sort((a, b) => b.bytes - a.bytes),
        goingOut: between(before, out),
        comingBack: between(out, after),
        updates: rows,
      };
    },
  };
}

export function printGrowth(growth: Growth, units: number): void {
  const perUnit = (bytes: number): string => Math.round(bytes / units).toLocaleString('en');
  const totals = new Map<string, number>();
  for (const { of, bytes } of growth.relations) totals.set(of, (totals.get(of) ?? 0) + bytes);
  const all = [...totals.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`bytes a unit: ${perUnit(all)}`);
  for (const [table, total] of [...totals].sort(([, a], [, b]) => b - a)) {
    if (total / units < 1) continue;
    const parts = growth.relations
      .filter(({ of }) => of === table)
      .map(({ name, bytes }) => `${name === table ? 'rows' : name} ${perUnit(bytes)}`);
    console.log(`  ${table} ${perUnit(total)}: ${parts.join(', ')}`);
  }
  const { goingOut, comingBack } = growth;
  const log = (name: string, { walBytes, imageBytes }: Logged): void => {
    console.log(`${name}: ${perUnit(walBytes)}, of it whole pages at most ${perUnit(imageBytes)}`);
  };
  log('write-ahead log a unit, going out', goingOut);
  log('write-ahead log a unit, coming back', comingBack);
  log('write-ahead log a unit', {
    walBytes: goingOut.walBytes + comingBack.walBytes,
    imageBytes: goingOut.imageBytes + comingBack.imageBytes,
  });
  for (const { table, updates, hot } of growth.updates)
    console.log(`${table}: ${updates} updates, ${hot} left the indexes alone`);
}

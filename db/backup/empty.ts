// The database a backup is restored into: whether it is empty, whether anybody uses it, and how it is emptied.
import pg from 'pg';

export type RestoreTarget = {
  /** Tables in the schema `public`, ours or anybody's. */
  tables: number;
  directives: number;
  /** Names of other processes of an installation that are connected. */
  users: string[];
};

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'zhuanban-restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export const lookAtTarget = (databaseUrl: string): Promise<RestoreTarget> =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ tables: number; known: boolean; users: string[] }>(
      `select (select count(*)::int from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')) as tables,
              to_regclass('public.directive') is not null as known,
              array(select distinct application_name from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()
                       and application_name like 'zhuanban-%' order by 1) as users`,
    );
    const { tables, known, users } = rows[0] ?? { tables: 0, known: false, users: [] };
    const counted = known
      ? (await client.query<{ n: number }>('select count(*)::int as n from directive')).rows[0]
      : undefined;
    return { tables, directives: counted?.n ?? 0, users };
  });

/** Drops every table, sequence and function of the schema `public` that no extension owns. */
export const emptyTarget = (databaseUrl: string): Promise<void> =>
  withClient(databaseUrl, async (client) => {
    await client.query(`
      do $$
      declare each record;
      begin
        for each in select c.oid::regclass as name from pg_class c
                     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') loop
          execute format('drop table if exists %s cascade', each.name);
        end loop;
        for each in select c.oid::regclass as name from pg_class c
                     where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
                       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') loop
          execute format('drop sequence if exists %s cascade', each.name);
        end loop;
        for each in select p.oid::regprocedure as name from pg_proc p
                     where p.pronamespace = 'public'::regnamespace
                       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
          execute format('drop function if exists %s cascade', each.name);
        end loop;
      end $$`);
  });

// The notices of escalations in the database: how many, by how many statements, and how late each can be read.
import pg from 'pg';

export type Notices = {
  notices: number;
  /** Each transaction of the clockwork writes all its notices by one statement. */
  statements: number;
  /** From the due time until the notice was written, and so could be read; the clockwork's second included. */
  p99Ms: number;
};

export async function countNotices(databaseUrl: string, directive: string, dueMs: number): Promise<Notices> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Notices>(
      `select count(*)::int as notices, count(distinct tx)::int as statements,
              coalesce(percentile_cont(0.99) within group (order by extract(epoch from at) * 1000 - $2), 0)::float8 as "p99Ms"
         from notification where directive = $1 and type = 'escalated'`,
      [directive, dueMs],
    );
    return rows[0] ?? { notices: 0, statements: 0, p99Ms: 0 };
  } finally {
    await client.end();
  }
}

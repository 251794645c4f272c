// Rows of `verdict`: the first answer to a request that must not be carried out twice (api.md §2, Idempotency-Key).
import type { Db } from '../pool.ts';

export type VerdictRow = { id: string; request: string; status: number; code: string | null; body: unknown };

/**
 * The part of its request's id that a row is found by: 128 bits of a hash are as unique as 256 here, and take half the
 * place in row and index. The release before wrote the whole id, so for their 24 hours both are looked up.
 */
export const verdictKey = (id: string): string => id.slice(0, 32);

/** Locks the id until the transaction ends; a second request with the same id waits. */
export async function lockVerdict(db: Db, id: string): Promise<void> {
  await db.query({
    name: 'verdict/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('verdict/' || $1, 0))`,
    values: [id],
  });
}

/** The first answer of the last 24 hours, or null. */
export async function findVerdict(db: Db, id: string): Promise<VerdictRow | null> {
  const { rows } = await db.query<VerdictRow>({
    name: 'verdict/find',
    text: `
      select $1 as id, request, status, code, body
        from verdict
       where id in ($1, $2)
         and at > now() - interval '24 hours'
       order by at limit 1`,
    values: [id, verdictKey(id)],
  });
  return rows[0] ?? null;
}

/** Under `lockVerdict`: replaces only a verdict that `findVerdict` no longer shows. */
export async function insertVerdict(db: Db, verdict: VerdictRow): Promise<void> {
  await db.query({
    name: 'verdict/insert',
    text: `
      insert into verdict (id, request, status, code, body)
      values ($1, $2, $3, $4, $5)
      on conflict (id) do update
         set request = excluded.request, status = excluded.status, code = excluded.code,
             body = excluded.body, at = now()`,
    values: [
      verdictKey(verdict.id),
      verdict.request,
      verdict.status,
      verdict.code,
      JSON.stringify(verdict.body),
    ],
  });
}

/** Verdicts of a batch of commands, looked up under their desks' locks. */
export async function findVerdicts(
  db: Db,
  ids: readonly string[],
): Promise<(VerdictRow & { isExpired: boolean })[]> {
  const { rows } = await db.query<VerdictRow & { isExpired: boolean }>({
    name: 'verdict/find_many',
    text: `
      select id, request, status, code, body, at <= now() - interval '24 hours' as "isExpired"
        from verdict
       where id = any($1)
       order by at desc`,
    values: [bothForms(ids)],
  });
  const whole = new Map(ids.map((id) => [verdictKey(id), id]));
  return rows.map((row) => ({ ...row, id: whole.get(verdictKey(row.id)) ?? row.id }));
}

export async function dropVerdicts(db: Db, ids: readonly string[]): Promise<void> {
  await db.query({
    name: 'verdict/drop',
    text: 'delete from verdict where id = any($1)',
    values: [bothForms(ids)],
  });
}

const bothForms = (ids: readonly string[]): string[] => ids.flatMap((id) => [id, verdictKey(id)]);

/** Deletes verdicts older than 24 hours, a bounded part at a time; answers how many. */
export async function dropExpiredVerdicts(db: Db, limit: number): Promise<number> {
  const { rowCount } = await db.query({
    name: 'verdict/drop_expired',
    text: `delete from verdict where id in (select id from verdict where at <= now() - interval '24 hours' limit $1)`,
    values: [limit],
  });
  return rowCount ?? 0;
}

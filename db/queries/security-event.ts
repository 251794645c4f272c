// Rows of `security_event`: what was done to the installation and who came in; appended to, never changed.
import type { Db, Transaction } from '../pool.ts';

export type SecurityEventRow = {
  seq: number;
  type: string;
  actor: string | null;
  token: string | null;
  address: string | null;
  received: Date;
  at: Date;
  data: unknown;
  hash: string;
};

/** Instants are ISO texts, as the chain has them. */
export type NewSecurityEvent = Omit<SecurityEventRow, 'received' | 'at'> & { received: string; at: string };

/** `nowMs`: PostgreSQL's clock, and never before the last event. */
export type SecurityEnd = { seq: number; hash: string; nowMs: number };

/** The end of the log; the next writer waits until this transaction is over. */
export async function lockSecurityLog(tx: Transaction): Promise<SecurityEnd> {
  const { rows } = await tx.query<SecurityEnd>({
    name: 'security_head/lock',
    text: `
      select seq, hash, floor(extract(epoch from greatest(at, clock_timestamp())) * 1000)::float8 as "nowMs"
        from security_head for update`,
  });
  const [end] = rows;
  if (end === undefined)
    throw new Error('the log of the installation has no end: the database is not migrated');
  return end;
}

/** In the order of their numbers; the head follows the last one. */
export async function insertSecurityEvents(
  tx: Transaction,
  events: readonly NewSecurityEvent[],
): Promise<void> {
  const last = events.at(-1);
  if (last === undefined) return;
  await tx.query({
    name: 'security_event/insert',
    text: `
      insert into security_event (seq, type, actor, token, address, received, at, data, hash)
      select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
                           $7::timestamptz[], $8::jsonb[], $9::text[])`,
    values: [
      events.map(({ seq }) => seq),
      events.map(({ type }) => type),
      events.map(({ actor }) => actor),
      events.map(({ token }) => token),
      events.map(({ address }) => address),
      events.map(({ received }) => received),
      events.map(({ at }) => at),
      events.map(({ data }) => JSON.stringify(data)),
      events.map(({ hash }) => hash),
    ],
  });
  await tx.query({
    name: 'security_head/move',
    text: 'update security_head set seq = $1, hash = $2, at = $3',
    values: [last.seq, last.hash, last.at],
  });
}

export async function findSecurityHead(db: Db): Promise<{ seq: number; hash: string }> {
  const { rows } = await db.query<{ seq: number; hash: string }>({
    name: 'security_head/find',
    text: 'select seq, hash from security_head',
  });
  // The row may be taken away by who covers something up: the log then has no end, and every event is too many.
  return rows[0] ?? { seq: 0, hash: '' };
}

const COLUMNS = 'seq, type, actor, token, address, received, at, data, hash';

/** Oldest first, after number `after`; `types` null for all. */
export async function listSecurityEvents(
  db: Db,
  { after, limit, types }: { after: number; limit: number; types: readonly string[] | null },
): Promise<SecurityEventRow[]> {
  const { rows } = await db.query<SecurityEventRow>({
    name: 'security_event/list',
    text: `
      select ${COLUMNS} from security_event
       where seq > $1 and ($2::text[] is null or type = any ($2)) order by seq limit $3`,
    values: [after, types, limit],
  });
  return rows;
}

/** `before`: the last number shown already. Instants are ISO texts. */
export type SecuritySearch = {
  actor: string | null;
  type: string | null;
  from: string | null;
  to: string | null;
  before: number | null;
};

export type FoundSecurityEvent = SecurityEventRow & {
  /** Hash of the event before it; empty for the first, null where that event is missing. */
  previous: string | null;
};

/** Newest first. The log rises in time, so that two instants are two numbers, each found by an index. */
export async function searchSecurityEvents(
  db: Db,
  { actor, type, from, to, before }: SecuritySearch,
  limit: number,
): Promise<FoundSecurityEvent[]> {
  const { rows } = await db.query<FoundSecurityEvent>({
    name: 'security_event/search',
    text: `
      select ${COLUMNS},
             case when e.seq = 1 then ''
                  else (select p.hash from security_event p where p.seq = e.seq - 1) end as previous
        from security_event e
       where ($1::text is null or actor = $1)
         and ($2::text is null or type = $2)
         and ($3::timestamptz is null
              or seq >= (select f.seq from security_event f where f.at >= $3 order by f.at, f.seq limit 1))
         and ($4::timestamptz is null
              or seq < coalesce((select t.seq from security_event t where t.at >= $4 order by t.at, t.seq limit 1),
                                2147483647))
         and ($5::int is null or seq < $5)
       order by seq desc
       limit $6`,
    values: [actor, type, from, to, before, limit],
  });
  return rows;
}

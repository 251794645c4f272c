// Rows of `delivery`: written with the events they tell of, listed for people, and asked what has reached a unit.
import type { Channel } from '../../domain/delivery/channel.ts';
import { COLLAPSE_MINUTES, type DeliveryState } from '../../domain/delivery/delivery.ts';
import type { Db, Transaction } from '../pool.ts';

/**
 * Part of the one statement that writes a ledger (db/queries/ledger.ts): deliveries as JSON. A new delivery is compared
 * with an earlier one of the same key within the time. If the earlier one waits and no worker is sending it, it takes
 * the new words; if it was sent with the same words, the new one is dropped. An urge is dropped even with other words.
 * Both are of one assignment, so the desk's lock keeps two writers apart.
 */
export const POST_DELIVERIES = (json: string): string => `
  posted as (
    select nextval('delivery_id') as id, x.*
      from json_to_recordset(${json}::json) as x (channel text, person text, endpoint text, type text, directive text,
           assignment text, desk text, seq int, data jsonb, at timestamptz, due_at timestamptz, digest boolean,
           chain jsonb, collapse text, state text)),
  repeated as (
    select p.id, e.id as earlier, e.state, p.data
      from posted p
     cross join lateral (
           select d.id, d.state, d.data from delivery d
            where d.collapse = p.collapse and d.state in ('waiting', 'sent')
              and d.at > p.at - interval '${COLLAPSE_MINUTES} minutes'
            order by d.id desc limit 1) e
     where e.state = 'waiting' or (e.state = 'sent' and (e.data = p.data or p.type = 'urged'))),
  refreshed as (
    update delivery d
       set data = r.data
      from repeated r
     where d.id = r.earlier and d.state = 'waiting' and coalesce(d.leased_until, '-infinity') < clock_timestamp()
    returning d.id),
  queued as (
    insert into delivery (id, channel, person, endpoint, type, directive, assignment, desk, seq, data, at, due_at, digest,
           chain, collapse, state, goes_with)
    select p.id, p.channel, p.person, p.endpoint, p.type, p.directive, p.assignment, p.desk, p.seq, p.data, p.at, p.due_at,
           p.digest, p.chain, p.collapse, case when g.id is null then p.state else 'collapsed' end, g.id
      from posted p
      left join lateral (
           select r.earlier as id from repeated r left join refreshed f on f.id = r.earlier
            where r.id = p.id and (r.state = 'sent' or f.id is not null)) g on true)`;

export type DeliveryRow = {
  id: number;
  channel: Channel;
  person: string | null;
  endpoint: string | null;
  endpointName: string | null;
  type: string;
  directive: string | null;
  assignment: string | null;
  data: Record<string, unknown>;
  at: Date;
  dueAt: Date;
  digest: boolean;
  state: DeliveryState;
  attempts: number;
  sentAt: Date | null;
  said: string | null;
  goesWith: number | null;
  follows: number | null;
};

const COLUMNS = `
  d.id, d.channel, d.person, d.endpoint, e.name as "endpointName", d.type, d.directive, d.assignment, d.data, d.at,
  d.due_at as "dueAt", d.digest, d.state, d.attempts, d.sent_at as "sentAt", d.said, d.goes_with as "goesWith", d.follows`;
const ROWS = 'delivery d left join endpoint e on e.id = d.endpoint';

export type DeliveryFilter = {
  /** null: all people's, and those that go to no person. */
  person: string | null;
  state: DeliveryState | null;
  channel: Channel | null;
  before: number | null;
  limit: number;
};

/** Newest first; `before` is the last id already shown. */
export async function listDeliveries(db: Db, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  // Two statements, so that a person's own deliveries are found by their index.
  const { rows } = await db.query<DeliveryRow>({
    name: filter.person === null ? 'delivery/list' : 'delivery/list_of',
    text: `
      select ${COLUMNS} from ${ROWS}
       where ${filter.person === null ? '$1::text is null' : 'd.person = $1'}
         and ($2::text is null or d.state = $2)
         and ($3::text is null or d.channel = $3)
         and ($4::bigint is null or d.id < $4)
       order by d.id desc
       limit $5`,
    values: [filter.person, filter.state, filter.channel, filter.before, filter.limit],
  });
  return rows;
}

export async function findDelivery(db: Db, id: number): Promise<DeliveryRow | null> {
  const { rows } = await db.query<DeliveryRow>({
    name: 'delivery/find',
    text: `select ${COLUMNS} from ${ROWS} where d.id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/**
 * A test of an endpoint, leased by the process that asked for it; if that process dies, the channel's workflow sends
 * it.
 */
export async function insertTest(
  tx: Transaction,
  test: { channel: Channel; endpoint: string; type: string; leaseMs: number },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>({
    name: 'delivery/insert_test',
    text: `
      insert into delivery (channel, endpoint, type, data, at, due_at, leased_until, state)
      select $1, $2, $3, '{}', now, now, now + $4 * interval '1 millisecond', 'waiting'
        from (values (clock_timestamp())) as t (now)
      returning id`,
    values: [test.channel, test.endpoint, test.type, test.leaseMs],
  });
  const [row] = rows;
  if (row === undefined) throw new Error('insert returned no row');
  return row.id;
}

export type Delivered = { assignment: string; channel: Channel | 'app'; at: Date };

/**
 * When the notice of each assignment first reached its unit: by a delivery, alone or in a digest, else in the
 * application, if anyone was told there.
 */
export async function findDelivered(db: Db, assignments: readonly string[]): Promise<Map<string, Delivered>> {
  const { rows } = await db.query<Delivered>({
    name: 'delivery/find_delivered',
    text: `
      select a.id as assignment, coalesce(s.channel, 'app') as channel, coalesce(s.at, n.at) as at
        from unnest($1::text[]) as a (id)
        left join lateral (
             select coalesce(w.channel, d.channel) as channel, coalesce(w.sent_at, d.sent_at) as at
               from delivery d left join delivery w on w.id = d.goes_with
              where d.assignment = a.id and d.type = 'issued' and d.channel <> 'webhook'
                and coalesce(w.sent_at, d.sent_at) is not null
              order by 2, d.id limit 1) s on true
        left join lateral (
             select min(at) as at from notification where assignment = a.id and type = 'issued' and s.at is null) n on true
       where coalesce(s.at, n.at) is not null`,
    values: [assignments],
  });
  return new Map(rows.map((row) => [row.assignment, row]));
}

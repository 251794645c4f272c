// Rows of `event` and `notification` in one order in which a reader misses none (design.md §2).
import {
  compareTransactions,
  eventsAfter,
  notificationsAfter,
  type Position,
  type TransactionPosition,
} from '../../domain/stream-position.ts';
import type { Db } from '../pool.ts';
import { NOTIFICATION_COLUMNS, type NotificationRow } from './notification.ts';

type EventRow = TransactionPosition & {
  directive: string;
  desk: string;
  seq: number;
  assignment: string | null;
  type: string;
  actor: string | null;
  at: Date;
};
type ToldRow = TransactionPosition & NotificationRow & { person: string };

export type StreamEntry = { position: Position } & (
  { kind: 'event'; row: EventRow } | { kind: 'notification'; row: ToldRow }
);

/** Everything of an older epoch, or of a transaction below this one, has been committed or never will be. */
export async function findHorizon(db: Db): Promise<TransactionPosition> {
  const { rows } = await db.query<TransactionPosition>({
    name: 'stream/horizon',
    text: `select epoch, pg_snapshot_xmin(pg_current_snapshot())::text as tx from installation`,
  });
  if (rows[0] === undefined) throw new Error('the installation has no row: the database is not migrated');
  return rows[0];
}

async function listEvents(
  db: Db,
  after: Position,
  horizon: TransactionPosition,
  limit: number,
): Promise<EventRow[]> {
  const { epoch, tx, desk, seq } = eventsAfter(after);
  const { rows } = await db.query<EventRow>({
    name: 'stream/events',
    text: `
      select epoch, tx::text as tx, directive, desk, seq, assignment, type, actor, at
        from event
       where (epoch, tx, desk, seq) > ($1::int, $2::xid8, $3, $4::int)
         and (epoch, tx) < ($5::int, $6::xid8)
       order by event.epoch, event.tx, event.desk, event.seq
       limit $7`,
    values: [epoch, tx, desk, seq, horizon.epoch, horizon.tx, limit],
  });
  return rows;
}

async function listTold(
  db: Db,
  after: Position,
  horizon: TransactionPosition,
  limit: number,
): Promise<ToldRow[]> {
  const { epoch, tx, id } = notificationsAfter(after);
  const { rows } = await db.query<ToldRow>({
    name: 'stream/notifications',
    text: `
      select n.epoch, n.tx::text as tx, n.person, ${NOTIFICATION_COLUMNS}
        from notification n
        left join directive d on d.id = n.directive
       where (n.epoch, n.tx, n.id) > ($1::int, $2::xid8, $3::bigint)
         and (n.epoch, n.tx) < ($4::int, $5::xid8)
       order by n.epoch, n.tx, n.id
       limit $6`,
    values: [epoch, tx, id, horizon.epoch, horizon.tx, limit],
  });
  return rows;
}

export type StreamPage = { entries: StreamEntry[]; next: Position; isEnd: boolean };

/** Rows after a position and below the horizon, in order; `isEnd` when those are all. */
export async function readStream(
  db: Db,
  after: Position,
  horizon: TransactionPosition,
  limit: number,
): Promise<StreamPage> {
  const events = await listEvents(db, after, horizon, limit);
  const told = await listTold(db, after, horizon, limit);
  const entries = merge(events, told, limit);
  const last = entries.at(-1);
  const isEnd = last === undefined || (events.length < limit && told.length < limit);
  return { entries, next: isEnd ? { kind: 'below', ...horizon } : last.position, isEnd };
}

/** Merges two lists as far as both are known: behind the last row of a full list the order is not known yet. */
function merge(events: readonly EventRow[], told: readonly ToldRow[], limit: number): StreamEntry[] {
  const lastEvent = events.length < limit ? undefined : events.at(-1);
  const lastTold = told.length < limit ? undefined : told.at(-1);
  const known: StreamEntry[] = [];
  for (const row of events) {
    // A transaction's events come before its notifications, so the events of the last transaction are safe.
    if (lastTold !== undefined && compareTransactions(row, lastTold) > 0) break;
    const { epoch, tx, desk, seq } = row;
    known.push({ kind: 'event', row, position: { kind: 'event', epoch, tx, desk, seq } });
  }
  for (const row of told) {
    if (lastEvent !== undefined && compareTransactions(row, lastEvent) >= 0) break;
    const { epoch, tx, id } = row;
    known.push({ kind: 'notification', row, position: { kind: 'notification', epoch, tx, id } });
  }
  // A stable sort: within a transaction events stay before notifications, each in the order they were read.
  return known.sort((a, b) => compareTransactions(a.position, b.position));
}

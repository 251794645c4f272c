// Rows of `event`, the log: in an order in which a reader misses none, and as a desk's chain.
import type { Db } from '../pool.ts';
import type { SeenRoot } from './assignment.ts';
import { findHorizonOf } from './directive-horizon.ts';

export type LoggedEvent = {
  desk: string;
  seq: number;
  epoch: number;
  tx: string;
  assignment: string | null;
  type: string;
  actor: string | null;
  token: string | null;
  received: Date;
  at: Date;
  data: unknown;
  hash: string;
};

const COLUMNS = `desk, seq, epoch, tx::text as tx, assignment, type, actor, token, received, at, data, encode(hash, 'hex') as hash`;

/** SQL: is the event of this desk's log? Written as in the index `event_place`, so that it is used. */
const OF_DESK = (desk: string): string =>
  `hashtextextended(desk, 0) = hashtextextended(${desk}::text, 0) and desk = ${desk}`;

export type EventPosition = { epoch: number; tx: string; desk: string; seq: number };

/**
 * Committed and final events in the order (epoch, tx, desk, seq), oldest first: no event can appear before one already
 * shown (design.md §2). Sorted by the columns themselves: the answered `tx` is text, and as text 999 comes after 1000.
 */
export async function listEvents(
  db: Db,
  filter: {
    directive: string;
    under: readonly SeenRoot[] | null;
    assignment: string | null;
    types: readonly string[] | null;
    after: EventPosition | null;
    limit: number;
  },
): Promise<LoggedEvent[]> {
  const { after } = filter;
  const horizon = await findHorizonOf(db, filter.directive);
  const { rows } = await db.query<LoggedEvent>({
    name: 'event/list',
    text: `
      select ${COLUMNS} from event
       where directive = $1
         and ($2::text is null or assignment = $2)
         and ($3::text[] is null or type = any($3))
         and ($4::int is null or (epoch, tx, desk, seq) > ($4, $5::xid8, $6, $7))
         and ($8::text[] is null or exists (
               select from unnest($8::text[], $12::boolean[]) as u (id, below)
                where event.assignment = u.id
                   or (u.below and event.assignment > u.id || '.' and event.assignment < u.id || '/')))
         and (epoch, tx) < ($10::int, $11::xid8)
       order by event.epoch, event.tx, event.desk, event.seq limit $9`,
    values: [
      filter.directive,
      filter.assignment,
      filter.types,
      after?.epoch ?? null,
      after?.tx ?? '0',
      after?.desk ?? '',
      after?.seq ?? 0,
      filter.under?.map(({ id }) => id) ?? null,
      filter.limit,
      horizon.epoch,
      horizon.tx,
      filter.under?.map(({ below }) => below) ?? [],
    ],
  });
  return rows;
}

/** Those of these places in the log that there are. */
export async function findEvents(
  db: Db,
  places: readonly { directive: string; desk: string; seq: number }[],
): Promise<LoggedEvent[]> {
  const { rows } = await db.query<LoggedEvent>({
    name: 'event/find_many',
    text: `
      select ${COLUMNS} from unnest($1::text[], $2::text[], $3::bigint[]) as u (of_directive, of_desk, of_seq)
        join event on ${OF_DESK('of_desk')} and seq = of_seq and directive = of_directive`,
    values: [
      places.map(({ directive }) => directive),
      places.map(({ desk }) => desk),
      places.map(({ seq }) => seq),
    ],
  });
  return rows;
}

/**
 * The return that a version answers: the return of the version handed in last before it; null where that was not
 * returned.
 */
export async function findReturnBefore(
  db: Db,
  assignment: string,
  version: number,
): Promise<{ version: number; reason: string; fields: string[] } | null> {
  const { rows } = await db.query<{ version: number; reason: string; fields: string[] }>({
    name: 'event/find_return_before',
    text: `
      with handed as (
        select max((coalesce(data -> 'version', data -> 'n'))::int) as version from event
         where assignment = $1 and type in ('submitted', 'corrected', 'rolledUp', 'restated')
           and (coalesce(data -> 'version', data -> 'n'))::int < $2)
      select h.version, e.data ->> 'reason' as reason, e.data -> 'fields' as fields
        from handed h
        join event e on e.assignment = $1 and e.type = 'returned' and (e.data -> 'version')::int = h.version
       order by e.seq desc limit 1`,
    values: [assignment, version],
  });
  return rows[0] ?? null;
}

/** A desk's log in the order of its chain. */
export async function listChain(
  db: Db,
  directive: string,
  desk: string,
  after: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const { rows } = await db.query<LoggedEvent>({
    name: 'event/list_chain',
    text: `select ${COLUMNS} from event
            where ${OF_DESK('$2')} and seq > $3 and directive = $1 order by hashtextextended(desk, 0), seq limit $4`,
    values: [directive, desk, after, limit],
  });
  return rows;
}

/** All that a desk's log tells of these assignments, in its order. */
export async function listLogsOf(
  db: Db,
  desk: string,
  assignments: readonly string[],
): Promise<LoggedEvent[]> {
  const { rows } = await db.query<LoggedEvent>({
    name: 'event/list_logs_of',
    text: `select ${COLUMNS} from event where assignment = any ($2) and desk = $1 order by seq`,
    values: [desk, assignments],
  });
  return rows;
}

/** By the first half of its id; earlier releases stored the whole, as text. */
const OF_COMMAND = `command_id = left($1, 32)::uuid or command = $1`;

/** The data of the command's event; null if the command made none. */
export async function findDataOfCommand(db: Db, command: string): Promise<Record<string, unknown> | null> {
  const { rows } = await db.query<{ data: Record<string, unknown> }>({
    name: 'event/find_data_of_command',
    text: `select data from event where ${OF_COMMAND}`,
    values: [command],
  });
  return rows[0]?.data ?? null;
}

/** Was a command of this id ever accepted? */
export async function isEventOfCommand(db: Db, command: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'event/is_of_command',
    text: `select from event where ${OF_COMMAND}`,
    values: [command],
  });
  return rowCount === 1;
}

/** The last events of an assignment, oldest first; not a page to go on from, so the newest are in it at once. */
export async function listLastEvents(db: Db, assignment: string, limit: number): Promise<LoggedEvent[]> {
  const { rows } = await db.query<LoggedEvent>({
    name: 'event/list_last',
    text: `select ${COLUMNS} from event where assignment = $1 order by event.received desc, event.seq desc limit $2`,
    values: [assignment, limit],
  });
  return rows.reverse();
}

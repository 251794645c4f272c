// Locks a desk and loads it for its writer.
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { Db } from '../pool.ts';
import { STATE_COLUMNS, stateOf, type StateRow } from './assignment-state.ts';
import { RANK } from './rank.ts';

/** The lock is a hash of the desk's id: two desks with one hash wait for each other, which does no harm. */
const LOCK = 'hashtextextended(d.id, 0)';

/** Locks those of the desks that are free at once; answers which. */
export async function tryDesks(db: Db, desks: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'ledger/try_desks',
    text: `select d.id from unnest($1::text[]) as d (id) where pg_try_advisory_xact_lock(${LOCK})`,
    values: [desks],
  });
  return rows.map((row) => row.id);
}

/**
 * Waits for the desks in falling byte order, so that two writers who lock the same two never deadlock. Falling, because
 * a desk's id begins with that of the desk above: the desk above, which many wait for, is locked last and held
 * shortest.
 */
export async function lockDesks(db: Db, desks: readonly string[]): Promise<void> {
  for (const desk of [...new Set(desks)].sort().reverse()) {
    await db.query({
      name: 'ledger/lock_desk',
      text: `select pg_advisory_xact_lock(${LOCK}) from (values ($1::text)) as d (id)`,
      values: [desk],
    });
  }
}

/**
 * Waits for other transactions that change hands in these directives. They read who holds what in other desks, which
 * are not locked. Taken after the locks of desks; no lock is taken after it.
 */
export async function lockCustody(db: Db, directives: readonly string[]): Promise<void> {
  for (const directive of [...new Set(directives)].sort()) {
    await db.query({
      name: 'ledger/lock_custody',
      text: `select pg_advisory_xact_lock(hashtextextended('custody/' || $1, 0))`,
      values: [directive],
    });
  }
}

/** A desk as its writer holds it. */
export type DeskRow = {
  id: string;
  directive: string;
  kind: 'directive' | 'taskForce' | 'unit';
  node: string | null;
  parent: string | null;
  issued: boolean;
  unsettled: number;
  complete: boolean;
  seq: number;
  /** SHA-256 of the log's last event, hex; empty before the first. */
  hash: string;
  lastAtMs: number;
  asked: number;
  looked: number;
  plannedAtMs: number | null;
  ended: boolean;
};

const DESK_COLUMNS = `id, directive, kind, node, parent, issued, unsettled, complete, seq, encode(hash, 'hex') as hash,
  coalesce(floor(extract(epoch from last_at) * 1000), 0)::float8 as "lastAtMs", asked, looked,
  floor(extract(epoch from planned_at) * 1000)::float8 as "plannedAtMs", ended`;

export async function loadDesks(db: Db, desks: readonly string[]): Promise<DeskRow[]> {
  const { rows } = await db.query<DeskRow>({
    name: 'ledger/load_desks',
    text: `select ${DESK_COLUMNS} from desk where id = any($1)`,
    values: [desks],
  });
  return rows;
}

/** Desks of a directive whose node is one of these: for the figures below a node. */
export async function loadDesksOfNode(db: Db, node: string): Promise<DeskRow[]> {
  const { rows } = await db.query<DeskRow>({
    name: 'ledger/load_desks_of_node',
    text: `select ${DESK_COLUMNS} from desk where node = $1 order by id`,
    values: [node],
  });
  return rows;
}

/** A desk and those above it, from the lowest up, as they are locked. A desk never changes the one above it. */
export async function findDeskPath(db: Db, desk: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'ledger/find_desk_path',
    text: `
      with recursive path as (
        select id, parent, 0 as height from desk where id = $1
        union all
        select d.id, d.parent, p.height + 1 from path p join desk d on d.id = p.parent)
      select id from path order by height`,
    values: [desk],
  });
  return rows.map(({ id }) => id);
}

/** An assignment as a writer holds it: its state, and the columns that do not follow from its own events. */
export type AssignmentRow = {
  directive: string;
  id: string;
  /** Its place in the order of the whole directive; never changes. */
  rank: string;
  desk: string;
  ownDesk: string | null;
  /** Direct children in the same desk that are not settled. */
  unsettled: number;
  /** Only those in its own desk, where it has one. */
  below: number | null;
  nextWakeMs: number | null;
  state: Assignment;
};

const ROW_COLUMNS = `${STATE_COLUMNS}, ${RANK} as rank, a.desk, a.own_desk as "ownDesk", a.unsettled, o.unsettled as below,
  floor(extract(epoch from a.next_wake) * 1000)::float8 as "nextWakeMs"`;
const ROWS = `assignment a left join desk o on o.id = a.own_desk`;

type StoredRow = StateRow & Omit<AssignmentRow, 'state'>;

const whole = (rows: StoredRow[]): AssignmentRow[] =>
  rows.map((row) => ({
    directive: row.directive,
    id: row.id,
    rank: row.rank,
    desk: row.desk,
    ownDesk: row.ownDesk,
    unsettled: row.unsettled,
    below: row.below,
    nextWakeMs: row.nextWakeMs,
    state: stateOf(row),
  }));

export async function loadAssignments(
  db: Db,
  directives: readonly string[],
  ids: readonly string[],
): Promise<AssignmentRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'ledger/load_assignments',
    text: `select ${ROW_COLUMNS} from unnest($1::text[], $2::text[]) as x (directive, id)
             join assignment a on a.directive = x.directive and a.id = x.id left join desk o on o.id = a.own_desk`,
    values: [directives, ids],
  });
  return whole(rows);
}

/** Assignments of a desk whose time has come, earliest first. */
export async function loadDue(db: Db, desk: string, nowMs: number, limit: number): Promise<AssignmentRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'ledger/load_due',
    text: `select ${ROW_COLUMNS} from ${ROWS}
            where a.desk = $1 and a.next_wake <= to_timestamp($2::float8 / 1000) order by a.next_wake, a.id limit $3`,
    values: [desk, nowMs, limit],
  });
  return whole(rows);
}

/** Has the desk nodes whose children are in the same desk? */
export async function hasInnerNodes(db: Db, desk: string): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'ledger/has_inner_nodes',
    text: 'select exists (select from assignment where desk = $1 and node and own_desk is null) as found',
    values: [desk],
  });
  return rows[0]?.found ?? false;
}

/** Nodes of a desk whose children are in the same desk, deepest first. */
export async function loadInnerNodes(db: Db, desk: string): Promise<AssignmentRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'ledger/load_inner_nodes',
    text: `select ${ROW_COLUMNS} from ${ROWS}
            where a.desk = $1 and a.node and a.own_desk is null and a.phase <> 'cancelled' order by a.level desc, a.id`,
    values: [desk],
  });
  return whole(rows);
}

/**
 * Assignments below `of` in a desk that have not yet taken its order `n`: the unsettled ones; the approved ones too
 * where the order is an amendment (`amendment` is the last of those); and all that counts where `cancel` cancelled it.
 */
export async function loadUncarried(
  db: Db,
  desk: string,
  order: { of: string; n: number; amendment: number; cancel: number },
  after: string,
  limit: number,
): Promise<AssignmentRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'ledger/load_uncarried',
    text: `select ${ROW_COLUMNS} from ${ROWS}
            where a.desk = $1 and a.id >= $2 || '.' and a.id < $2 || '/' and a.id > $4
              and coalesce((a.state -> 'carried' ->> $2)::int, 0)
                  < case when not a.settled then $3 when a.phase = 'approved' then greatest($6::int, $7::int)
                         when a.phase = 'missing' then $7::int else 0 end
            order by a.id limit $5`,
    values: [desk, order.of, order.n, after, limit, order.amendment, order.cancel],
  });
  return whole(rows);
}

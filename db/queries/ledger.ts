// What every writer of a desk does in SQL: take its lock, read what it holds, write all that happened in one statement.
import { unpacked, type Assignment } from '../../domain/assignment.ts';
import type { NewDelivery } from '../../domain/delivery.ts';
import type { Db } from '../pool.ts';
import { POST_DELIVERIES } from './delivery.ts';

/** The lock is the desk's id hashed: two desks with one hash wait for each other, nothing worse. */
const LOCK = 'hashtextextended(d.id, 0)';

/** Locks the desks that are free at once; answers which. */
export async function tryDesks(db: Db, desks: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'ledger/try_desks',
    text: `select d.id from unnest($1::text[]) as d (id) where pg_try_advisory_xact_lock(${LOCK})`,
    values: [desks],
  });
  return rows.map((row) => row.id);
}

/**
 * Waits for the desks in falling byte order, so that two who lock the same two never wait for each other. Falling: a
 * desk's id begins with that of the desk above, so what is below comes first and the desk above, which many wait for,
 * is held shortest.
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

/** An assignment as a writer holds it: its state and the columns that are not the fold of its own events. */
export type AssignmentRow = {
  directive: string;
  id: string;
  desk: string;
  ownDesk: string | null;
  /** Direct children in the same desk that are not settled. */
  unsettled: number;
  /** Of its own desk, where it has one. */
  below: number | null;
  nextWakeMs: number | null;
  state: Assignment;
};

const ROW_COLUMNS = `a.directive, a.id, a.desk, a.own_desk as "ownDesk", a.unsettled, o.unsettled as below,
  floor(extract(epoch from a.next_wake) * 1000)::float8 as "nextWakeMs", a.state`;
const ROWS = `assignment a left join desk o on o.id = a.own_desk`;

/** What is at rest in an assignment is not stored. */
const whole = (rows: AssignmentRow[]): AssignmentRow[] =>
  rows.map((row) => ({ ...row, state: unpacked(row.state) }));

export async function loadAssignments(
  db: Db,
  directives: readonly string[],
  ids: readonly string[],
): Promise<AssignmentRow[]> {
  const { rows } = await db.query<AssignmentRow>({
    name: 'ledger/load_assignments',
    text: `select ${ROW_COLUMNS} from unnest($1::text[], $2::text[]) as x (directive, id)
             join assignment a on a.directive = x.directive and a.id = x.id left join desk o on o.id = a.own_desk`,
    values: [directives, ids],
  });
  return whole(rows);
}

/** Assignments of a desk whose time has come, earliest first. */
export async function loadDue(db: Db, desk: string, nowMs: number, limit: number): Promise<AssignmentRow[]> {
  const { rows } = await db.query<AssignmentRow>({
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
  const { rows } = await db.query<AssignmentRow>({
    name: 'ledger/load_inner_nodes',
    text: `select ${ROW_COLUMNS} from ${ROWS}
            where a.desk = $1 and a.node and a.own_desk is null and a.phase <> 'cancelled' order by a.level desc, a.id`,
    values: [desk],
  });
  return whole(rows);
}

/**
 * Assignments below `of` in a desk that have not taken in its order `n`: the unsettled ones, and the approved ones where
 * it has given an amendment, `amendment` being the last of those.
 */
export async function loadUncarried(
  db: Db,
  desk: string,
  order: { of: string; n: number; amendment: number },
  after: string,
  limit: number,
): Promise<AssignmentRow[]> {
  const { rows } = await db.query<AssignmentRow>({
    name: 'ledger/load_uncarried',
    text: `select ${ROW_COLUMNS} from ${ROWS}
            where a.desk = $1 and a.id >= $2 || '.' and a.id < $2 || '/' and a.id > $4
              and coalesce((a.state -> 'carried' ->> $2)::int, 0)
                  < case when not a.settled then $3 when a.phase = 'approved' then $6 else 0 end
            order by a.id limit $5`,
    values: [desk, order.of, order.n, after, limit, order.amendment],
  });
  return whole(rows);
}

/** Rows of the log and the tables beside it, ready to be written. Times are ISO. */
export type Writing = {
  events: {
    directive: string;
    desk: string;
    seq: number;
    assignment: string | null;
    type: string;
    actor: string | null;
    token: string | null;
    command: string | null;
    received: string;
    at: string;
    data: unknown;
    hash: string;
  }[];
  assignments: {
    directive: string;
    id: string;
    desk: string;
    parent: string | null;
    item: string;
    task_force: string;
    unit: string | null;
    holder: string;
    level: number;
    node: boolean;
    own_desk: string | null;
    phase: string;
    settled: boolean;
    due_at: string;
    next_wake: string | null;
    unsettled: number;
    approved: number;
    current: number;
    escalation: number;
    part: number;
    suspended: boolean;
    transfer_to: string | null;
    asked: boolean;
    /** Packed. */
    state: object;
    fault: string | null;
  }[];
  /** Rows whose state stays as it is. */
  touched: {
    directive: string;
    id: string;
    unsettled: number;
    next_wake: string | null;
    fault: string | null;
  }[];
  submissions: {
    directive: string;
    assignment: string;
    version: number;
    kind: 'report' | 'roll-up' | 'part';
    content: unknown;
    by: string | null;
    at: string;
  }[];
  notifications: {
    person: string;
    type: string;
    directive: string;
    assignment: string | null;
    data: unknown;
    at: string;
  }[];
  deliveries: NewDelivery[];
  attachments: { file: string; directive: string; assignment: string }[];
  verdicts: { id: string; request: string; status: number; code: string | null; body: unknown }[];
  desks: {
    id: string;
    unsettled: number;
    complete: boolean;
    seq: number;
    hash: string;
    last_at: string | null;
    ask: boolean;
    issued: boolean;
  }[];
};

/** Answers the desks whose clockwork must now be nudged: asked, and nobody had asked before. */
export async function write(db: Db, epoch: number, writing: Writing): Promise<string[]> {
  const { rows } = await db.query<{ id: string | null }>({
    name: 'ledger/write',
    text: WRITE,
    values: [
      epoch,
      JSON.stringify(writing.events),
      JSON.stringify(writing.assignments),
      JSON.stringify(writing.submissions),
      JSON.stringify(writing.notifications),
      JSON.stringify(writing.attachments),
      JSON.stringify(writing.verdicts),
      JSON.stringify(writing.desks),
      JSON.stringify(writing.touched),
      JSON.stringify(writing.deliveries),
    ],
  });
  return rows.flatMap((row) => row.id ?? []);
}

const WRITE = `
with
  logged as (
    insert into event (directive, desk, seq, epoch, tx, assignment, type, actor, token, command, received, at, data, hash)
    select directive, desk, seq, $1::int, pg_current_xact_id(), assignment, type, actor, token, command, received, at, data,
           decode(hash, 'hex')
      from json_to_recordset($2::json) as x (directive text, desk text, seq int, assignment text, type text, actor text,
           token text, command text, received timestamptz, at timestamptz, data jsonb, hash text)),
  kept as (
    insert into assignment as a (directive, id, desk, parent, item, task_force, unit, holder, level, node, own_desk, phase,
           settled, due_at, next_wake, unsettled, approved, current, escalation, part, suspended, transfer_to, asked, state,
           fault, fault_at)
    select directive, id, desk, parent, item, task_force, unit, holder, level, node, own_desk, phase, settled, due_at,
           next_wake, unsettled, approved, current, escalation, part, suspended, transfer_to, asked, state, fault,
           case when fault is not null then clock_timestamp() end
      from json_to_recordset($3::json) as x (directive text, id text, desk text, parent text, item text, task_force text,
           unit text, holder text, level smallint, node boolean, own_desk text, phase text, settled boolean,
           due_at timestamptz, next_wake timestamptz, unsettled int, approved int, current int,
           escalation int, part int, suspended boolean, transfer_to text, asked boolean, state jsonb, fault text)
    on conflict (directive, id) do update
       set holder = excluded.holder, node = excluded.node, own_desk = excluded.own_desk, phase = excluded.phase,
           settled = excluded.settled, due_at = excluded.due_at, next_wake = excluded.next_wake,
           unsettled = excluded.unsettled, approved = excluded.approved, current = excluded.current,
           escalation = excluded.escalation, part = excluded.part, suspended = excluded.suspended,
           transfer_to = excluded.transfer_to, asked = excluded.asked, state = excluded.state, fault = excluded.fault,
           fault_at = excluded.fault_at),
  moved as (
    update assignment a
       set unsettled = x.unsettled, next_wake = x.next_wake, fault = x.fault,
           fault_at = case when x.fault is not null then clock_timestamp() end
      from json_to_recordset($9::json) as x (directive text, id text, unsettled int, next_wake timestamptz, fault text)
     where a.directive = x.directive and a.id = x.id),
  reported as (
    insert into submission (directive, assignment, version, kind, content, by, at)
    select directive, assignment, version, kind, content, by, at
      from json_to_recordset($4::json) as x (directive text, assignment text, version int, kind text, content jsonb,
           by text, at timestamptz)),
  told as (
    insert into notification (epoch, tx, person, type, directive, assignment, data, at)
    select $1::int, pg_current_xact_id(), person, type, directive, assignment, data, at
      from json_to_recordset($5::json) as x (person text, type text, directive text, assignment text, data jsonb,
           at timestamptz)),
${POST_DELIVERIES('$10')},
  attached as (
    insert into attachment (file, directive, assignment)
    select file, directive, assignment
      from json_to_recordset($6::json) as x (file text, directive text, assignment text)
    on conflict do nothing),
  judged as (
    insert into verdict (id, request, status, code, body)
    select id, request, status, code, body
      from json_to_recordset($7::json) as x (id text, request text, status int, code text, body jsonb))
update desk d
   set unsettled = x.unsettled, complete = x.complete, seq = x.seq, hash = decode(x.hash, 'hex'), last_at = x.last_at,
       issued = x.issued,
       asked = d.asked + case when x.ask then 1 else 0 end,
       asked_at = case when x.ask and d.asked = d.looked then clock_timestamp() else d.asked_at end
  from json_to_recordset($8::json) as x (id text, unsettled int, complete boolean, seq int, hash text,
       last_at timestamptz, ask boolean, issued boolean)
 where d.id = x.id
returning case when x.ask and d.asked = d.looked + 1 and not d.ended then d.id end as id`;

// Everything one transaction writes of its desks, in one statement.
import { COLLAPSE_MINUTES, type NewDelivery } from '../../domain/delivery/delivery.ts';
import type { Db } from '../pool.ts';
import { POST_DELIVERIES } from './delivery.ts';
import { verdictKey } from './verdict.ts';

/** The part of an assignment that is fixed when it is issued. */
type Settled = 'rank' | 'desk' | 'parent' | 'item' | 'task_force' | 'unit' | 'level';

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
    /** The first half of the command's id, in hex. */
    command_id: string | null;
    received: string;
    at: string;
    data: unknown;
    hash: string;
  }[];
  assignments: {
    directive: string;
    id: string;
    rank: string;
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
    lost_approved: number;
    lost_reported: number;
    suspended: boolean;
    transfer_to: string | null;
    asked: boolean;
    /** A report or a correction waits for its issuer. */
    waits: boolean;
    /** Packed. */
    state: object;
    fault: string | null;
  }[];
  /** For existing rows: the parts that may have changed. */
  changed: Omit<Writing['assignments'][number], Settled>[];
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

/** Answers the desks to nudge: those this call marked and that had no mark before. */
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
      JSON.stringify(writing.verdicts.map((verdict) => ({ ...verdict, id: verdictKey(verdict.id) }))),
      JSON.stringify(writing.desks),
      JSON.stringify(writing.touched),
      JSON.stringify(writing.deliveries),
      JSON.stringify(writing.changed),
    ],
  });
  return rows.flatMap((row) => row.id ?? []);
}

const WRITE = `
with
  logged as (
    insert into event (directive, desk, seq, epoch, tx, assignment, type, actor, token, command_id, received, at, data, hash)
    select directive, desk, seq, $1::int, pg_current_xact_id(), assignment, type, actor, token, command_id, received, at, data,
           decode(hash, 'hex')
      from json_to_recordset($2::json) as x (directive text, desk text, seq int, assignment text, type text, actor text,
           token text, command_id uuid, received timestamptz, at timestamptz, data jsonb, hash text)),
  kept as (
    insert into assignment (directive, id, rank, desk, parent, item, task_force, unit, holder, level, node, own_desk, phase,
           settled, due_at, next_wake, unsettled, approved, current, escalation, part, lost_approved,
           lost_reported, suspended, transfer_to, asked, waits,
           state, fault, fault_at)
    select directive, id, rank, desk, parent, item, task_force, unit, holder, level, node, own_desk, phase, settled, due_at,
           next_wake, unsettled, approved, current, escalation, part, lost_approved,
           lost_reported, suspended, transfer_to, asked, waits, state, fault,
           case when fault is not null then clock_timestamp() end
      from json_to_recordset($3::json) as x (directive text, id text, rank text, desk text, parent text, item text, task_force text,
           unit text, holder text, level smallint, node boolean, own_desk text, phase text, settled boolean,
           due_at timestamptz, next_wake timestamptz, unsettled int, approved int, current int, escalation int, part int,
           lost_approved int, lost_reported int, suspended boolean, transfer_to text, asked boolean, waits boolean, state jsonb, fault text)),
  changed as (
    update assignment a
       set holder = x.holder, node = x.node, own_desk = x.own_desk, phase = x.phase, settled = x.settled, due_at = x.due_at,
           next_wake = x.next_wake, unsettled = x.unsettled, approved = x.approved, current = x.current,
           escalation = x.escalation, part = x.part, lost_approved = x.lost_approved,
           lost_reported = x.lost_reported, suspended = x.suspended, transfer_to = x.transfer_to, asked = x.asked,
           waits = x.waits, state = x.state, fault = x.fault,
           fault_at = case when x.fault is not null then clock_timestamp() end
      from json_to_recordset($11::json) as x (directive text, id text, holder text, node boolean, own_desk text, phase text,
           settled boolean, due_at timestamptz, next_wake timestamptz, unsettled int, approved int, current int,
           escalation int, part int, lost_approved int, lost_reported int, suspended boolean, transfer_to text, asked boolean, waits boolean, state jsonb,
           fault text)
     where a.directive = x.directive and a.id = x.id),
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
           at timestamptz)
     -- of repeated urges by one person only the first is told
     where x.type <> 'urged'
        or not exists (
           select from notification n
            where n.type = 'urged' and n.assignment = x.assignment and n.person = x.person
              and n.data -> 'by' is not distinct from x.data -> 'by'
              and n.at > x.at - interval '${COLLAPSE_MINUTES} minutes')),
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

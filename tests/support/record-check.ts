// Checks a directive's record, which must be sound after any fault: laws 2, 4, 6, 7 and 8, and nothing twice.
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { verifyDirective } from '../../reading/verification.ts';
import { inTransaction, type Db, type Pool } from '../../db/pool.ts';
import type { Assignment } from '../../domain/assignment/assignment.ts';
import { narrowed, packed, unpacked } from '../../domain/assignment/stored.ts';
import type { EventType } from '../../domain/assignment/happening.ts';
import { EVENT_DATA } from '../../domain/assignment/happening.ts';
import { DIRECTIVE_EVENT_DATA } from '../../domain/directive/directive-event-data.ts';

type Row = { id: string; desk: string; state: Assignment; copies: number };
type Logged = { desk: string; assignment: string | null; type: string; data: unknown };

/** Every fault found, in words; empty for a sound record. Reads one moment, while the clockwork goes on. */
export async function faultsOfRecord(pool: Pool, directive: string): Promise<string[]> {
  const { faults } = await verifyDirective(pool, directive);
  const more = await inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return faultsOf(tx, directive);
  });
  return [...faults, ...more];
}

async function faultsOf(db: Db, directive: string): Promise<string[]> {
  const { rows } = await db.query<Row>(
    `select id, desk, state, (select count(*)::int from submission s where s.assignment = a.id and kind = 'roll-up') as copies
       from assignment a where directive = $1`,
    [directive],
  );
  const { rows: events } = await db.query<Logged>(
    `select desk, assignment, type, data from event where directive = $1 order by desk, seq`,
    [directive],
  );
  const logs = Map.groupBy(events, ({ assignment, desk }) => assignment ?? desk);
  return [
    ...rows.flatMap((row) => faultsOfRow(row, logs.get(row.id) ?? [])),
    ...[...logs].flatMap(([of, log]) => repeated(log).map((what) => `${of}: ${what} twice`)),
    ...events.flatMap((event) => unreadable(event)),
    ...(await untold(db, directive)),
  ];
}

/** What has been written is of the shape its schema says. */
function unreadable({ assignment, type, data, desk }: Logged): string[] {
  const schemas: Record<string, z.ZodType> = assignment === null ? DIRECTIVE_EVENT_DATA : EVENT_DATA;
  const read = schemas[type]?.safeParse(data);
  return read?.success
    ? []
    : [`${assignment ?? desk}: ${type} is not readable: ${read?.error.message ?? 'no schema'}`];
}

function faultsOfRow({ id, desk, state, copies }: Row, log: readonly Logged[]): string[] {
  const faults: string[] = [];
  if (log.some((event) => event.desk !== desk)) faults.push(`${id} has events in another desk`);
  const shapes = [narrowed, packed].map((shape) => shape(unpacked(state)));
  if (!shapes.some((shape) => isDeepStrictEqual(shape, state))) faults.push(`${id} keeps what is at rest`);
  const sent = log.filter(({ type }) => type === 'rolledUp' || type === 'restated').length;
  if (sent !== copies) faults.push(`${id} sent ${sent} copies and kept ${copies}`);
  return faults;
}

/** Events that people may cause as often as they like; any other event happens once to one assignment. */
const OFTEN: ReadonlySet<string> = new Set<EventType>([
  'acknowledged',
  'progressed',
  'extensionRequested',
  'extensionDecided',
  'decomposed',
  'transferRequested',
  'transferred',
  'transferDeclined',
  'declined',
  'declineDecided',
  'suspended',
  'resumed',
  'reopened',
  'urged',
  'commented',
]);

const ENDS = /^(approved|cancelled|closed) /;

/** An event that happens at most once to one assignment, with the key that tells two of them apart. */
function repeated(log: readonly Logged[]): string[] {
  const seen = new Set<string>();
  return log.flatMap(({ type, data }) => {
    // A reopened assignment may end again in the same way.
    if (type === 'reopened') for (const name of seen) if (ENDS.test(name)) seen.delete(name);
    const { version, n, digest, clock, rung, of, before, carried, to, outcome, cause } = data as Record<
      string,
      unknown
    >;
    // The collecting may be ended again where more has been issued since, and a due time moved by hand again.
    const isOfNode = type === 'signed' && version === undefined;
    const isFree = OFTEN.has(type) || isOfNode || outcome === 'collecting-ended' || cause === 'reschedule';
    // `reopened` carries the number of orders there were, not an order that it takes in.
    if (isFree && (carried === undefined || type === 'reopened')) return [];
    // Slack may be divided anew more than once a day, and a receipt asked anew of another hand: each at another time.
    const { dueAt, acknowledgeBy } = data as Record<string, unknown>;
    const more = {
      ...(type === 'gathered' ? { digest } : {}),
      ...(type === 'rescheduled' ? { dueAt } : {}),
      ...(type === 'receiptOverdue' ? { acknowledgeBy } : {}),
    };
    const name = `${type} ${JSON.stringify({ version, n, clock, rung, of, before, carried, to, ...more })}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [name];
  });
}

/**
 * Each escalation has told each person it names, except the person who made it by hand, and no one twice. The notice
 * has the same moment and clock, but may be another rung's or speak of other assignments as well
 * (domain/delivery/gathering.ts).
 */
async function untold(db: Db, directive: string): Promise<string[]> {
  const { rows } = await db.query<{ assignment: string; person: string; told: number }>(
    `select e.assignment, p.person, count(n.id)::int as told
       from (select distinct assignment, at, actor, data -> 'clock' as clock, data -> 'notified' as notified
               from event where directive = $1 and type = 'escalated') e
      cross join jsonb_array_elements_text(e.notified) p (person)
       left join notification n
              on n.person = p.person and n.directive = $1 and n.type = 'escalated' and n.at = e.at
             and n.data -> 'clock' = e.clock
             and (n.assignment = e.assignment or n.data -> 'also' ? e.assignment)
      where e.actor is distinct from p.person
      group by e.assignment, e.at, p.person, e.clock
     having count(n.id) <> 1`,
    [directive],
  );
  return rows.map(({ assignment, person, told }) => `${assignment} tells ${person} ${told} times`);
}

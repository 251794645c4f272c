// What must hold of a directive's record whatever has happened to it meanwhile: laws 2, 4, 6, 7 and 8, and nothing twice.
import { isDeepStrictEqual } from 'node:util';
import { brokenAt } from '../../command/chain.ts';
import { inTransaction, type Db, type Pool } from '../../db/pool.ts';
import { listChain, type EventRow } from '../../db/queries/event.ts';
import { fold } from '../../domain/assignment/evolve.ts';
import { isSettled, packed, unpacked, type Assignment } from '../../domain/assignment/assignment.ts';
import type { EventType, Happening } from '../../domain/assignment/happening.ts';

const MORE_THAN_ANY_LOG = 100_000;
type Desk = { id: string; seq: number; hash: string; unsettled: number; open: number };
type Row = { id: string; desk: string; state: Assignment; copies: number };

/** Everything that is not as it must be, in words; empty for a sound record. Of one moment, while the clockwork goes on. */
export async function faultsOfRecord(pool: Pool, directive: string): Promise<string[]> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return faultsOf(tx, directive);
  });
}

async function faultsOf(db: Db, directive: string): Promise<string[]> {
  const { rows: desks } = await db.query<Desk>(
    `select id, seq, encode(hash, 'hex') as hash, unsettled,
            (select count(*)::int from assignment a where a.desk = d.id and not a.settled)
              + (select count(*)::int from desk b where b.parent = d.id and not b.complete) as open
       from desk d where directive = $1`,
    [directive],
  );
  const { rows } = await db.query<Row>(
    `select id, desk, state, (select count(*)::int from submission s where s.assignment = a.id and kind = 'roll-up') as copies
       from assignment a where directive = $1`,
    [directive],
  );
  const faults: string[] = [];
  const logs = new Map<string, EventRow[]>();
  for (const desk of desks) {
    const log = await listChain(db, directive, desk.id, 0, MORE_THAN_ANY_LOG);
    const links = log.map((event) => ({
      ...event,
      directive,
      received: event.received.toISOString(),
      at: event.at.toISOString(),
    }));
    const broken = brokenAt(links, desk.hash);
    if (broken !== null) faults.push(`the chain of ${desk.id} breaks at ${broken}`);
    if (log.length !== desk.seq) faults.push(`${desk.id} counts ${desk.seq} events and has ${log.length}`);
    if (desk.unsettled !== desk.open)
      faults.push(`${desk.id} counts ${desk.unsettled} unsettled and has ${desk.open}`);
    for (const event of log) {
      const of = event.assignment ?? desk.id;
      logs.set(of, [...(logs.get(of) ?? []), event]);
    }
  }
  const dueAt = new Map(rows.map(({ id, state }) => [id, state.dueAt]));
  for (const row of rows) {
    faults.push(...faultsOfRow(row, directive, logs.get(row.id) ?? []));
    const above = row.state.parent === null ? undefined : dueAt.get(row.state.parent);
    // What is settled keeps the time it was judged by.
    if (!isSettled(row.state) && above !== undefined && row.state.dueAt > above)
      faults.push(`${row.id} is due after its parent`);
  }
  for (const [of, log] of logs) faults.push(...repeated(log).map((what) => `${of}: ${what} twice`));
  return [...faults, ...(await untold(db, directive))];
}

function faultsOfRow(row: Row, directive: string, log: readonly EventRow[]): string[] {
  const faults: string[] = [];
  if (log.some(({ desk }) => desk !== row.desk)) faults.push(`${row.id} has events in another desk`);
  const events = log.map((event) => ({ ...event, at: event.at.toISOString() }) as unknown as Happening);
  const folded = fold(row.id, directive, events);
  if (!isDeepStrictEqual(folded, unpacked(row.state))) faults.push(`${row.id} is not the fold of its log`);
  if (folded !== null && !isDeepStrictEqual(packed(folded), row.state))
    faults.push(`${row.id} keeps what is at rest`);
  const copies = log.filter(({ type }) => type === 'rolledUp' || type === 'restated').length;
  if (copies !== row.copies) faults.push(`${row.id} sent ${copies} copies and kept ${row.copies}`);
  return faults;
}

/** What people may do as often as they like; whatever else happens to one assignment happens once. */
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
  'urged',
  'commented',
]);

/** What happens to one assignment at most once: named by what tells two of them apart. */
function repeated(log: readonly EventRow[]): string[] {
  const seen = new Set<string>();
  return log.flatMap(({ type, data }) => {
    const { version, n, clock, rung, of, before, carried, to, outcome } = data as Record<string, unknown>;
    // The collecting may be ended again where more has been handed out since.
    const isFree = OFTEN.has(type) || outcome === 'collecting-ended';
    if (isFree && carried === undefined) return [];
    const name = `${type} ${JSON.stringify({ version, n, clock, rung, of, before, carried, to })}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [name];
  });
}

/**
 * Each escalation has told each of those it names but whoever gave it by hand, and no one twice: by a notice of its own
 * moment and clock, which may be another rung's or speak of other assignments as well (domain/delivery/gathering.ts).
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

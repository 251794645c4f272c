// Rows of `assignment` as readers ask for them: by holder, by issuer, by directive; heads for the door; the tree.
import { placesRead, type ReadingSeats } from '../../domain/access/seating.ts';
import type { Db } from '../pool.ts';
import { BELOW, RANK, WITHIN } from './rank.ts';
import { patternOf, searched } from './searched.ts';
import {
  OF_OFFICE_FOR,
  OFFERED,
  OWN,
  SEAT_PLACES,
  SEATED,
  SEES_ASSIGNMENT,
  SEES_WHOLE,
  SHARED_WITH,
  partsOfGuests,
  seatValues,
} from './sight.ts';

/** The parts of an assignment that may be cached: only `node` ever changes, once, when parts are handed out. */
export type Head = {
  id: string;
  directive: string;
  desk: string;
  item: string;
  unit: string | null;
  node: boolean;
};

export async function findHeads(
  db: Db,
  directives: readonly string[],
  ids: readonly string[],
): Promise<Head[]> {
  const { rows } = await db.query<Head>({
    name: 'assignment/find_heads',
    text: `select a.id, a.directive, a.desk, a.item, a.unit, a.node
             from unnest($1::text[], $2::text[]) as x (directive, id)
             join assignment a on a.directive = x.directive and a.id = x.id`,
    values: [directives, ids],
  });
  return rows;
}

/** The desks of these assignments. */
export async function findDesksOfAssignments(
  db: Db,
  directive: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ desk: string }>({
    name: 'assignment/find_desks',
    text: 'select distinct desk from assignment where directive = $1 and id = any($2)',
    values: [directive, ids],
  });
  return rows.map(({ desk }) => desk);
}

/** Units that have a part directly below a node, issued or not yet issued. */
export async function findChildUnits(db: Db, directive: string, node: string): Promise<string[]> {
  const { rows } = await db.query<{ unit: string }>({
    name: 'assignment/find_child_units',
    text: `
      select a.unit from assignment a
       where a.directive = $1 and a.id > $2 || '.' and a.id < $2 || '/' and a.parent = $2 and a.unit is not null
      union
      select r ->> 'unit' from desk d join plan p on p.desk = d.id, jsonb_array_elements(p.rows) r
       where d.node = $2 and not d.issued and r ->> 'parent' = $2`,
    values: [directive, node],
  });
  return rows.map(({ unit }) => unit);
}

/** Does this place hold anything that is not cancelled below a node, apart from what the caller names? */
export async function isHeldBelow(
  db: Db,
  directive: string,
  node: string,
  place: string,
  known: readonly string[],
): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'assignment/is_held_below',
    text: `select exists (select from assignment where directive = $1 and id > $2 || '.' and id < $2 || '/'
                             and holder = $3 and phase <> 'cancelled' and id <> all($4)) as found`,
    values: [directive, node, place, known],
  });
  return rows[0]?.found ?? false;
}

export type ListedAssignment = { directive: string; id: string; dueAt: string; rank: string };
export type After = { dueAt: string; rank: string } | null;

export type ListFilter = {
  reading: ReadingSeats;
  phases: readonly string[] | null;
  overdueAtMs: number | null;
  directive: string | null;
  unit: string | null;
  /** By whether their clocks stand still or run. */
  suspended: boolean | null;
  /** With or without an extension or a "not ours" that waits for the issuer. */
  asked: boolean | null;
  /** The words to search for in the directive, or these places as holders; null finds all. */
  sought: { q: string; places: readonly string[] } | null;
  after: After;
  limit: number;
};

const FILTER = `
  ($3::text[] is null or a.phase = any($3))
  and ($4::float8 is null or (a.due_at < to_timestamp($4::float8 / 1000) and a.phase in ('issued', 'acknowledged', 'returned')
                             and not a.suspended))
  and ($5::text is null or a.directive = $5)
  and ($6::text is null or a.unit = $6)
  and ($7::timestamptz is null or (a.due_at, ${RANK}) > ($7, $8))
  and ($10::boolean is null or a.suspended = $10)
  and ($11::boolean is null or a.asked = $11)
  and ($12::text is null or a.holder = any($13) or exists (
        select from directive s where s.id = a.directive
           and (${searched('s.title', '$12')} or ${searched('s.number', '$12')} or s.id ilike $12)))`;

const LISTED = `a.directive, a.id, ${RANK} as rank, to_char(a.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAt"`;

const valuesOf = (filter: ListFilter): unknown[] => [
  ...seatValues(filter.reading),
  filter.phases,
  filter.overdueAtMs,
  filter.directive,
  filter.unit,
  filter.after?.dueAt ?? null,
  filter.after?.rank ?? '',
  filter.limit,
  filter.suspended,
  filter.asked,
  patternOf(filter.sought?.q ?? null),
  filter.sought?.places ?? [],
];

/** Held by these seats, earliest due first. */
export async function listHeld(db: Db, filter: ListFilter): Promise<ListedAssignment[]> {
  const { rows } = await db.query<ListedAssignment>({
    name: 'assignment/list_held',
    text: `
      select ${LISTED} from assignment a
       where a.holder = any(${SEAT_PLACES}) and ${SEATED('a')} and ${FILTER}
       order by a.due_at, ${RANK} limit $9`,
    values: valuesOf(filter),
  });
  return rows;
}

/** Assignments these seats have been asked to take over and have not answered yet. */
export async function listOffered(db: Db, filter: ListFilter): Promise<ListedAssignment[]> {
  const { rows } = await db.query<ListedAssignment>({
    name: 'assignment/list_offered',
    text: `
      select ${LISTED} from assignment a
       where a.transfer_to = any(${SEAT_PLACES}) and ${OFFERED('a')} and ${FILTER}
       order by a.due_at, ${RANK} limit $9`,
    values: valuesOf(filter),
  });
  return rows;
}

/**
 * Assignments that wait for the issuer: a report for review, or a request for a decision; null is everything issued.
 */
export type WaitingFor = 'review' | 'decision' | null;

/** Conditions that each have an index; each gets a statement of its own, so that its index is used. */
const WAITING = {
  review: `a.waits and (a.phase = 'submitted' or a.state ->> 'correcting' = 'true') and`,
  decision: 'a.asked and',
} as const;

/** Assignments these seats have issued. */
export async function listIssued(
  db: Db,
  filter: ListFilter & { waiting: WaitingFor },
): Promise<ListedAssignment[]> {
  const { waiting } = filter;
  const { rows } = await db.query<ListedAssignment>({
    name: `assignment/list_issued${waiting === null ? '' : `_for_${waiting}`}`,
    text: `
      select ${LISTED} from assignment a
        join directive d on d.id = a.directive
        left join assignment p on p.directive = a.directive and p.id = a.parent
       where ${waiting === null ? '' : WAITING[waiting]}
             ((p.id is null and ${OF_OFFICE_FOR('d.office', 'a')}) or (p.id is not null and ${SEATED('p')}))
         and ${FILTER}
       order by a.due_at, ${RANK} limit $9`,
    values: valuesOf(filter),
  });
  return rows;
}

/** Everything the reader sees. */
export async function listSeen(db: Db, filter: ListFilter): Promise<ListedAssignment[]> {
  const { led, readsAll } = filter.reading;
  const { rows } = await db.query<ListedAssignment>({
    name: 'assignment/list_seen',
    text: `
      select ${LISTED} from assignment a
       where ${SEES_ASSIGNMENT('a', { all: '$14::boolean', led: '$15::text[]' })} and ${FILTER}
       order by a.due_at, ${RANK} limit $9`,
    values: [...valuesOf(filter), readsAll, led],
  });
  return rows;
}

/**
 * Assignments below the reader's places, all of the reader's offices, and for those who read all, all of all
 * directives. They are found by node, so that assignments of others are never looked at; at most one page of each node
 * is kept.
 */
export async function listBelow(db: Db, filter: ListFilter): Promise<ListedAssignment[]> {
  const part = (where: string): string => `
    select ${LISTED}, a.due_at from assignment a
     where a.directive = n.directive and ${where} and ${FILTER}
     order by a.due_at, ${RANK} limit $9`;
  const { rows } = await db.query<ListedAssignment>({
    name: 'assignment/list_below',
    text: `
      select distinct directive, id, rank, "dueAt", due_at from (
        select l.* from (
          select d.id as directive from directive d
           where ${SEES_WHOLE('d', '$14::boolean')} and d.phase <> 'draft'
             and ($5::text is null or d.id = $5) and ($4::float8 is null or d.phase = 'open')) n
         cross join lateral (${part('true')}) l
        union all
        select l.* from (
          select guests.directive, guests.rank from directive d cross join lateral (${partsOfGuests('d')}) guests
           where not ${SEES_WHOLE('d', '$14::boolean')} and 'unit/' || d.office = any(${SEAT_PLACES}) and d.phase <> 'draft'
             and ($5::text is null or d.id = $5) and ($4::float8 is null or d.phase = 'open')) n
         cross join lateral (${part(WITHIN('n.rank'))}) l
        union all
        select l.* from (
          select p.directive, coalesce(p.rank, p.id) as rank from assignment p
            join directive d on d.id = p.directive and ($4::float8 is null or d.phase = 'open')
           where p.holder = any(${SEAT_PLACES}) and ${SEATED('p')} and p.node and p.phase <> 'cancelled'
             and ($5::text is null or p.directive = $5)) n
         cross join lateral (${part(BELOW('n.rank'))}) l) found
       order by due_at, rank limit $9`,
    values: [...valuesOf(filter), filter.reading.readsAll],
  });
  return rows.map(({ directive, id, rank, dueAt }) => ({ directive, id, rank, dueAt }));
}

/**
 * Assignments whose merged result has been shared with these seats, in order of their ranks. The log says so, and
 * sharing is never undone.
 */
export async function listShared(
  db: Db,
  filter: { reading: ReadingSeats; directive: string | null; after: string | null; limit: number },
): Promise<{ directive: string; id: string; rank: string }[]> {
  const { rows } = await db.query<{ directive: string; id: string; rank: string }>({
    name: 'assignment/list_shared',
    text: `
      select distinct e.directive, e.assignment as id, ${RANK} as rank from event e
        join assignment a on a.directive = e.directive and a.id = e.assignment
       where e.type = 'shared' and e.data ->> 'to' = any(${SEAT_PLACES}) and ${SHARED_WITH("(e.data ->> 'to')", 'a')}
         and ($3::text is null or e.directive = $3) and ($4::text is null or ${RANK} > $4)
       order by 3 limit $5`,
    values: [...seatValues(filter.reading), filter.directive, filter.after, filter.limit],
  });
  return rows;
}

/** Where the part of a directive's tree that a reader sees begins; with `below`, all that lies below it as well. */
export type SeenRoot = { id: string; below: boolean };

/**
 * The topmost assignments of a directive that the reader sees, and those the reader sees without what is below them.
 */
export async function findSeenRoots(db: Db, directive: string, reading: ReadingSeats): Promise<SeenRoot[]> {
  const { rows } = await db.query<SeenRoot>({
    name: 'assignment/find_seen_roots',
    text: `
      select a.id, ${SEATED('a')} or s.guest as below
        from directive d
       cross join lateral (
         select id, false as guest from assignment where directive = d.id and holder = any($4)
         union select id, false from assignment where directive = d.id and transfer_to = any(${SEAT_PLACES})
         union select id, true from (${partsOfGuests('d')}) guests) s
        join assignment a on a.directive = d.id and a.id = s.id
       where d.id = $3 and (s.guest or ${OWN('a', '$5::text[]')})
       order by a.level, ${RANK} limit 2000`,
    values: [...seatValues(reading), directive, placesRead(reading), reading.led],
  });
  const roots: SeenRoot[] = [];
  for (const { id, below } of rows) {
    const known = roots.find((root) => root.id === id);
    if (known !== undefined) known.below ||= below;
    else if (!roots.some((root) => root.below && id.startsWith(`${root.id}.`))) roots.push({ id, below });
  }
  return roots;
}

export type ListedBranch = { id: string; parent: string | null; level: number; node: boolean };

/** Assignments up to `levels` levels below these roots, level by level. */
export async function listBranches(
  db: Db,
  directive: string,
  under: readonly SeenRoot[] | null,
  maxLevel: number,
  limit: number,
): Promise<ListedBranch[]> {
  const { rows } = await db.query<ListedBranch>({
    name: 'assignment/list_branches',
    text: `
      select a.id, a.parent, a.level, a.node from assignment a
       where a.directive = $1 and a.level <= $3
         and ($2::text[] is null or exists (select from unnest($2::text[], $5::boolean[]) as u (id, below)
                                             where a.id = u.id or (u.below and a.id > u.id || '.' and a.id < u.id || '/')))
       order by a.level, ${RANK} limit $4`,
    values: [
      directive,
      under?.map(({ id }) => id) ?? null,
      maxLevel,
      limit,
      under?.map(({ below }) => below) ?? [],
    ],
  });
  return rows;
}

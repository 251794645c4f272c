// Rows of `slip`: numbered when their event is written, countersigned with a receipt, listed for those who may see
// them.
import type { Clock } from '../../domain/policy/policy.ts';
import type { SlipColor, SlipFacts } from '../../domain/paper/slip/slip.ts';
import type { ReadingSeats } from '../../domain/access/seating.ts';
import type { Db } from '../pool.ts';
import { OF_OFFICE_FOR, OWN, SEATED, SEES_WHOLE, seatValues } from './sight.ts';

/** A slip without its number; `at` is ISO. */
export type NewSlip = {
  id: string;
  seq: number;
  directive: string;
  assignment: string;
  /** The assignment and those above it. */
  path: string[];
  office: string;
  year: number;
  color: SlipColor;
  holder: string;
  issuer: string;
  clock: Clock;
  facts: SlipFacts;
  at: string;
};
/** A receipt is event `seq` of its desk; it countersigns the slips the same log issued before it. */
export type Countersignature = { assignment: string; seq: number; at: string; by: string | null };

export type SlipWriting = { slips: NewSlip[]; countersignatures: Countersignature[] };

/**
 * In the transaction of the events, and last in it: the counter's row is locked only from here to the commit, while
 * PostgreSQL chooses the order in which parts of one statement run. Two transactions that number for the same offices
 * take the counters in one order. Costs nothing where there is no slip.
 */
export async function writeSlips(db: Db, { slips, countersignatures }: SlipWriting): Promise<void> {
  if (slips.length > 0) await insertSlips(db, slips);
  // After the insert: their places in the log say which slips came before the receipt.
  if (countersignatures.length > 0) await countersign(db, countersignatures);
}

async function insertSlips(db: Db, slips: readonly NewSlip[]): Promise<void> {
  await db.query({
    name: 'slip/insert',
    text: `
      with
        issued as (
          select x.*, row_number() over part as nth, count(*) over (partition by office, year) as total
            from json_to_recordset($1::json) as x (id text, seq int, directive text, assignment text, path text[],
                 office text, year smallint, color text, holder text, issuer text, clock text, facts jsonb, at timestamptz)
          window part as (partition by office, year order by at, directive, seq, id)),
        counted as (
          insert into slip_counter as c (office, year, last)
          select office, year, count(*) from issued group by office, year order by office, year
          on conflict (office, year) do update set last = c.last + excluded.last
          returning office, year, last)
      insert into slip (id, seq, directive, assignment, path, office, year, number, color, holder, issuer, clock, facts, at)
      select i.id, i.seq, i.directive, i.assignment, i.path, i.office, i.year, c.last - i.total + i.nth, i.color,
             i.holder, i.issuer, i.clock, i.facts, i.at
        from issued i
        join counted c on c.office = i.office and c.year = i.year`,
    values: [JSON.stringify(slips)],
  });
}

async function countersign(db: Db, countersignatures: readonly Countersignature[]): Promise<void> {
  await db.query({
    name: 'slip/countersign',
    text: `
      update slip s
         set countersigned_at = x.at, countersigned_by = x.by
        from json_to_recordset($1::json) as x (assignment text, seq int, at timestamptz, by text)
       where s.assignment = x.assignment
         and s.seq < x.seq
         and s.countersigned_at is null`,
    values: [JSON.stringify(countersignatures)],
  });
}

export type SlipRow = Omit<NewSlip, 'at' | 'seq' | 'path'> & {
  number: number;
  at: Date;
  countersignedAt: Date | null;
  countersignedBy: string | null;
};

const COLUMNS = `s.id, s.directive, s.assignment, s.office, s.year, s.number, s.color, s.holder, s.issuer, s.clock, s.facts,
  s.at, s.countersigned_at as "countersignedAt", s.countersigned_by as "countersignedBy"`;

/** Those of these events that are slips. */
export async function findSlips(db: Db, ids: readonly string[]): Promise<SlipRow[]> {
  const { rows } = await db.query<SlipRow>({
    name: 'slip/find',
    text: `select ${COLUMNS} from slip s where s.id = any($1)`,
    values: [ids],
  });
  return rows;
}

export type SlipFilter = {
  reading: ReadingSeats;
  directive: string | null;
  assignment: string | null;
  color: SlipColor | null;
  /** Not countersigned, or countersigned. */
  open: boolean | null;
  before: { at: string; id: string } | null;
  limit: number;
};

/** Newest first: those of the assignments the reader sees. */
export async function listSlips(db: Db, filter: SlipFilter): Promise<SlipRow[]> {
  const { rows } = await db.query<SlipRow>({
    name: 'slip/list',
    text: `
      select ${COLUMNS} from slip s
       where (${SEES_WHOLE('s', '$10::boolean')}
              or exists (select from assignment p
                          where p.directive = s.directive and p.id = any(s.path)
                            and (${SEATED('p')} or ${OF_OFFICE_FOR('s.office', 'p')}
                                 or (p.id = s.assignment and ${OWN('p', '$11::text[]')}))))
         and ($3::text is null or s.directive = $3)
         and ($4::text is null or s.assignment = $4)
         and ($5::text is null or s.color = $5)
         and ($6::boolean is null or (s.countersigned_at is null) = $6)
         and ($7::timestamptz is null or (s.at, s.id) < ($7, $8))
       order by s.at desc, s.id desc limit $9`,
    values: [
      ...seatValues(filter.reading),
      filter.directive,
      filter.assignment,
      filter.color,
      filter.open,
      filter.before?.at ?? null,
      filter.before?.id ?? '',
      filter.limit,
      filter.reading.readsAll,
      filter.reading.led,
    ],
  });
  return rows;
}

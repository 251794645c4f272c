// Rows of `calendar`: every version of every work calendar. The shipped calendars are version 1 and have no row.
import { isDeepStrictEqual } from 'node:util';
import { builtInCalendars, type BuiltIn } from '../../domain/calendar/calendar-years.ts';
import { Calendar } from '../../domain/calendar/calendar-data.ts';
import type { Db, Transaction } from '../pool.ts';

/** `note`, `at` and `by` are null for a calendar as it ships. */
export type CalendarVersion = {
  id: string;
  version: number;
  calendar: Calendar;
  note: string | null;
  at: Date | null;
  by: string | null;
};

/** A calendar in a list: the years it knows, not their days. */
export type CalendarOutline = Omit<CalendarVersion, 'calendar'> & { knownYears: number[] };

type Row = Omit<CalendarVersion, 'calendar'> & { body: unknown };

const isBuiltIn = (id: string): id is BuiltIn => Object.hasOwn(builtInCalendars, id);

const versionOf = ({ body, ...row }: Row): CalendarVersion => ({ ...row, calendar: Calendar.parse(body) });

function builtIn(id: string): CalendarVersion | null {
  if (!isBuiltIn(id)) return null;
  return { id, version: 1, calendar: builtInCalendars[id], note: null, at: null, by: null };
}

/** The latest version, or the one asked for; null where there is none. */
export async function findCalendar(
  db: Db,
  id: string,
  version: number | null = null,
): Promise<CalendarVersion | null> {
  const { rows } = await db.query<Row>({
    name: 'calendar/find',
    text: `
      select id, version, body, note, at, by
        from calendar
       where id = $1 and version = coalesce($2, version)
       order by version desc
       limit 1`,
    values: [id, version],
  });
  if (rows[0] !== undefined) return versionOf(rows[0]);
  return version === null || version === 1 ? builtIn(id) : null;
}

/** The number of the latest version; null where there is no such calendar. */
export async function findCalendarVersion(db: Db, id: string): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>({
    name: 'calendar/find_version',
    text: 'select version from calendar where id = $1 order by version desc limit 1',
    values: [id],
  });
  return rows[0]?.version ?? builtIn(id)?.version ?? null;
}

/** The latest version of each, by id; `after` is the last id already shown. */
export async function listCalendars(db: Db, after: string | null, limit: number): Promise<CalendarOutline[]> {
  // `collate "C"`: the shipped ids are merged into this list, and must sort the same way in both places.
  const { rows } = await db.query<CalendarOutline>({
    name: 'calendar/list',
    text: `
      select distinct on (id collate "C") id, version, note, at, by,
             array(select jsonb_object_keys(body -> 'years')::int order by 1) as "knownYears"
        from calendar
       where id collate "C" > $1
       order by id collate "C", version desc
       limit $2`,
    values: [after ?? '', limit],
  });
  const stored = new Set(rows.map((row) => row.id));
  const unedited = Object.keys(builtInCalendars)
    .filter((id) => id > (after ?? '') && !stored.has(id))
    .flatMap((id) => builtIn(id) ?? [])
    .map(({ calendar, ...rest }) => ({ ...rest, knownYears: Object.keys(calendar.years).map(Number) }));
  return [...rows, ...unedited].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** Other writers of this calendar wait until the transaction ends, so what is read afterwards stays the latest. */
export async function lockCalendar(tx: Transaction, id: string): Promise<void> {
  await tx.query({
    name: 'calendar/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('calendar/' || $1, 0))`,
    values: [id],
  });
}

/** Stores a new version unless it equals the latest; answers the version that holds now. Under its lock. */
export async function saveCalendar(
  tx: Transaction,
  latest: CalendarVersion | null,
  next: { id: string; calendar: Calendar; note: string | null; by: string },
): Promise<CalendarVersion> {
  if (latest !== null && isDeepStrictEqual(latest.calendar, next.calendar)) return latest;
  const { rows } = await tx.query<Row>({
    name: 'calendar/insert',
    text: `
      insert into calendar (id, version, body, note, by)
      values ($1, $2, $3, $4, $5)
      returning id, version, body, note, at, by`,
    values: [next.id, (latest?.version ?? 0) + 1, JSON.stringify(next.calendar), next.note, next.by],
  });
  if (rows[0] === undefined) throw new Error('insert returned no row');
  return versionOf(rows[0]);
}

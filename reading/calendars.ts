// Work calendars in memory: a version never changes, so one that has been read is kept, the very same object.
import { LRUCache } from 'lru-cache';
import type { Db } from '../db/pool.ts';
import { findCalendar, findCalendarVersion } from '../db/queries/calendar.ts';
import { builtInCalendars } from '../domain/calendar/calendar-years.ts';
import type { Calendar } from '../domain/calendar/calendar.ts';

/**
 * Give it a connection that has not itself stored a calendar in its open transaction: a calendar that is read is kept
 * for all callers, and must be committed.
 */
export type CalendarSource = {
  /** A version that a directive was planned with: nothing deletes one, so a missing one is a bug and throws. */
  at(db: Db, id: string, version: number): Promise<Calendar>;
  /** The version to plan a directive with now; null where there is no calendar of that id. */
  current(db: Db, id: string): Promise<{ version: number; calendar: Calendar } | null>;
  /** The work calendar as it is now: its workdays have digests. */
  work(db: Db): Promise<Calendar>;
};

/** Versions kept; with ten years loaded one takes some 200 KB. */
const KEPT = 100;

export function createCalendarSource(): CalendarSource {
  const kept = new LRUCache<string, Calendar>({ max: KEPT });
  for (const [id, calendar] of Object.entries(builtInCalendars)) kept.set(keyOf(id, 1), calendar);

  async function at(db: Db, id: string, version: number): Promise<Calendar> {
    const key = keyOf(id, version);
    let calendar = kept.get(key);
    if (calendar === undefined) {
      const found = await findCalendar(db, id, version);
      if (found === null) throw new Error(`version ${version} of the calendar ${id} is not there`);
      // If another call has read it meanwhile, we keep that call's object: lookups hang on the object.
      calendar = kept.get(key) ?? found.calendar;
    }
    kept.set(key, calendar);
    return calendar;
  }

  async function current(db: Db, id: string): Promise<{ version: number; calendar: Calendar } | null> {
    const version = await findCalendarVersion(db, id);
    return version === null ? null : { version, calendar: await at(db, id, version) };
  }

  return {
    at,
    current,
    work: async (db) => (await current(db, 'work'))?.calendar ?? builtInCalendars.work,
  };
}

const keyOf = (id: string, version: number): string => `${id}@${version}`;

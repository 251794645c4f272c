// The work calendars: read by all, kept in versions by administrators; a new version plans open assignments again.
import { Router, type Request } from 'express';
import { CALENDAR_CALLS, type CalendarAnswer } from '../../../contract/calendars.ts';
import { previewCalendar, replanOutdated } from '../../../command/directive/replan.ts';
import { recordSecurity, type SecurityEntry } from '../../../command/security/record-security.ts';
import { inTransaction, type Db } from '../../../db/pool.ts';
import {
  findCalendar,
  listCalendars,
  lockCalendar,
  saveCalendar,
  type CalendarVersion,
} from '../../../db/queries/calendar.ts';
import { raiseRoutingVersion } from '../../../db/queries/installation.ts';
import { daysBetween, MAX_DAYS } from '../../../domain/calendar/calendar-days.ts';
import { Code } from '../../../domain/code.ts';
import { dateOf, dayOfDate } from '../../../domain/calendar/day.ts';
import { refuseFaults } from '../../../domain/failure.ts';
import { loadNotice } from '../../../domain/calendar/notice-import.ts';
import { actorOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import { demandRight, grantsOf } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { Refused, refused } from '../../errors.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

/** Directives planned again within the request that changed their calendar: some 10 ms each. */
const REPLANNED_AT_ONCE = 100;

const calendarAnswer = ({ calendar, at, ...rest }: CalendarVersion): CalendarAnswer => ({
  ...rest,
  ...calendar,
  at: at?.toISOString() ?? null,
});

const calendarSaved = (req: Request, { id, version }: CalendarVersion): SecurityEntry => ({
  ...originOf(req),
  type: 'calendarSaved',
  data: { calendar: id, version },
});

async function getCalendar(db: Db, id: string, version: number | null): Promise<CalendarVersion> {
  const found = await findCalendar(db, id, version);
  if (found === null) throw refused('NOT_FOUND');
  return found;
}

export function calendarsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, CALENDAR_CALLS.list, async ({ query: { limit, cursor } }) => {
    const calendars = await listCalendars(pool, readCursor(Code, cursor), limit + 1);
    return pageOf(
      calendars,
      limit,
      ({ id }) => id,
      ({ at, ...rest }) => ({ ...rest, at: at?.toISOString() ?? null }),
    );
  });

  serve(router, CALENDAR_CALLS.read, async ({ params: { id }, query: { version } }) =>
    calendarAnswer(await getCalendar(pool, id, version ?? null)),
  );

  /** Open assignments are planned again at once, as far as a request may last; the sentinel goes on with the rest. */
  const replan = (): Promise<number> => replanOutdated(deps, REPLANNED_AT_ONCE);

  serve(router, CALENDAR_CALLS.preview, async ({ params: { id }, body }) => {
    const { note: _, ...calendar } = body();
    return previewCalendar(pool, deps.sources, { id, calendar, nowMs: deps.now() });
  });

  serve(router, CALENDAR_CALLS.put, async ({ req, params: { id }, body }) => {
    const { note, ...calendar } = body();
    const saved = await inTransaction(pool, async (tx) => {
      await lockCalendar(tx, id);
      const next = { id, calendar, note, by: actorOf(req).person };
      // Digests come on workdays.
      await raiseRoutingVersion(tx);
      const version = await saveCalendar(tx, await findCalendar(tx, id), next);
      await recordSecurity(tx, calendarSaved(req, version));
      return version;
    });
    await replan();
    return calendarAnswer(saved);
  });

  serve(router, CALENDAR_CALLS.loadNotice, async ({ req, params: { id }, body }) => {
    await getCalendar(pool, id, null);
    demandRight(CALENDAR_CALLS.loadNotice, await grantsOf(deps, req));
    const request = body();
    const reply = await once(pool, req, {
      work: async (tx) => {
        await lockCalendar(tx, id);
        const latest = await getCalendar(tx, id, null);
        const year = String(request.year);
        if (latest.calendar.years[year] !== undefined && !request.replace)
          throw refused('DUPLICATE', {
            params: { value: year },
            errors: [{ path: 'year', code: 'DUPLICATE', params: { value: year } }],
          });
        const { calendar, faults } = loadNotice(latest.calendar, request);
        if (faults !== null) throw new Refused(refuseFaults(faults));
        const next = { id, calendar, note: request.source ?? null, by: actorOf(req).person };
        await raiseRoutingVersion(tx);
        const kept = await saveCalendar(tx, latest, next);
        const { version } = kept;
        await recordSecurity(tx, calendarSaved(req, kept));
        return { status: version === latest.version ? 200 : 201, kept: version };
      },
      present: async (db, version) => calendarAnswer(await getCalendar(db, id, version)),
    });
    await replan();
    return reply;
  });

  serve(router, CALENDAR_CALLS.days, async ({ params: { id }, query: { from, to, version } }) => {
    const last = dateOf(dayOfDate(from) + MAX_DAYS - 1);
    if (to < from || to > last)
      throw refused('MALFORMED', {
        errors: [{ path: 'to', code: 'OUT_OF_RANGE', params: { min: from, max: last } }],
      });
    const found = await getCalendar(pool, id, version ?? null);
    return { id: found.id, version: found.version, items: daysBetween(found.calendar, from, to) };
  });

  return router;
}

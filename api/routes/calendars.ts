// The work calendars: read by all, kept in versions by administrators; a new version plans what is open again.
import { Router } from 'express';
import { z } from 'zod';
import { previewCalendar, replanOutdated } from '../../command/directive/replan.ts';
import { inTransaction, type Db } from '../../db/pool.ts';
import {
  findCalendar,
  listCalendars,
  lockCalendar,
  saveCalendar,
  type CalendarVersion,
} from '../../db/queries/calendar.ts';
import { raiseRoutingVersion } from '../../db/queries/installation.ts';
import { CalendarRequest } from '../../domain/calendar/calendar-data.ts';
import { DayAnswer, daysBetween, MAX_DAYS } from '../../domain/calendar/calendar-days.ts';
import { Calendar } from '../../domain/calendar/calendar.ts';
import { Code } from '../../domain/code.ts';
import { dateOf, dayOfDate } from '../../domain/calendar/day.ts';
import { refuseFaults } from '../../domain/failure.ts';
import { loadNotice, NoticeRequest } from '../../domain/calendar/notice-import.ts';
import { documentOfAdministrator } from '../access/administrator.ts';
import { actorOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { Refused, refused } from '../errors.ts';
import { once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { PageQuery, pageOf, readCursor } from '../page.ts';
import { param, parseEnvelope, parseQuery } from '../parse.ts';

const origin = { note: z.string().nullable(), at: z.string().nullable(), by: z.string().nullable() };
const CalendarAnswer = named(
  'CalendarVersion',
  z.object({ id: z.string(), version: z.int(), ...Calendar.shape, ...origin }),
);
const OutlineAnswer = named(
  'CalendarOutline',
  z.object({ id: z.string(), version: z.int(), knownYears: z.array(z.int()), ...origin }),
);
named('CalendarRequest', CalendarRequest);
named('NoticeRequest', NoticeRequest);

/** Directives planned again within the request that changed their calendar: some 10 ms each. */
const REPLANNED_AT_ONCE = 100;

const VersionQuery = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .meta({ type: 'integer', minimum: 1 })
    .optional(),
});
const DaysQuery = z.strictObject({ ...VersionQuery.shape, from: z.iso.date(), to: z.iso.date() });

describe({
  method: 'get',
  path: '/calendars',
  tag: 'calendars',
  summary: 'All calendars in their latest version, by id, with the years each knows',
  query: PageQuery,
  answer: pageSchema(OutlineAnswer),
});
describe({
  method: 'get',
  path: '/calendars/{id}',
  tag: 'calendars',
  summary: 'One calendar, in its latest version or the one asked for',
  query: VersionQuery,
  answer: CalendarAnswer,
});
describe({
  method: 'put',
  path: '/calendars/{id}',
  tag: 'calendars',
  summary: 'Makes a calendar, or a new version of it; what is open is planned again (administrator)',
  body: CalendarRequest,
  answer: CalendarAnswer,
});
describe({
  method: 'post',
  path: '/calendars/{id}/notice',
  tag: 'calendars',
  summary: 'Loads the notice of a year into a new version (administrator)',
  body: NoticeRequest,
  status: 201,
  answer: CalendarAnswer,
});
describe({
  method: 'post',
  path: '/calendars/{id}/preview',
  tag: 'calendars',
  summary:
    'What storing this calendar would move: how many open assignments, which get earlier (administrator)',
  body: CalendarRequest,
  once: false,
  answer: z.looseObject({ moves: z.unknown(), more: z.boolean() }),
});
describe({
  method: 'get',
  path: '/calendars/{id}/days',
  tag: 'calendars',
  summary: `What each day is, from one date to another, at most ${MAX_DAYS}`,
  query: DaysQuery,
  answer: z.object({ id: z.string(), version: z.int(), items: z.array(DayAnswer) }),
});

const answerOf = ({ calendar, at, ...rest }: CalendarVersion): z.output<typeof CalendarAnswer> => ({
  ...rest,
  ...calendar,
  at: at?.toISOString() ?? null,
});

async function getCalendar(db: Db, id: string, version: number | null): Promise<CalendarVersion> {
  const found = await findCalendar(db, id, version);
  if (found === null) throw refused('NOT_FOUND');
  return found;
}

export function calendarsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  router.get('/calendars', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const calendars = await listCalendars(pool, readCursor(Code, cursor), limit + 1);
    const page = pageOf(
      calendars,
      limit,
      ({ id }) => id,
      ({ at, ...rest }) => ({ ...rest, at: at?.toISOString() ?? null }),
    );
    res.json(page);
  });

  router.get('/calendars/:id', async (req, res) => {
    const { version } = parseQuery(VersionQuery, req);
    res.json(answerOf(await getCalendar(pool, param(req, 'id'), version ?? null)));
  });

  /** What is open is planned again at once, as far as a request may last; the sentinel goes on with the rest. */
  const replan = (): Promise<number> => replanOutdated(deps, REPLANNED_AT_ONCE);

  router.post('/calendars/:id/preview', json(), async (req, res) => {
    const { id } = parseEnvelope(z.strictObject({ id: Code }), { id: param(req, 'id') });
    const { note: _, ...calendar } = await documentOfAdministrator(deps, req, CalendarRequest);
    res.json(await previewCalendar(pool, deps.sources, { id, calendar, nowMs: deps.now() }));
  });

  router.put('/calendars/:id', json(), async (req, res) => {
    const { id } = parseEnvelope(z.strictObject({ id: Code }), { id: param(req, 'id') });
    const { note, ...calendar } = await documentOfAdministrator(deps, req, CalendarRequest);
    const saved = await inTransaction(pool, async (tx) => {
      await lockCalendar(tx, id);
      const next = { id, calendar, note, by: actorOf(req).person };
      // Digests come on workdays.
      await raiseRoutingVersion(tx);
      return saveCalendar(tx, await findCalendar(tx, id), next);
    });
    await replan();
    res.json(answerOf(saved));
  });

  router.post('/calendars/:id/notice', json(), async (req, res) => {
    const id = param(req, 'id');
    const request = await documentOfAdministrator(deps, req, NoticeRequest, () =>
      getCalendar(pool, id, null),
    );
    const { status, body } = await once(pool, req, {
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
        const { version } = await saveCalendar(tx, latest, next);
        return { status: version === latest.version ? 200 : 201, kept: version };
      },
      present: async (db, version) => answerOf(await getCalendar(db, id, version)),
    });
    await replan();
    res.status(status).json(body);
  });

  router.get('/calendars/:id/days', async (req, res) => {
    const { from, to, version } = parseQuery(DaysQuery, req);
    const last = dateOf(dayOfDate(from) + MAX_DAYS - 1);
    if (to < from || to > last)
      throw refused('MALFORMED', {
        errors: [{ path: 'to', code: 'OUT_OF_RANGE', params: { min: from, max: last } }],
      });
    const found = await getCalendar(pool, param(req, 'id'), version ?? null);
    res.json({ id: found.id, version: found.version, items: daysBetween(found.calendar, from, to) });
  });

  return router;
}

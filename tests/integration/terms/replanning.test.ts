// A calendar that changes under open work: previewed, applied to every open assignment once, and to nothing that is settled.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInCalendars } from '../../../domain/calendar/calendar-years.ts';
import { ADMIN_PASSWORD } from '../../support/api.ts';
import { courseOf, sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

/** Next week: Monday, Tuesday and Wednesday as dates in China, wherever and whenever this runs. */
const DAY_MS = 86_400_000;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
// Day 0 was a Thursday.
const monday = (Math.floor((Date.now() / DAY_MS + 3) / 7) + 1) * 7 - 3;
const [MONDAY, TUESDAY, WEDNESDAY] = [monday, monday + 1, monday + 2].map(dateOf) as [string, string, string];

const { hours } = builtInCalendars.work;
const noHolidays = { holidays: [], workdays: [] };
const knownYears = [-1, 0, 1].map((n) => [String(Number(MONDAY.slice(0, 4)) + n), noHolidays] as const);
const years: Record<string, { holidays: string[]; workdays: string[] }> = Object.fromEntries(knownYears);
/** Typhoon: nobody works on the Tuesday that all is due on. */
const TYPHOON = {
  hours,
  everyDay: false,
  roundTheClock: false,
  years: { ...years, [TUESDAY.slice(0, 4)]: { holidays: [TUESDAY], workdays: [] } },
};
const RECEIVED = `${MONDAY}T09:00:00+08:00`;

describe.each([2000, 5])('a changed calendar with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  const calendar = { hours, everyDay: false, roundTheClock: false, years };
  beforeAll(async () => {
    expect(ADMIN_PASSWORD).not.toBe('');
    z = await startInstallation({ deskLimit, organisation: district() });
    await z.api.call('PUT', '/calendars/town', { body: calendar });
    course = await sendOut(z, 'd', {
      calendar: 'town',
      receivedAt: RECEIVED,
      due: { workdays: 1, at: '17:30' },
      policy: { margins: ['PT15M', 'PT45M', 'PT60M', 'PT90M'] },
    });
    await sendOut(z, 'fixed', {
      calendar: 'town',
      receivedAt: RECEIVED,
      due: `${TUESDAY}T17:30:00+08:00`,
    });
    await course.settle('S1-1', 1);
  });
  afterAll(() => z.close());

  it('is previewed: how many move, which get earlier, and nothing is stored', async () => {
    const { status, body } = await z.api.call('POST', '/calendars/town/preview', { body: TYPHOON });
    expect(status).toBe(200);
    expect(body).toMatchObject({ moves: { total: 13, earlier: 0, later: 6, same: 7 }, more: false });
    const shorter = { ...calendar, hours: [['09:00', '12:00']] };
    const { body: less } = await z.api.call('POST', '/calendars/town/preview', { body: shorter });
    expect((less as { moves: { earlier: number } }).moves.earlier).toBeGreaterThan(0);
    expect(await course.whole()).toMatchObject({ dueAt: `${TUESDAY}T09:30:00.000Z` });
    const { status: forbidden } = await z.as(OFFICE).post('/calendars/town/preview', TYPHOON);
    expect(forbidden).toBe(403);
  });

  it('plans every open assignment again, with an event at each', async () => {
    const { status } = await z.api.call('PUT', '/calendars/town', { body: { ...TYPHOON, note: '台风' } });
    expect(status).toBe(200);
    for (const unit of ['', 'S1', 'S1-2', 'S2', 'S2-1', 'S2-2']) {
      const [event] = await course.happens(unit, 'rescheduled');
      expect(event?.data).toMatchObject({ cause: 'calendar' });
    }
    expect(await course.whole()).toMatchObject({ dueAt: `${WEDNESDAY}T09:30:00.000Z` });
    // Superior 17:30, office 17:15, task force 16:30, street 15:30, community 14:00, a day later.
    const dues = await Promise.all(['', 'S1', 'S1-2'].map((unit) => course.see(unit)));
    expect(dues.map(({ dueAt }) => dueAt as unknown)).toEqual([
      `${WEDNESDAY}T08:30:00.000Z`,
      `${WEDNESDAY}T07:30:00.000Z`,
      `${WEDNESDAY}T06:00:00.000Z`,
    ]);
  });

  it('leaves alone what is settled and what was given as an instant', async () => {
    expect(await course.happens('S1-1', 'rescheduled', 0)).toEqual([]);
    const fixed = courseOf(z, 'fixed');
    expect(await fixed.whole()).toMatchObject({ dueAt: `${TUESDAY}T09:30:00.000Z` });
  });

  it('does nothing twice, and keeps the record sound', async () => {
    await z.api.call('PUT', '/calendars/town', { body: { ...TYPHOON, note: '台风' } });
    expect(await course.happens('S1-2', 'rescheduled')).toHaveLength(1);
    expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
    expect(await faultsOfRecord(z.pool, 'fixed')).toEqual([]);
  });
});

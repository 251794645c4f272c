// Work calendars over HTTP: their versions, a year's notice, and directives planned by them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCalendarSource } from '../../../reading/calendars.ts';
import { createTermsSource } from '../../../reading/terms.ts';
import { findPlan } from '../../../db/queries/desk.ts';
import { builtInCalendars } from '../../../domain/calendar/calendar-years.ts';
import type { Answer } from '../../support/api.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertSmallRecord, tokenOf } from '../../support/small-record.ts';

let api: TestApi;
let office: string;
// The morning of the cases of 2023: receipts count from now, in a year that must be known.
let now = Date.parse('2023-09-28T10:00:00+08:00');
beforeAll(async () => {
  api = await startApi({ now: () => now });
  await insertSmallRecord(api);
  office = await tokenOf(api, 'OFF');
});
afterAll(() => api.close());

const { work } = builtInCalendars;
const NOON = [['08:30', '12:00']];
/** The notice of 2023 as far as the cases need it. */
const NOTICE_2023 = {
  year: 2023,
  holidays: [{ from: '2023-09-29', to: '2023-10-06' }],
  workdays: ['2023-10-07', '2023-10-08'],
  source: 'gov.cn 2022-12-08',
};

type Body = Record<string, unknown> & { version: number };
const bodyOf = ({ body }: Answer): Body => body as Body;
const get = (path: string): Promise<Answer> => api.call('GET', path, { token: office });
const put = (id: string, body: unknown, token?: string): Promise<Answer> =>
  api.call('PUT', `/calendars/${id}`, { body, ...(token === undefined ? {} : { token }) });
const notice = (id: string, body: unknown, options: { token?: string; key?: string } = {}): Promise<Answer> =>
  api.call('POST', `/calendars/${id}/notice`, {
    body,
    ...(options.token === undefined ? {} : { token: options.token }),
    ...(options.key === undefined ? {} : { headers: { 'idempotency-key': options.key } }),
  });
const faultsOf = (answer: Answer): unknown => {
  const problem = answer.body as { code: string; errors?: { path: string; code: string }[] };
  return [answer.status, problem.code, ...(problem.errors ?? []).map(({ path, code }) => `${path} ${code}`)];
};

describe('calendars', () => {
  it('has those that ship from the start, for everybody to read', async () => {
    expect((await get('/calendars')).body).toEqual({
      items: [
        { id: 'always', version: 1, knownYears: [], note: null, at: null, by: null },
        { id: 'event', version: 1, knownYears: [], note: null, at: null, by: null },
        { id: 'work', version: 1, knownYears: [2025, 2026], note: null, at: null, by: null },
      ],
      nextCursor: null,
    });
    expect((await get('/calendars/work')).body).toEqual({
      id: 'work',
      version: 1,
      ...work,
      note: null,
      at: null,
      by: null,
    });
    expect((await get('/calendars/none')).status).toBe(404);
    expect((await get('/calendars/work?version=2')).status).toBe(404);
    expect((await get('/calendars/work?version=0')).status).toBe(400);
    expect((await api.call('GET', '/calendars', { token: null })).status).toBe(401);
  });

  it('keeps every version, and makes none of what is the same', async () => {
    const summer = {
      ...work,
      hours: [
        ['08:00', '12:00'],
        ['14:00', '18:00'],
      ],
    };
    expect(bodyOf(await put('summer', { ...summer, note: '夏令作息' }))).toMatchObject({
      version: 1,
      note: '夏令作息',
      by: 'admin',
      event: null,
    });
    expect(bodyOf(await put('summer', summer)).version).toBe(1);
    const edited = {
      ...summer,
      event: { from: '2026-07-01', to: '2026-07-10', hours: [['08:00', '22:00']] },
    };
    expect(bodyOf(await put('summer', edited))).toMatchObject({
      version: 2,
      event: edited.event,
      note: null,
    });
    expect((await get('/calendars/summer?version=1')).body).toMatchObject({ version: 1, event: null });
    expect((await get('/calendars/summer')).body).toMatchObject({ version: 2, event: edited.event });
    expect((await get('/calendars?limit=1')).body).toMatchObject({ items: [{ id: 'always' }] });
  });

  it('makes one version of ten writings at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => put('once', work)));
    expect(new Set(answers.map((answer) => `${answer.status} ${bodyOf(answer).version}`))).toEqual(
      new Set(['200 1']),
    );
  });

  it('says of each day what it is, in the version asked for', async () => {
    const days = await get('/calendars/summer/days?from=2026-06-30&to=2026-07-04');
    expect(days.body).toMatchObject({ id: 'summer', version: 2 });
    const kinds = (answer: Answer): string[] =>
      (answer.body as { items: { kind: string }[] }).items.map(({ kind }) => kind);
    expect(kinds(days)).toEqual(['workday', 'event', 'event', 'event', 'event']);
    expect(kinds(await get('/calendars/summer/days?from=2026-07-04&to=2026-07-04&version=1'))).toEqual([
      'weekend',
    ]);
    expect(kinds(await get('/calendars/work/days?from=2026-12-31&to=2027-01-01'))).toEqual([
      'workday',
      'unknown',
    ]);
    expect(kinds(await get('/calendars/work/days?from=2026-01-01&to=2027-02-04'))).toHaveLength(400);
    for (const query of ['from=2026-01-01&to=2027-02-05', 'from=2026-01-02&to=2026-01-01'])
      expect(faultsOf(await get(`/calendars/work/days?${query}`))).toEqual([
        400,
        'MALFORMED',
        'to OUT_OF_RANGE',
      ]);
    expect((await get('/calendars/work/days?from=2026-01-32&to=2026-02-01')).status).toBe(400);
    expect((await get('/calendars/none/days?from=2026-01-01&to=2026-01-02')).status).toBe(404);
  });

  it('refuses in the order of the contract, at the place', async () => {
    expect((await put('work', { ...work, everyDay: 'no' }, office)).status).toBe(400);
    expect((await put('work', { ...work, hours: [] }, office)).status).toBe(403);
    expect((await put('work', work, office)).status).toBe(403);
    expect((await put('a.b', work)).status).toBe(400);
    const wrong = {
      ...work,
      years: {
        '2026': {
          holidays: ['2025-05-01'],
          workdays: ['2026-05-09', '2026-05-09'],
          halfDays: [{ date: '2026-05-10', hours: NOON }],
        },
      },
      event: { from: '2026-05-02', to: '2026-05-01', hours: NOON },
    };
    expect(faultsOf(await put('work', wrong))).toEqual([
      422,
      'INVALID',
      'years.2026.holidays[0] OTHER_YEAR',
      'years.2026.workdays[1] REPEATED',
      'years.2026.halfDays[0] NOT_A_WORKDAY',
      'event.to OUT_OF_RANGE',
    ]);
    const english = await api.call('PUT', '/calendars/work', {
      body: wrong,
      headers: { 'accept-language': 'en' },
    });
    expect(english.body).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ message: 'Not a date of 2026: 2025-05-01' }),
      ]) as unknown,
    });
    expect(bodyOf(await get('/calendars/work')).version).toBe(1);
  });
});

describe('a year’s notice', () => {
  beforeAll(async () => {
    await put('past', { ...work, years: {} });
  });

  it('becomes a new version, once', async () => {
    const first = await notice('past', NOTICE_2023, { key: 'load' });
    expect([first.status, first.body]).toMatchObject([
      201,
      { version: 2, note: 'gov.cn 2022-12-08', by: 'admin' },
    ]);
    expect((bodyOf(first)['years'] as Record<string, unknown>)['2023']).toMatchObject({
      workdays: ['2023-10-07', '2023-10-08'],
      halfDays: [],
    });
    const again = await notice('past', NOTICE_2023, { key: 'load' });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(faultsOf(await notice('past', { ...NOTICE_2023, workdays: [] }, { key: 'load' }))).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(bodyOf(await get('/calendars/past')).version).toBe(2);
  });

  it('of a year already known is only taken to replace it', async () => {
    expect(faultsOf(await notice('past', NOTICE_2023))).toEqual([409, 'DUPLICATE', 'year DUPLICATE']);
    const same = await notice('past', { ...NOTICE_2023, replace: true });
    expect([same.status, bodyOf(same).version]).toEqual([200, 2]);
    const more = { ...NOTICE_2023, replace: true, halfDays: [{ date: '2023-09-28', hours: NOON }] };
    const replaced = await notice('past', more);
    expect([replaced.status, bodyOf(replaced).version]).toEqual([201, 3]);
    expect(bodyOf(await notice('past', { ...NOTICE_2023, replace: true })).version).toBe(4);
  });

  it('is loaded by one of ten at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => notice('past', { year: 2024, holidays: ['2024-01-01'] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it('is refused in the order of the contract, at the place', async () => {
    const wrong = {
      year: 2027,
      holidays: [{ from: '2027-10-07', to: '2027-10-01' }],
      workdays: ['2027-10-11'],
    };
    expect((await notice('none', { year: '2027' }, { token: office })).status).toBe(400);
    expect((await notice('none', wrong, { token: office })).status).toBe(404);
    expect((await notice('past', wrong, { token: office })).status).toBe(403);
    expect((await notice('past', { ...wrong, year: 2023 })).status).toBe(409);
    expect(faultsOf(await notice('past', wrong))).toEqual([
      422,
      'INVALID',
      'holidays[0] OUT_OF_RANGE',
      'workdays[0] NOT_A_DAY_OFF',
    ]);
    expect(faultsOf(await notice('past', { year: 2027, holidays: ['2027-13-01'] }))).toEqual([
      422,
      'INVALID',
      'holidays[0] INVALID',
    ]);
    expect(faultsOf(await notice('past', { year: 1999, holidays: [] }))).toEqual([
      422,
      'INVALID',
      'year OUT_OF_RANGE',
    ]);
    expect(faultsOf(await notice('event', { year: 2027, holidays: [] }))).toEqual([
      422,
      'INVALID',
      'year EVERY_DAY_COUNTS',
    ]);
  });
});

describe('a directive', () => {
  let last = 0;
  const request = (id: string, changes: object = {}): Record<string, unknown> => ({
    id,
    number: `C-${(last += 1)}`,
    title: '志愿者站点',
    receivedAt: '2023-09-28T10:00:00+08:00',
    due: { workdays: 1, at: '17:30' },
    policy: 'standard',
    items: [{ key: 'sites', title: '站点', dispatch: [{ taskForce: 'TF', receivers: [{ unit: 'DD' }] }] }],
    ...changes,
  });
  const post = (path: string, body: unknown): Promise<Answer> =>
    api.call('POST', path, { token: office, body });
  const issue = async (id: string, changes: object = {}): Promise<Body> => {
    const answer = await post('/directives', request(id, changes));
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return bodyOf(answer);
  };
  const calendarsOf = async (...ids: string[]): Promise<unknown[]> => {
    const terms = await createTermsSource(createCalendarSource()).load(api.pool, ids);
    return ids.map((id) => terms.get(id)?.calendar);
  };

  beforeAll(async () => {
    await put('games', { ...work, years: {} });
    await notice('games', NOTICE_2023);
  });

  it('is due by the calendar it names, and is planned again when that is changed', async () => {
    expect(await issue('before', { calendar: 'games' })).toMatchObject({
      dueAt: '2023-10-07T09:30:00.000Z',
      calendar: 'games',
      calendarVersion: 2,
    });
    const current = bodyOf(await get('/calendars/games'));
    const { id: _, version: __, at: ___, by: ____, ...calendar } = current;
    await put('games', {
      ...calendar,
      note: '赛时',
      event: { from: '2023-09-16', to: '2023-10-08', hours: [['08:00', '22:00']] },
    });
    expect(await issue('after', { calendar: 'games' })).toMatchObject({
      dueAt: '2023-09-29T09:30:00.000Z',
      calendarVersion: 3,
    });
    expect(bodyOf(await get('/directives/before'))).toMatchObject({
      dueAt: '2023-09-29T09:30:00.000Z',
      calendarVersion: 3,
    });
  });

  it('shares one calendar in memory with all of its version, so that lookups are made once', async () => {
    await issue('twin', { calendar: 'games' });
    const [one, other] = await calendarsOf('after', 'twin');
    expect(one).toMatchObject({ event: { from: '2023-09-16' } });
    expect(one).toBe(other);
    expect(await calendarsOf('d')).toEqual([work]);
  });

  it('kept as a draft takes the version of the moment it goes out', async () => {
    await put('drafts', { ...work, years: {} });
    await notice('drafts', NOTICE_2023);
    const draft = await post('/directives?draft=true', request('draft', { calendar: 'drafts' }));
    expect(bodyOf(draft)).toMatchObject({
      phase: 'draft',
      calendarVersion: 2,
      dueAt: '2023-10-07T09:30:00.000Z',
    });
    await notice('drafts', { ...NOTICE_2023, workdays: ['2023-10-08'], replace: true });
    expect(bodyOf(await post('/directives/draft/issue', {}))).toMatchObject({
      calendarVersion: 3,
      dueAt: '2023-10-08T09:30:00.000Z',
    });
  });

  it('keeps beside each due time what it rests on', async () => {
    const plan = await findPlan(api.pool, 'before');
    expect(plan.map(({ id, basis }) => [id, basis])).toEqual([
      ['before.sites.TF', { by: 'margin', ms: 45 * 60_000 }],
    ]);
  });

  it('is refused under a calendar nobody made, and in a year its calendar does not know', async () => {
    for (const path of ['/directives', '/directives/preview'])
      expect(faultsOf(await post(path, request('x', { calendar: 'lunar' })))).toEqual([
        422,
        'UNKNOWN_CALENDAR',
        'calendar UNKNOWN_CALENDAR',
      ]);
    expect(faultsOf(await post('/directives', request('x', { calendar: 'no such' })))).toEqual([
      422,
      'INVALID',
      'calendar INVALID',
    ]);
    expect(faultsOf(await post('/directives', request('x', { calendar: 'work' })))).toEqual([
      422,
      'CALENDAR_YEAR_UNKNOWN',
      'due CALENDAR_YEAR_UNKNOWN',
    ]);
  });

  it('due "tomorrow" and received on a Friday is previewed with both readings', async () => {
    now = Date.parse('2026-11-20T10:00:00+08:00');
    const preview = await post(
      '/directives/preview',
      request('x', { policy: {}, receivedAt: '2026-11-20T10:00:00+08:00' }),
    );
    const both = { workdays: '2026-11-23T09:30:00.000Z', calendarDays: '2026-11-21T09:30:00.000Z' };
    expect(bodyOf(preview)).toMatchObject({
      calendar: 'work',
      calendarVersion: 1,
      dueAt: both.workdays,
      readings: [{ path: 'due', rule: { workdays: 1, at: '17:30' }, holds: 'workdays', ...both }],
    });
    expect(bodyOf(preview)['warnings']).toContainEqual({
      code: 'TWO_READINGS',
      path: 'due',
      params: both,
      message: '时限有两种理解，按工作日计算：2026-11-23 17:30（按自然日为 2026-11-21 17:30）',
    });
    const monday = await post(
      '/directives/preview',
      request('x', { policy: {}, receivedAt: '2026-11-23T10:00:00+08:00' }),
    );
    expect(bodyOf(monday)['readings']).toEqual([]);
  });
});

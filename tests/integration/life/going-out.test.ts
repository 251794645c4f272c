// A directive on its way out over HTTP: nobody late at birth, times that cannot be meant refused, and what is warned of.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { courseOf } from '../../support/course.ts';
import { directive, district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { verdictOf } from '../../support/verdict-words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString();

let z: Installation;
beforeAll(async () => {
  const organisation = district({ streets: 2, communities: 2, empty: ['S1-2'] });
  z = await startInstallation({
    organisation: {
      ...organisation,
      taskForces: organisation.taskForces?.map((force) => ({
        ...force,
        members: ['S1'],
        sunset: { date: '2020-01-01' },
      })),
    },
  });
});
afterAll(() => z.close());

const BOTH = ['S1', 'S2'].map((unit) => ({ unit, receivers: 'children' as const }));

type Timed = { dueAt: string }[];
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  z.as(OFFICE).post(path, body, headers);
const preview = (id: string, more: Parameters<typeof directive>[1]): Promise<Reply> =>
  post('/directives/preview', directive(id, more));
/** As if it had been made long ago. */
const passes = (id: string): Promise<unknown> =>
  z.pool.query(
    `update directive set request = jsonb_set(request, '{due}', to_jsonb($2::text)) where id = $1`,
    [id, fromNow(-MINUTE_MS)],
  );

describe('the window of the budget', () => {
  // Seven hours and more had passed before it went out; the margins of the policy take three and a half.
  const late = (): Parameters<typeof directive>[1] => ({
    policy: 'standard',
    receivedAt: fromNow(-7 * 60 * MINUTE_MS),
    due: fromNow(120 * MINUTE_MS),
    item: { dispatch: [{ taskForce: 'TF', receivers: BOTH }] },
  });

  it('begins at the issue: nobody is due by then, at any level', async () => {
    const { body } = await preview('window', late());
    const { assignments, issuedAt } = body as unknown as { assignments: Timed; issuedAt: string };
    expect(assignments).toHaveLength(7);
    for (const { dueAt } of assignments)
      expect(Date.parse(dueAt)).toBeGreaterThanOrEqual(Date.parse(issuedAt) + 50 * MINUTE_MS);
    expect(body).toMatchObject({
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'MARGINS_SHRUNK' })]),
    });
  });

  it('begins at the issue of a draft too', async () => {
    expect((await post('/directives?draft=true', directive('window', late()))).status).toBe(201);
    expect((await post('/directives/window/issue', {})).status).toBe(200);
    const course = courseOf(z, 'window');
    await course.becomes('open');
    const leaf = await course.see('S2-1');
    expect(leaf).toMatchObject({ phase: 'issued', overdue: false });
    const { issuedAt } = await course.whole();
    expect(Date.parse(leaf.dueAt)).toBeGreaterThanOrEqual(Date.parse(issuedAt) + 50 * MINUTE_MS);
    expect(await course.see('S2-1')).not.toMatchObject({ light: 'red' });
  });

  it('that is over already is refused by path, in preview, issue and issue of a draft', async () => {
    const over = { policy: 'standard', receivedAt: fromNow(-7 * 60 * MINUTE_MS), due: { within: 'PT1H' } };
    const refusal = '422 DUE_BEFORE_ISSUE due:DUE_BEFORE_ISSUE';
    expect(verdictOf(await preview('over', over))).toBe(refusal);
    expect(verdictOf(await post('/directives', directive('over', over)))).toBe(refusal);
    const street = { unit: 'S1', due: { within: 'PT1H' } };
    const item = { dispatch: [{ taskForce: 'TF', receivers: [street] }] };
    expect(verdictOf(await preview('over', { ...late(), item }))).toBe(
      '422 DUE_BEFORE_ISSUE items[0].dispatch[0].receivers[0].due:DUE_BEFORE_ISSUE',
    );
    await post('/directives?draft=true', directive('over', { due: fromNow(DAY_MS) }));
    await passes('over');
    expect(verdictOf(await post('/directives/over/issue', {}))).toBe('422 OUT_OF_RANGE due:OUT_OF_RANGE');
  });
});

describe('times that cannot be meant', () => {
  it.each([
    ['a receipt more than 31 days ago', { receivedAt: fromNow(-32 * DAY_MS) }, 'receivedAt'],
    ['a receipt more than 31 days from now', { receivedAt: fromNow(32 * DAY_MS) }, 'receivedAt'],
    ['a receipt after the due time', { receivedAt: fromNow(2 * DAY_MS), due: fromNow(DAY_MS) }, 'receivedAt'],
    ['a due time before now', { due: fromNow(-MINUTE_MS) }, 'due'],
    ['a due time more than ten years away', { due: fromNow(3660 * DAY_MS) }, 'due'],
    ['a span of more than ten years', { due: { within: 'P3660D' } }, 'due'],
  ])('%s', async (_, more, path) => {
    for (const to of ['/directives/preview', '/directives', '/directives?draft=true'])
      expect(verdictOf(await post(to, directive('odd', more)))).toBe(`422 OUT_OF_RANGE ${path}:OUT_OF_RANGE`);
  });
});

describe('a due rule that is none', () => {
  it.each([
    [
      { within: 'P20Y' },
      'due.within:NOT_A_DURATION',
      '应为时长，以天、时、分、秒计（不用年、月、周），如 PT30M（30 分钟）、PT7H30M、P2D（2 天）',
    ],
    [{ within: 'PT200000H' }, 'due:OUT_OF_RANGE', '超出范围（不超过 P3653D）'],
    [{ within: 'P99999D' }, 'due.within:OUT_OF_RANGE', '超出范围（不超过 P20000D）'],
    ['明天下班前', 'due:NOT_AN_INSTANT', '应为带时区的时间，如 2026-11-27T17:30:00+08:00'],
  ])('%j is refused with the form it should have, or its limit', async (due, fault, words) => {
    for (const calendar of ['work', 'always']) {
      const reply = await post('/directives/preview', directive('odd', { due, calendar }));
      expect(verdictOf(reply)).toMatch(new RegExp(`^422 (INVALID|OUT_OF_RANGE|NOT_AN?_[A-Z]+) ${fault}$`));
      expect((reply.body as unknown as { errors: { message: string }[] }).errors[0]?.message).toBe(words);
    }
  });
});

describe('what is warned of', () => {
  const more = {
    calendar: 'work',
    due: { workdays: 1, at: '20:00' },
    policy: {},
    // Nobody is asked for figures, which others may ask for already.
    item: { form: undefined, dispatch: [{ taskForce: 'TF', receivers: BOTH }] },
  };
  // On a Friday only it can be read in two ways.
  const codes = (body: unknown): string[] => [
    ...new Set(
      (body as { warnings: { code: string }[] }).warnings
        .map(({ code }) => code)
        .filter((code) => code !== 'TWO_READINGS'),
    ),
  ];

  it('stands in the preview, in the answer of the issue, and in that of a draft and of its issue', async () => {
    const shown = (await preview('warned', more)).body as unknown as { warnings: { message: string }[] };
    expect(codes(shown)).toEqual(['DUE_OUTSIDE_HOURS', 'TASK_FORCE_ENDED', 'NOBODY_SITS', 'NOT_A_MEMBER']);
    const { status, body } = await post('/directives', directive('warned', more), { 'idempotency-key': 'w' });
    expect([status, codes(body)]).toEqual([201, codes(shown)]);
    expect(body).toMatchObject({ warnings: shown.warnings });
    const again = await post('/directives', directive('warned', more), { 'idempotency-key': 'w' });
    expect(codes(again.body)).toEqual(codes(shown));
    const draft = await post('/directives?draft=true', directive('warned2', more));
    expect(codes(draft.body)).toEqual(codes(shown));
    expect(codes((await post('/directives/warned2/issue', {})).body)).toEqual(codes(shown));
  });

  it('of a copy is also a due time that has passed, which must be mended before it goes out', async () => {
    await post('/directives', directive('soon', { due: fromNow(DAY_MS) }));
    await passes('soon');
    const { status, body } = await post('/directives/soon/copy', { id: 'again', number: 'L-again' });
    expect([status, codes(body)]).toEqual([201, expect.arrayContaining(['DUE_IN_PAST'])]);
    expect(verdictOf(await post('/directives/again/issue', {}))).toBe('422 OUT_OF_RANGE due:OUT_OF_RANGE');
  });
});

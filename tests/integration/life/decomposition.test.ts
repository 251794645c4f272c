// Parts handed out later: by a leaf, by an open desk with and without room, by a task force; in the counts and figures at once.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../support/api.ts';
import { courseOf, sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { verdictOf } from '../../support/verdict-words.ts';

const to = (...receivers: unknown[]): unknown => ({
  dispatch: [{ taskForce: FORCE, receivers }],
});
/** Both streets, which report themselves unless they hand it on. */
const LEAVES = to({ unit: 'S1' }, { unit: 'S2' }) as object;
const parts = (...units: string[]): unknown => ({ receivers: units.map((unit) => ({ unit })) });

const withSuperior = (): unknown => {
  const file = district({ streets: 2, communities: 12 });
  return { ...file, units: [...(file.units ?? []), { code: 'CITY', name: '市指挥部', kind: 'superior' }] };
};

describe.each([2000, 5])('decomposition with desks of %i', (deskLimit) => {
  let z: Installation;
  let other: TestApi;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: withSuperior() });
    other = await z.addApi();
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
    const { rows } = await z.pool.query<{ id: string; size: number }>(
      'select desk as id, count(*)::int as size from assignment where directive = $1 group by desk',
      [course.id],
    );
    expect(rows.filter(({ size }) => size > deskLimit)).toEqual([]);
  });
  afterAll(() => z.close());

  const communities = (street: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${street}-${index + 1}`);

  it('makes a desk of a leaf: counts, coverage and summary are right at once', async () => {
    course = await sendOut(z, 'leaf', { item: LEAVES });
    await course.settle('S2', 100);
    const node = await course.do('S1', 'decompose', parts('S1-1', 'S1-2'));
    expect(node.counts).toMatchObject({ total: 2, issued: 2 });
    expect(node.allowed).toContain('close');
    expect((await course.whole()).counts).toMatchObject({ total: 3, issued: 2, approved: 1 });
    expect((await course.whole()).coverage).toMatchObject({ expected: 3, reported: 1, approved: 1 });
    expect(await z.as('S1-1').see(course.at('S1-1'))).toMatchObject({
      phase: 'issued',
      issuer: { code: 'S1' },
      dueAt: node.dueAt,
    });
    expect((await z.as('S1-1').get('/notifications')).body.items.map(({ type }) => type)).toContain('issued');
    await course.settle('S1-1', 1);
    expect((await course.summary()).values['n']).toBe(101);
    await course.settle('S1-2', 10);
    await course.comes('S1', 'submitted');
    await course.do('S1', 'approve');
    await course.comes('', 'submitted');
    await course.do('', 'approve');
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(111);
    expect(await course.told('S1', 'decompose', parts('S1-3'))).toBe('409 DIRECTIVE_CLOSED');
  });

  it('adds to an open desk while there is room, then in sections; none of it is done before all is', async () => {
    course = await sendOut(z, 'more', { item: { ...LEAVES, review: 'auto' } });
    const all = communities('S1', 12);
    await course.do('S1', 'decompose', parts(...all.slice(0, 2)));
    await course.comes('S1-1', 'issued');
    for (const unit of all.slice(0, 2)) await course.do(unit, 'submit', { values: { n: 1 } });
    // The street is done, and so not open for more.
    await course.comes('S1', 'approved');
    expect(await course.told('S1', 'decompose', parts('S1-3'))).toBe('409 ALREADY_SETTLED');

    const street = communities('S2', 12);
    for (const added of [street.slice(0, 1), street.slice(1, 3), street.slice(3, 10), street.slice(10)]) {
      const node = await course.do('S2', 'decompose', parts(...added));
      expect(node.phase).not.toBe('approved');
      const last = added.at(-1) ?? '';
      await z.until(
        async () => (await z.as(OFFICE).get(`/assignments/${course.at(last)}`)).status === 200,
        `${last} is issued`,
      );
    }
    expect((await course.see('S2')).counts).toMatchObject({ total: 12 });
    for (const unit of street) await course.do(unit, 'submit', { values: { n: 1 } });
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(14);
    expect(await course.happens('S2', 'rolledUp')).toHaveLength(1);
  });

  it('opens again a desk whose holder had yet to send it up', async () => {
    course = await sendOut(z, 'reopen', { item: { ...LEAVES, review: 'auto', rollUp: 'manual' } });
    await course.do('S1', 'decompose', parts(...communities('S1', 6)));
    for (const unit of communities('S1', 6)) {
      await z.until(
        async () => (await course.try(unit, 'submit', { values: { n: 1 } })).status === 200,
        `${unit} reports`,
      );
    }
    await z.until(async () => {
      const { rows } = await z.pool.query<{ complete: boolean }>('select complete from desk where id = $1', [
        course.at('S1'),
      ]);
      return deskLimit === 2000 || rows[0]?.complete === true;
    }, 'the street’s desk has said that it is done');
    await course.do('S1', 'decompose', parts('S1-7'));
    await course.comes('S1-7', 'issued');
    await course.do('S1', 'submit');
    expect((await course.see('S1')).phase).toBe('acknowledged');
    await course.do('S1-7', 'submit', { values: { n: 1 } });
    // What went up too early was a part: the whole is the holder's to send, too.
    await course.do('S1', 'submit');
    await course.comes('S1', 'approved');
    await course.do('S2', 'submit', { values: { n: 1 } });
    await course.happens('', 'gathered');
    await course.do('', 'submit');
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(8);
  });

  it('lets a task force that was given no receivers choose them', async () => {
    course = await sendOut(z, 'force', { item: { dispatch: [{ taskForce: FORCE }] } });
    expect((await course.whole()).counts['total']).toBe(1);
    await course.do('', 'decompose', { receivers: { group: 'street', receivers: 'children' } });
    await z.until(async () => (await course.whole()).counts['total'] === 24, 'all have been issued');
    await course.becomes('open');
    await course.settle('S2-12', 5);
    expect((await course.summary()).values['n']).toBe(5);
    await course.do('', 'cancel', { reason: '不做了' });
    await course.becomes('closed');
  });

  it('names every fault by its place, and hands nothing out then', async () => {
    course = await sendOut(z, 'faults', { item: LEAVES });
    const told = (receivers: unknown, unit = 'S1'): Promise<string> =>
      course.told(unit, 'decompose', { receivers });
    expect(await told([])).toBe('422 INVALID receivers:REQUIRED');
    expect(await told([{ unit: 'NOPE' }])).toBe('422 UNKNOWN_UNIT receivers[0].unit:UNKNOWN_UNIT');
    expect(await told([{ unit: 'S1-1' }, { unit: 'S1-1' }])).toBe('422 INVALID receivers[1].unit:REPEATED');
    expect(await told([{ unit: 'S1-1', receivers: [{ unit: 'S1' }] }])).toBe(
      '422 NOT_BELOW receivers[0].receivers[0].unit:NOT_BELOW',
    );
    expect(await told([{ unit: 'S1-1', due: { within: 'PT9H' } }])).toBe(
      '422 DUE_AFTER_PARENT receivers[0].due:DUE_AFTER_PARENT',
    );
    expect(await told({ group: 'town' })).toBe('422 INVALID receivers.group:EMPTY_GROUP');
    expect(await told(7)).toMatch(/^400 MALFORMED/);
    expect(await course.by(OFFICE, 'S1', 'decompose', parts('S1-1'))).toBe('403 FORBIDDEN');
    expect(await course.by('S2', 'S1', 'decompose', parts('S1-1'))).toBe('404 NOT_FOUND');
    expect((await course.whole()).counts['total']).toBe(2);
    await course.do('S1', 'decompose', parts('S1-1'));
    expect(await told([{ unit: 'S1-2' }, { unit: 'S1-1' }])).toBe('422 INVALID receivers[1].unit:REPEATED');
    // By transfer it is held by whoever would be asked for a part of it.
    await course.do('S2', 'transfer', { unit: 'S1-5', reason: '归口' });
    expect(await told([{ unit: 'S2-1' }], 'S2')).toBe('409 TRANSFER_PENDING');
    expect(await course.by('S1-5', 'S2', 'accept-transfer')).toBe('200');
    expect(await course.by('S1-5', 'S2', 'decompose', parts('S1-5'))).toBe(
      '422 NOT_BELOW receivers[0].unit:NOT_BELOW',
    );
  });

  it('goes down the organisation alone: never to a sibling, another street, the office or the superior', async () => {
    course = await sendOut(z, 'down', { item: LEAVES });
    await course.do('S1', 'decompose', parts('S1-1'));
    await course.comes('S1-1', 'issued');
    const others = ['S1-2', 'S1', 'S2', 'S2-1', OFFICE, 'CITY'];
    for (const unit of others)
      expect(`${unit} ${await course.told('S1-1', 'decompose', parts(unit))}`).toBe(
        `${unit} 422 NOT_BELOW receivers[0].unit:NOT_BELOW`,
      );
    const { body } = await course.try('S1-1', 'decompose', parts('S2'));
    expect(body.errors[0]?.message).toBe(
      '“S2街道”不是“S1-1社区”的下级单位，不能向它分解；要由它承办，请用“转办”',
    );
    // Every level for itself, also where the first is below; and nothing has gone out.
    expect(
      await course.told('S1', 'decompose', { receivers: [{ unit: 'S1-2', receivers: [{ unit: 'S1-3' }] }] }),
    ).toBe('422 NOT_BELOW receivers[0].receivers[0].unit:NOT_BELOW');
    expect(await course.told('', 'decompose', parts('CITY'))).toBe(
      '422 NOT_BELOW receivers[0].unit:NOT_BELOW',
    );
    expect((await course.whole()).counts['total']).toBe(2);
    // A task force may reach further down, and after a transfer it is the new holder's units that count.
    expect(await course.told('', 'decompose', parts('S2-1'))).toBe('200');
    await course.do('S1-1', 'transfer', { unit: 'S2', reason: '归口' });
    expect(await course.by('S2', 'S1-1', 'accept-transfer')).toBe('200');
    expect(await course.by('S2', 'S1-1', 'decompose', parts('S1-2'))).toBe(
      '422 NOT_BELOW receivers[0].unit:NOT_BELOW',
    );
    expect(await course.by('S2', 'S1-1', 'decompose', { receivers: { group: 'community' } })).toBe('200');
    await course.do('', 'cancel', { reason: '到此' });
    await course.becomes('closed');
  });

  it('is known at once to a process that last saw a leaf', async () => {
    course = await sendOut(z, 'stale', { item: { ...LEAVES, rollUp: 'manual' } });
    const elsewhere = (body: unknown): Promise<string> =>
      z
        .as('S1', other)
        .post(`/assignments/${course.at('S1')}/submit`, body)
        .then(verdictOf);
    expect(await elsewhere({ values: {} })).toBe('422 INVALID values.n:REQUIRED');
    await course.do('S1', 'decompose', parts('S1-1'));
    expect(await elsewhere({})).toBe('409 NOTHING_REPORTED');
    expect(await elsewhere({ values: { remark: '街道自报' } })).toBe('200');
    await course.settle('S1-1', 3);
    expect(await elsewhere({})).toBe('200');
    expect(await course.see('S1')).toMatchObject({ phase: 'submitted' });
    // One list of commands: the part handed out, and then the report of what has become of it.
    await course.do('S2', 'acknowledge');
    await z.as('S2', other).get(`/assignments/${course.at('S2')}`);
    const { body } = await z.as('S2', other).post('/commands', [
      { assignment: course.at('S2'), command: 'decompose', ...(parts('S2-1') as object) },
      { assignment: course.at('S2'), command: 'submit' },
    ]);
    const verdicts = body as unknown as { status: number; problem?: { code: string } }[];
    expect(verdicts.map(({ status, problem }) => `${status} ${problem?.code ?? ''}`.trim())).toEqual([
      '200',
      '409 NOTHING_REPORTED',
    ]);
  });

  it('is done whole by each of two processes that hand out at once, and a part asked for twice goes out once', async () => {
    course = courseOf(z, 'race');
    const { items, ...whole } = directive('race', {
      item: { review: 'auto', dispatch: [{ taskForce: FORCE }] },
    });
    const keys = Array.from({ length: 12 }, (_, index) => `i${index}`);
    const many = { ...whole, items: keys.map((key) => ({ ...items[0], key })) };
    expect((await z.as(OFFICE).post('/directives', many)).status).toBe(201);
    await course.becomes('open');
    const handOut = (key: string, units: string[], api: TestApi): Promise<string> =>
      z
        .as(FORCE, api)
        .post(`/assignments/race.${key}.${FORCE}/decompose`, parts(...units))
        .then(verdictOf);
    // None of them has a desk below it yet: whoever comes second finds one he has not locked.
    const answers = await Promise.all(
      keys.flatMap((key) => [handOut(key, ['S1'], z.api), handOut(key, ['S2'], other)]),
    );
    expect(answers).toEqual(answers.map(() => '200'));
    const twice = await Promise.all([z.api, other].map((api) => handOut('i0', ['S1-1'], api)));
    expect(twice.sort()).toEqual(['200', '422 INVALID receivers[0].unit:REPEATED']);
    await z.until(async () => (await course.whole()).counts['total'] === 25, 'all have been issued');
    for (const key of keys)
      for (const street of ['S1', 'S2'])
        await z.until(async () => {
          const path = `/assignments/race.${key}.${FORCE}.${street}/submit`;
          return (await z.as(street).post(path, { values: { n: 1 } })).status === 200;
        }, `${street} reports`);
    await z.as('S1-1').post(`/assignments/race.i0.${FORCE}.S1-1/submit`, { values: { n: 1 } });
    await course.becomes('closed');
  });

  it('gives later parts no order of before, and all of afterwards', async () => {
    course = await sendOut(z, 'orders', { item: LEAVES });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await course.do('', 'suspend', { until, reason: '停' });
    expect(await course.told('S1', 'decompose', parts('S1-1'))).toBe('409 SUSPENDED');
    await course.do('', 'resume');
    await course.do('S1', 'decompose', parts(...communities('S1', 7)));
    await z.until(async () => (await course.see('S1')).counts['total'] === 7, 'all have been issued');
    expect((await course.see('S1-7')).suspendedUntil).toBeNull();
    await course.do('S1', 'cancel', { reason: '撤' });
    expect((await course.see('S1-7')).phase).toBe('cancelled');
    await z.until(async () => (await course.see('S1')).counts['cancelled'] === 7, 'all are cancelled');
    await course.settle('S2', 4);
    await course.comes('', 'submitted');
    await course.do('', 'approve');
    await course.becomes('closed');
  });
});

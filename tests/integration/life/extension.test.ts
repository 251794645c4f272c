// More time: asked for within bounds, decided by the issuer, and what is below moves along, in every desk, without an old reminder.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { courseOf, sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const MINUTE_MS = 60_000;
/** Each level leaves ten minutes to the one above. */
const MARGINS = { due: { within: 'PT2H' }, policy: { margins: ['PT10M'] } };

describe.each([2000, 5])('extensions with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    // A street with five communities is a desk of its own where five is the limit.
    z = await startInstallation({ deskLimit, organisation: district({ streets: 2, communities: 5 }) });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const dueMs = async (unit: string): Promise<number> => Date.parse((await course.see(unit)).dueAt);
  const later = (ms: number, by: number): string => new Date(ms + by).toISOString();

  it('is asked for once, for a later time that the issuer himself can keep', async () => {
    course = await sendOut(z, 'ask', MARGINS);
    const due = await dueMs('S1-1');
    const ask = (body: unknown): Promise<string> => course.told('S1-1', 'request-extension', body);
    expect(await ask({})).toBe('422 INVALID due:REQUIRED reason:REQUIRED');
    expect(await ask({ due: later(Date.now(), -1), reason: '晚' })).toBe('422 INVALID due:DUE_IN_PAST');
    expect(await ask({ due: later(due, 0), reason: '晚' })).toBe('422 INVALID due:DUE_NOT_LATER');
    expect(await ask({ due: later(due, 10 * MINUTE_MS + 1), reason: '晚' })).toBe(
      '422 DUE_AFTER_PARENT due:DUE_AFTER_PARENT',
    );
    expect(await ask({ due: 'tomorrow', reason: '晚' })).toMatch(/^400 MALFORMED/);
    expect(await course.by('S1', 'S1-1', 'request-extension', { reason: '晚' })).toBe('403 FORBIDDEN');
    expect(await course.by('S1-2', 'S1-1', 'request-extension', { reason: '晚' })).toBe('404 NOT_FOUND');
    expect(await course.told('S1-1', 'decide-extension', { grant: true })).toBe('409 NO_EXTENSION_PENDING');

    const wanted = later(due, 10 * MINUTE_MS);
    const asked = await course.do('S1-1', 'request-extension', { due: wanted, reason: '缺人手' });
    expect(asked).toMatchObject({
      dueAt: later(due, 0),
      extension: { dueAt: wanted, reason: '缺人手', by: 'S1-1' },
    });
    expect(asked.allowed).not.toContain('request-extension');
    expect(await ask({ due: wanted, reason: '再晚' })).toBe('409 EXTENSION_PENDING');
    const told = await z.as('S1').get('/notifications');
    expect(told.body.items.map(({ type }) => type)).toContain('extensionRequested');

    const decide = (body: unknown): Promise<string> => course.told('S1-1', 'decide-extension', body);
    expect(await course.by('S1-1', 'S1-1', 'decide-extension', { grant: true })).toBe('403 FORBIDDEN');
    expect(await course.by(FORCE, 'S1-1', 'decide-extension', { grant: true })).toBe('403 FORBIDDEN');
    expect(await decide({ grant: true, due: later(due, 20 * MINUTE_MS) })).toBe(
      '422 DUE_AFTER_PARENT due:DUE_AFTER_PARENT',
    );
    expect(await decide({ grant: true, due: later(due, -1) })).toBe('422 INVALID due:DUE_NOT_LATER');
    expect(await decide({ grant: false, reason: '不行' })).toBe('200');
    expect(await course.see('S1-1')).toMatchObject({ dueAt: later(due, 0), extension: null });
    expect(await decide({ grant: true })).toBe('409 NO_EXTENSION_PENDING');

    // The report is in: nobody need decide any more.
    await course.do('S1-1', 'request-extension', { due: wanted, reason: '缺人手' });
    expect((await course.do('S1-1', 'submit', { values: { n: 1 } })).extension).toBeNull();
    expect(await decide({ grant: true })).toBe('409 NO_EXTENSION_PENDING');
    expect(await ask({ due: wanted, reason: '晚' })).toBe('409 ALREADY_SUBMITTED');
  });

  it('granted at the top moves all below along, in every desk, each once', async () => {
    course = await sendOut(z, 'grant', MARGINS);
    const places = ['', 'S1', 'S1-1', 'S2', 'S2-5'];
    const before = await Promise.all(places.map(dueMs));
    await course.settle('S2-5', 1);
    const wanted = later(before[0] ?? 0, 10 * MINUTE_MS);
    await course.do('', 'request-extension', { due: wanted, reason: '暴雨' });
    const granted = later(before[0] ?? 0, 6 * MINUTE_MS);
    expect((await course.do('', 'decide-extension', { grant: true, due: granted })).dueAt).toBe(granted);
    // Every reader sees it at once, wherever the desk is.
    const moved = await Promise.all(places.map(dueMs));
    expect(moved.map((due, index) => due - (before[index] ?? 0))).toEqual([
      ...[6, 6, 6, 6].map((minutes) => minutes * MINUTE_MS),
      0,
    ]);
    await z.until(async () => {
      const { rows } = await z.pool.query<{ left: number }>(
        `select count(*)::int as left from assignment a
          where directive = 'grant' and not settled and level > 1
            and coalesce((state -> 'carried' ->> $1)::int, 0) < 1`,
        [course.at()],
      );
      return rows[0]?.left === 0;
    }, 'all have taken it in');
    const events = await z.as(OFFICE).events('grant', 'rescheduled');
    expect(events).toHaveLength(2 + 10 - 1);
    expect(new Set(events.map(({ assignment }) => assignment)).size).toBe(11);
  });

  it('granted to one street leaves the other where it was', async () => {
    course = await sendOut(z, 'street', MARGINS);
    const [street, below, other] = await Promise.all(['S1', 'S1-3', 'S2-3'].map(dueMs));
    if (street === undefined || below === undefined) throw new Error('not seen');
    await course.do('S1', 'request-extension', { due: later(street, 5 * MINUTE_MS), reason: '停电' });
    await course.do('S1', 'decide-extension', { grant: true });
    expect(await dueMs('S1-3')).toBe(below + 5 * MINUTE_MS);
    expect(await dueMs('S2-3')).toBe(other);
    // What it has been given, the street can give on.
    const most = later(street, 5 * MINUTE_MS);
    await course.do('S1-3', 'request-extension', { due: most, reason: '停电' });
    expect((await course.do('S1-3', 'decide-extension', { grant: true })).dueAt).toBe(most);
  });

  it('that the level above has overtaken is granted at the later time', async () => {
    course = await sendOut(z, 'overtaken', MARGINS);
    const [street = 0, below = 0] = await Promise.all(['S1', 'S1-3'].map(dueMs));
    await course.do('S1-3', 'request-extension', { due: later(below, 2 * MINUTE_MS), reason: '停电' });
    await course.do('S1', 'request-extension', { due: later(street, 5 * MINUTE_MS), reason: '停电' });
    await course.do('S1', 'decide-extension', { grant: true });
    const held = later(below, 5 * MINUTE_MS);
    expect(await course.do('S1-3', 'decide-extension', { grant: true })).toMatchObject({
      dueAt: held,
      extension: null,
    });
    expect((await course.see('S1-3')).dueAt).toBe(held);
  });

  it('is given without a request by anybody above: later with all below, never past the level above', async () => {
    course = await sendOut(z, 'moved', MARGINS);
    const [force = 0, street = 0, below = 0, other = 0] = await Promise.all(
      ['', 'S1', 'S1-3', 'S2-3'].map(dueMs),
    );
    const move = (who: string, unit: string, due: string): Promise<string> =>
      course.by(who, unit, 'reschedule', { due, reason: '路断了' });
    expect(await course.by(OFFICE, 'S1', 'reschedule', {})).toBe('422 INVALID due:REQUIRED reason:REQUIRED');
    expect(await move(OFFICE, 'S1', later(force, 1))).toBe('422 DUE_AFTER_PARENT due:DUE_AFTER_PARENT');
    expect(await move(OFFICE, 'S1', later(street, 0))).toBe('422 INVALID due:NOTHING_CHANGES');
    expect(await move('S1', 'S1', later(street, 1))).toBe('403 FORBIDDEN');
    expect(await move('S2', 'S1-3', later(below, 1))).toBe('404 NOT_FOUND');
    expect(await move(OFFICE, 'S1', later(street, 4 * MINUTE_MS))).toBe('200');
    expect(await dueMs('S1')).toBe(street + 4 * MINUTE_MS);
    expect(await dueMs('S1-3')).toBe(below + 4 * MINUTE_MS);
    expect(await dueMs('S2-3')).toBe(other);
    // A community’s by the task force, over the street’s head: both are told, the street as its issuer.
    expect(await move(FORCE, 'S1-3', later(below, 6 * MINUTE_MS))).toBe('200');
    expect(await dueMs('S1-3')).toBe(below + 6 * MINUTE_MS);
    for (const who of ['S1-3', 'S1']) {
      const { items } = (await z.as(who).get('/notifications?limit=500')).body;
      expect(items.some(({ type, data }) => type === 'rescheduled' && data['reason'] === '路断了')).toBe(
        true,
      );
    }
    await course.do('S1-3', 'submit', { values: { n: 1 } });
    expect(await move('S1', 'S1-3', later(below, 7 * MINUTE_MS))).toBe('409 ALREADY_SUBMITTED');
  });

  it('is pulled in as well, with a warning in the answer, and nothing below is left after it', async () => {
    course = await sendOut(z, 'pulled', MARGINS);
    const [street = 0] = await Promise.all(['S1'].map(dueMs));
    const due = later(Date.now(), 15 * MINUTE_MS);
    expect(Date.parse(due)).toBeLessThan(street);
    const path = `/assignments/${course.at('S1')}/reschedule`;
    const key = { 'idempotency-key': 'pull' };
    for (const times of [1, 2]) {
      const reply = await z.as(FORCE).post(path, { due, reason: '市里提前' }, key);
      expect([times, reply.status]).toEqual([times, 200]);
      expect((reply.body as unknown as { warnings: unknown[] }).warnings).toMatchObject([
        { code: 'DUE_EARLIER', params: { dueAt: due, was: later(street, 0) } },
      ]);
    }
    expect(await course.happens('S1', 'rescheduled')).toHaveLength(1);
    for (const unit of ['S1', 'S1-1', 'S1-5']) expect(await dueMs(unit)).toBe(Date.parse(due));
    await course.happens('S1-5', 'rescheduled');
    const back = await z.as(FORCE).post(path, { due: later(street, 0), reason: '又放宽' });
    expect((back.body as unknown as { warnings: unknown[] }).warnings).toEqual([]);
  });

  it('reminds nobody of a time that no longer holds', async () => {
    const parts = ['S1', 'S2'].map((unit) => ({
      unit,
      due: { within: 'PT8S' },
      receivers: [{ unit: `${unit}-1` }],
    }));
    const item = { dispatch: [{ taskForce: FORCE, receivers: parts }] };
    const policy = {
      remindBefore: ['PT1S'],
      ladder: [{ clock: 'due' as const, after: 'PT0S', notify: ['unit.liaisonA' as const] }],
    };
    expect((await z.as(OFFICE).post('/directives', directive('old', { policy, item }))).status).toBe(201);
    course = courseOf(z, 'old');
    await course.becomes('open');
    const top = await course.see('');
    await course.do('S1', 'request-extension', { due: top.dueAt, reason: '停电' });
    await course.do('S1', 'decide-extension', { grant: true });
    await course.happens('S2-1', 'reminded');
    await course.happens('S2-1', 'escalated');
    for (const unit of ['S1', 'S1-1']) {
      const types = (await z.as(OFFICE).events(course.at(unit))).map(({ type }) => type);
      expect(types.filter((type) => ['reminded', 'overdue', 'escalated'].includes(type))).toEqual([]);
      expect(await course.see(unit)).toMatchObject({ overdue: false, dueAt: top.dueAt });
    }
  });
});

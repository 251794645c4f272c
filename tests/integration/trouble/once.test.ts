// Nothing happens twice and nobody suffers for another: keys, versions, refusals in order, two API processes on one desk.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandId } from '../../../command/identity.ts';
import { verdictKey } from '../../../db/queries/verdict.ts';
import type { TestApi } from '../../support/api.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, FORM, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import type { Seen, SeenEvent } from '../../support/seen.ts';

const TEN = Array.from({ length: 10 }, (_, index) => index);
const STREETS = 6;

describe.each([2000, 5])('once, with desks of %i', (deskLimit) => {
  let z: Installation;
  let other: TestApi;
  beforeAll(async () => {
    z = await startInstallation({
      deskLimit,
      organisation: district({ streets: STREETS, communities: 5 }),
      sentinel: { everyMs: 2_000 },
    });
    other = await z.addApi();
  });
  afterAll(() => z.close());

  /** Even ones by one process, odd ones by the other. */
  const apiOf = (index: number): TestApi => (index % 2 === 0 ? z.api : other);
  const office = () => z.as(OFFICE);
  const keyed = (key: string): Record<string, string> => ({ 'idempotency-key': key });
  const codesOf = (replies: readonly Reply[]): string[] =>
    [...new Set(replies.map(({ status, body }) => `${status} ${body.code}`))].sort();

  describe('the same Idempotency-Key', () => {
    let course: Course;
    beforeAll(async () => {
      course = await sendOut(z, 'keys');
    });

    it('ten times at once makes one directive', async () => {
      const { id: _, ...nameless } = directive('nameless');
      const replies = await Promise.all(
        TEN.map((index) => z.as(OFFICE, apiOf(index)).post('/directives', nameless, keyed('k1'))),
      );
      expect(codesOf(replies)).toEqual(['201 undefined']);
      const ids = new Set(replies.map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      const { rows } = await z.pool.query(`select id from directive where number = 'L-nameless'`);
      expect(rows).toEqual([{ id: [...ids][0] }]);
    });

    it('ten times at once reports once', async () => {
      const replies = await Promise.all(
        TEN.map((index) =>
          z
            .as('S1-1', apiOf(index))
            .post(`/assignments/${course.at('S1-1')}/submit`, { values: { n: 3 } }, keyed('k2')),
        ),
      );
      expect(codesOf(replies)).toEqual(['200 undefined']);
      expect(new Set(replies.map(({ body }) => body.assignment.version)).size).toBe(1);
      expect(await course.happens('S1-1', 'submitted')).toHaveLength(1);
      const { rowCount } = await z.pool.query('select from submission where assignment = $1', [
        course.at('S1-1'),
      ]);
      expect(rowCount).toBe(1);
    });

    it('gives the first verdict again, a refusal too, with the present state', async () => {
      const approve = (): Promise<Reply> => course.try('S1-2', 'approve', {}, keyed('k3'));
      const first = await approve();
      expect([first.status, first.body.code]).toEqual([409, 'NOT_SUBMITTED']);
      await course.do('S1-2', 'submit', { values: { n: 1 } });
      expect((await approve()).body.code).toBe('NOT_SUBMITTED');
      // The release before kept it under its whole id.
      const id = commandId('S1', 'k3', 0);
      const kept = await z.pool.query('update verdict set id = $1 where id = $2', [id, verdictKey(id)]);
      expect(kept.rowCount).toBe(1);
      const again = await approve();
      expect([again.status, again.body.code]).toEqual([409, 'NOT_SUBMITTED']);
      expect((await course.try('S1-2', 'approve', {}, keyed('k4'))).status).toBe(200);
      const repeated = await course.try('S1-2', 'approve', {}, keyed('k4'));
      expect([repeated.status, repeated.body.assignment.phase]).toEqual([200, 'approved']);
      expect(await course.happens('S1-2', 'approved')).toHaveLength(1);
    });

    it('on another path, method or body is refused; another person’s is another key', async () => {
      expect((await course.try('S1-3', 'submit', { values: { n: 1 } }, keyed('k5'))).status).toBe(200);
      const body = await course.try('S1-3', 'submit', { values: { n: 2 } }, keyed('k5'));
      const path = await course.try('S1-3', 'acknowledge', {}, keyed('k5'));
      expect(codesOf([body, path])).toEqual(['422 IDEMPOTENCY_KEY_REUSED']);
      expect((await course.try('S1-4', 'submit', { values: { n: 2 } }, keyed('k5'))).status).toBe(200);
      const made = await office().post('/directives', directive('k6'), keyed('k6'));
      expect(made.status).toBe(201);
      const another = await office().post('/directives', directive('k6b'), keyed('k6'));
      expect([another.status, another.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      const cancelled = await office().post('/directives/k6/cancel', { reason: '试' }, keyed('k6'));
      expect(cancelled.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
      expect((await office().get('/directives/k6b')).status).toBe(404);
    });

    it('ten times at once cancels a directive once', async () => {
      await sendOut(z, 'k7');
      const replies = await Promise.all(
        TEN.map((index) =>
          z.as(OFFICE, apiOf(index)).post('/directives/k7/cancel', { reason: '作废' }, keyed('k7')),
        ),
      );
      expect(codesOf(replies)).toEqual(['200 undefined']);
      const cancelled = (await office().events('k7', 'cancelled')).filter(
        ({ assignment }) => assignment === null,
      );
      expect(cancelled).toHaveLength(1);
    });

    it('of a list of commands repeats each of them, and adds none', async () => {
      const many = ['S2-1', 'S2-2', 'S2-3'].map((unit) => ({
        assignment: course.at(unit),
        command: 'cancel',
        reason: '并',
      }));
      const lists = (await Promise.all(
        TEN.map((index) => z.as('S2', apiOf(index)).post('/commands', many, keyed('k8'))),
      )) as unknown as { status: number; body: Seen[] }[];
      for (const { body } of lists) expect(body.map(({ status }) => status)).toEqual([200, 200, 200]);
      for (const unit of ['S2-1', 'S2-2', 'S2-3'])
        expect(await course.happens(unit, 'cancelled')).toHaveLength(1);
    });
  });

  it('refuses with 412 what has moved on, and takes what has not', async () => {
    const course = await sendOut(z, 'match');
    const path = `/assignments/${course.at('S1-1')}`;
    const { headers, body } = await z.as('S1-1').get(path);
    expect(headers.get('etag')).toBe(`"${body.version}"`);
    const tag = headers.get('etag') ?? '';
    expect((await course.try('S1-1', 'acknowledge', {}, { 'if-match': tag })).status).toBe(200);
    const stale = await course.try('S1-1', 'submit', { values: { n: 1 } }, { 'if-match': tag });
    expect([stale.status, stale.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
    const none = await course.try('S1-1', 'submit', { values: { n: 1 } }, { 'if-match': 'seven' });
    expect([none.status, none.body.code]).toEqual([400, 'MALFORMED']);
    expect((await course.try('S1-1', 'submit', { values: { n: 1 } }, { 'if-match': '*' })).status).toBe(200);
    // Of those who all saw the same version, one gets in.
    const { version } = await course.see('S1-2');
    const raced = await Promise.all(
      TEN.map((index) =>
        z
          .as('S1-2', apiOf(index))
          .post(
            `/assignments/${course.at('S1-2')}/submit`,
            { values: { n: index } },
            { 'if-match': `"${version}"` },
          ),
      ),
    );
    expect(raced.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(raced.filter(({ status }) => status === 412)).toHaveLength(9);
  });

  it('refuses in one order: 401, 415, 413, 400, 404, 403, the key, 412, 409, 422', async () => {
    const course = await sendOut(z, 'order');
    const path = `/assignments/${course.at('S1-1')}`;
    await z.as('S1-1').post(`${path}/acknowledge`, {}, keyed('used'));
    await z.as('S1').post(`/assignments/${course.at('S1')}/acknowledge`, {}, keyed('used'));
    const token = z.as('S1-1');
    await token.get('/me');
    const send = (to: string, raw: string, headers: Record<string, string>): Promise<Reply> =>
      z.api.call('POST', to, { token: 'zbt_test-of-S1-1', raw, headers }) as Promise<Reply>;
    const all = { ...keyed('used'), 'if-match': '"999"' };
    const bad = '{"values":{"n":"many"}}';
    const nobody = await z.api.call('POST', '/assignments/none/submit', {
      token: null,
      raw: 'x',
      headers: all,
    });
    const plain = await send('/assignments/none/submit', '{', { ...all, 'content-type': 'text/plain' });
    const large = await send('/assignments/none/submit', `{"x":"${'x'.repeat(1_100_000)}`, all);
    const notJson = await send('/assignments/none/submit', '{', all);
    const unknownField = await send('/assignments/none/submit', '{"valuez":{}}', all);
    const noSuch = await send('/assignments/none/submit', bad, all);
    const noSight = await send(`/assignments/${course.at('S2-1')}/submit`, bad, all);
    const mayNot = await z.as('S1').post(`${path}/submit`, { values: { n: 'many' } }, all);
    const reused = await send(`${path}/submit`, bad, all);
    const moved = await send(`${path}/submit`, bad, { 'if-match': '"999"' });
    const inState = await send(`${path}/acknowledge`, '{}', {});
    const content = await send(`${path}/submit`, bad, {});
    const answers = [
      nobody,
      plain,
      large,
      notJson,
      unknownField,
      noSuch,
      noSight,
      mayNot,
      reused,
      moved,
      inState,
      content,
    ];
    expect((answers as Reply[]).map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '401 UNAUTHENTICATED',
      '415 UNSUPPORTED_MEDIA_TYPE',
      '413 TOO_LARGE',
      '400 MALFORMED',
      '400 MALFORMED',
      '404 NOT_FOUND',
      '404 NOT_FOUND',
      '403 FORBIDDEN',
      '422 IDEMPOTENCY_KEY_REUSED',
      '412 PRECONDITION_FAILED',
      '409 ALREADY_ACKNOWLEDGED',
      '422 INVALID',
    ]);
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    const stateFirst = await send(`${path}/submit`, bad, {});
    expect([stateFirst.status, stateFirst.body.code]).toEqual([409, 'ALREADY_SUBMITTED']);
  });

  it('lets two API processes write to one desk at once: every command once, one chain, no gap', async () => {
    const course = await sendOut(z, 'two', { item: { review: 'auto' } });
    const leaves = Array.from({ length: STREETS }, (_, s) =>
      TEN.slice(1, 6).map((c) => `S${s + 1}-${c}`),
    ).flat();
    const replies = await Promise.all(
      leaves.flatMap((unit, index) => [
        z.as(unit, apiOf(index)).post(`/assignments/${course.at(unit)}/acknowledge`),
        z.as(unit, apiOf(index + 1)).post(`/assignments/${course.at(unit)}/submit`, { values: { n: 1 } }),
        z.as(unit, apiOf(index)).post(`/assignments/${course.at(unit)}/submit`, { values: { n: 1 } }),
      ]),
    );
    expect(replies.filter(({ status }) => status >= 500)).toEqual([]);
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(leaves.length);
    for (const unit of leaves) {
      expect(await course.happens(unit, 'submitted')).toHaveLength(1);
      expect(await course.happens(unit, 'acknowledged')).toHaveLength(1);
    }
    expect(await faultsOfRecord(z.pool, 'two')).toEqual([]);
  });

  // 200 task forces' assignments, each a desk of two; with small desks some have sections, and the last two of them
  // come from different ones.
  it('rolls up exactly once when the last two reports arrive together, 200 times over', async () => {
    const plans = [25, 50, 50, 50, 25].map((count, d) => ({
      id: `pair${d}`,
      keys: Array.from({ length: count }, (_, index) => `i${index}`),
      streets: d === 0 && deskLimit === 5 ? STREETS : 2,
    }));
    for (const { id, keys, streets } of plans) {
      const receivers = Array.from({ length: streets }, (_, index) => ({ unit: `S${index + 1}` }));
      const items = keys.map((key) => ({ ...ITEM, key, dispatch: [{ taskForce: FORCE, receivers }] }));
      expect((await office().post('/directives', { ...directive(id), items })).status).toBe(201);
      await z.until(async () => (await office().see(id)).phase === 'open', `${id} is open`);
      const report = (key: string, street: number): Promise<Reply> =>
        z
          .as(`S${street}`, apiOf(street))
          .post(`/assignments/${id}.${key}.${FORCE}.S${street}/submit`, { values: { n: street } });
      for (const street of TEN.slice(2, streets))
        expect(codesOf(await Promise.all(keys.map((key) => report(key, street))))).toEqual(['200 undefined']);
      const last = await Promise.all(keys.flatMap((key) => [report(key, 1), report(key, streets)]));
      expect(codesOf(last)).toEqual(['200 undefined']);

      await z.until(async () => (await office().see(id)).phase === 'closed', `${id} has closed by itself`);
      const { rows } = await z.pool.query<{ id: string; type: string; data: SeenEvent['data'] }>(
        `select assignment as id, type, data from event where directive = $1 and type in ('rolledUp', 'restated')`,
        [id],
      );
      const copies = rows.map(
        ({ id: node, type, data }) => `${node} ${type} ${String(data['final'])} ${data.values['n']}`,
      );
      const total = (streets * (streets + 1)) / 2;
      const expected = keys.map((key) => `${id}.${key}.${FORCE} rolledUp true ${total}`);
      expect(copies.sort()).toEqual(expected.sort());
      expect(await faultsOfRecord(z.pool, id)).toEqual([]);
    }
  }, 150_000);

  it('lets a holder send up while the last reports come in, and nobody waits for one who waits for him', async () => {
    const course = await sendOut(z, 'meet', { item: { rollUp: 'manual', review: 'auto' } });
    const streets = Array.from({ length: STREETS }, (_, index) => `S${index + 1}`);
    await Promise.all(
      streets.flatMap((street) => [
        ...TEN.slice(1, 6).map((c) => course.do(`${street}-${c}`, 'submit', { values: { n: 1 } })),
        ...TEN.map((index) => z.as(street, apiOf(index)).post(`/assignments/${course.at(street)}/submit`)),
      ]),
    );
    for (const street of streets) {
      // What went up too early left the rest behind, which is the holder's to send.
      if ((await course.see(street)).phase !== 'approved') await course.try(street, 'submit');
      await course.comes(street, 'approved');
      expect((await course.see(street)).submission?.values['n']).toBe(5);
    }
    expect(await faultsOfRecord(z.pool, 'meet')).toEqual([]);
    const { rows } = await z.pool.query(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });

  const ITEM = { title: '事项', review: 'auto', form: FORM } as const;

  it('answers 500 commands each by itself: no other suffers for a bad one', async () => {
    const streets = Array.from({ length: 5 }, (_, index) => `S${index + 1}`);
    const items = Array.from({ length: 50 }, (_, index) => ({
      ...ITEM,
      review: 'manual',
      key: `m${index}`,
      dispatch: [{ taskForce: FORCE, receivers: streets.map((unit) => ({ unit })) }],
    }));
    expect((await office().post('/directives', { ...directive('many'), items })).status).toBe(201);
    await z.until(async () => (await office().see('many')).phase === 'open', 'many is open');
    // As S1: its own fifty are good, between nine kinds of bad ones.
    const mine = (index: number): string => `many.m${index}.${FORCE}.S1`;
    const good = (index: number): unknown => ({
      assignment: mine(index),
      command: 'submit',
      values: { n: index },
    });
    const bad: ((index: number) => [unknown, string])[] = [
      (index) => [
        { assignment: `many.m${index}.${FORCE}.S2`, command: 'submit', values: { n: 1 } },
        '404 NOT_FOUND',
      ],
      (index) => [{ assignment: mine(index), command: 'approve' }, '403 FORBIDDEN'],
      (index) => [
        { assignment: mine(index), command: 'submit', values: { n: 'x' } },
        '409 ALREADY_SUBMITTED',
      ],
      (index) => [
        { assignment: mine(index), command: 'submit', values: {}, ifMatch: 999 },
        '412 PRECONDITION_FAILED',
      ],
      () => [{ assignment: 'many.m0.TF.none', command: 'submit' }, '404 NOT_FOUND'],
      (index) => [{ assignment: mine(index), command: 'explode' }, '400 MALFORMED'],
      (index) => [
        { assignment: mine(index), command: 'submit', values: { n: 1 }, extra: 1 },
        '400 MALFORMED',
      ],
      (index) => [{ assignment: mine(index), command: 'submit', note: 'a\u0000b' }, '422 INVALID'],
      (index) => [index % 2 === 0 ? 'nonsense' : { assignment: 7, command: 'submit' }, '400 MALFORMED'],
    ];
    const commands = Array.from({ length: 50 }, (_, index): [unknown, string][] => [
      [good(index), '200'],
      ...bad.map((make) => make(index)),
    ]).flat();
    expect(commands).toHaveLength(500);
    const { status, body } = await z.as('S1').post(
      '/commands',
      commands.map(([command]) => command),
    );
    expect(status).toBe(200);
    const verdicts = (body as unknown as Seen[]).map((each) =>
      each.status === 200 ? `200` : `${each.status} ${each.problem.code}`,
    );
    expect(verdicts).toEqual(commands.map(([, verdict]) => verdict));
    expect((body as unknown as Seen[])[0]?.assignment).toMatchObject({ id: mine(0), phase: 'submitted' });
    expect((await office().see('many')).counts).toMatchObject({ submitted: 50, issued: 200 });
    for (const many of [[], 'x', {}, Array.from({ length: 501 }, () => good(0))]) {
      const refused = await z.as('S1').post('/commands', many);
      expect([refused.status, refused.body.code]).toEqual([400, 'MALFORMED']);
    }
    expect(await faultsOfRecord(z.pool, 'many')).toEqual([]);
  });
});

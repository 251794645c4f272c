// Who does it: passed on, refused as not ours, shown to others. Exactly one holds it at every moment, and nobody gains sight.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../db/pool.ts';
import { lockDesks } from '../../../db/queries/ledger.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, until, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

/** A second task force beside the first, with somebody in it. */
const SECOND = 'TF2';
const withSecond = (): unknown => {
  const file = district({ streets: 2, communities: 5 });
  return {
    ...file,
    people: [...(file.people ?? []), { id: SECOND, name: '名二' }],
    taskForces: [
      ...(file.taskForces ?? []),
      { code: SECOND, name: '交通专班', office: OFFICE, members: ['S1'] },
    ],
    posts: [...(file.posts ?? []), { taskForce: SECOND, role: 'liaisonA', person: SECOND }],
  };
};

describe.each([2000, 5])('custody with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: withSecond() });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
    expect(await custodyFaults()).toEqual([]);
  });
  afterAll(() => z.close());

  /** Law 1: whoever hands it over held it, and the last to take it holds it. */
  async function custodyFaults(): Promise<string[]> {
    const { rows } = await z.pool.query<{ id: string; holder: string; first: string; chain: string[][] }>(
      `select a.id, a.holder, i.data ->> 'holder' as first,
              (select coalesce(json_agg(json_build_array(t.data ->> 'from', t.data ->> 'to') order by t.seq), '[]')
                 from event t where t.directive = a.directive and t.assignment = a.id and t.type = 'transferred') as chain
         from assignment a join event i on i.directive = a.directive and i.assignment = a.id and i.type = 'issued'
        where a.directive = $1`,
      [course.id],
    );
    return rows
      .filter(({ holder, first, chain }) => {
        let held: string | undefined = first;
        for (const [from, to] of chain) held = from === held ? to : undefined;
        return held !== holder;
      })
      .map(({ id }) => id);
  }
  const statusOf = async (person: string, unit: string): Promise<number> =>
    (await z.as(person).get(`/assignments/${course.at(unit)}`)).status;

  it('passes to a known place that is neither itself nor above nor below', async () => {
    course = await sendOut(z, 'named');
    const transfer = (body: unknown, unit = 'S1-1'): Promise<string> => course.told(unit, 'transfer', body);
    expect(await transfer({})).toBe('422 INVALID unit:REQUIRED reason:REQUIRED');
    expect(await transfer({ unit: 'S2-1', taskForce: SECOND, reason: '转' })).toBe(
      '422 INVALID unit:REQUIRED',
    );
    expect(await transfer({ unit: 'S1-1', reason: '转' })).toBe('422 INVALID unit:OWN_HOLDER');
    expect(await transfer({ unit: 'NOPE', reason: '转' })).toBe('422 UNKNOWN_UNIT unit:UNKNOWN_UNIT');
    expect(await transfer({ taskForce: 'NOPE', reason: '转' })).toBe(
      '422 UNKNOWN_TASK_FORCE taskForce:UNKNOWN_TASK_FORCE',
    );
    expect(await transfer({ unit: 'S1', reason: '转' })).toBe('422 INVALID unit:OWN_ANCESTOR');
    expect(await transfer({ taskForce: FORCE, reason: '转' })).toBe('422 INVALID taskForce:OWN_ANCESTOR');
    expect(await transfer({ unit: OFFICE, reason: '转' })).toBe('422 INVALID unit:OWN_ANCESTOR');
    expect(await transfer({ unit: 'S1-5', reason: '转' }, 'S1')).toBe('422 INVALID unit:OWN_ANCESTOR');
    expect(await transfer({ unit: 'S2-1', reason: '转' }, '')).toBe('422 INVALID unit:OWN_ANCESTOR');
    expect(await course.by('S2-1', 'S1-1', 'accept-transfer')).toBe('404 NOT_FOUND');
    expect(await course.by('S1', 'S1-1', 'transfer', { unit: 'S2-1', reason: '转' })).toBe('403 FORBIDDEN');
  });

  it('shows a transfer to whoever is asked, who finds it, and changes nobody else’s rights', async () => {
    course = await sendOut(z, 'shown');
    const before = await z.as('S1-1').see(course.at('S1-1'));
    const asked = await course.do('S1-1', 'transfer', { unit: 'S2-1', reason: '辖区有误' });
    expect(asked).toMatchObject({
      holder: { code: 'S1-1' },
      transfer: { to: { code: 'S2-1' }, reason: '辖区有误', by: 'S1-1' },
    });
    expect(asked.allowed).toEqual(
      before.allowed.filter((verb) => verb !== 'transfer' && verb !== 'decompose'),
    );
    const seen = await z.as('S2-1').see(course.at('S1-1'));
    expect(seen.allowed).toEqual(['accept-transfer', 'decline-transfer', 'comment']);
    const offered = await z.as('S2-1').get('/assignments?role=target');
    expect(offered.body.items.map(({ id }) => id)).toEqual([course.at('S1-1')]);
    expect((await z.as('S2-1').get('/assignments')).body.items.map(({ id }) => id)).not.toContain(
      course.at('S1-1'),
    );
    const found = await z.as('S2-1').get('/assignments?directive=shown');
    expect(found.body.items.map(({ id }) => id).sort()).toEqual([course.at('S1-1'), course.at('S2-1')]);
    const told = await z.as('S2-1').get('/notifications');
    expect(told.body.items.map(({ type }) => type)).toContain('transferRequested');
    expect(await Promise.all(['S1-2', 'S2', 'S2-2'].map((person) => statusOf(person, 'S1-1')))).toEqual([
      404, 404, 404,
    ]);
    expect(await course.by('S2-1', 'S1-1', 'acknowledge')).toBe('403 FORBIDDEN');
    expect(await course.told('S1-1', 'transfer', { unit: 'S2-2', reason: '转' })).toBe(
      '409 TRANSFER_PENDING',
    );
    // Until it is accepted the old holder holds.
    expect(await course.told('S1-1', 'progress', { note: '先做着' })).toBe('200');

    expect(await course.by('S2-1', 'S1-1', 'decline-transfer')).toBe('422 INVALID reason:REQUIRED');
    expect(await course.by('S2-1', 'S1-1', 'decline-transfer', { reason: '不是我们的' })).toBe('200');
    expect(await statusOf('S2-1', 'S1-1')).toBe(404);
    expect((await z.as('S2-1').get('/assignments?role=target')).body.items).toEqual([]);
    expect(await course.see('S1-1')).toMatchObject({ holder: { code: 'S1-1' }, transfer: null });
  });

  it('once accepted is the new holder’s alone, at the same place', async () => {
    course = await sendOut(z, 'taken');
    await course.do('S1-1', 'transfer', { unit: 'S2-1', reason: '辖区有误' });
    expect(await course.by('S2-1', 'S1-1', 'accept-transfer')).toBe('200');
    expect(await course.see('S1-1')).toMatchObject({
      id: course.at('S1-1'),
      unit: { code: 'S1-1' },
      holder: { code: 'S2-1' },
      issuer: { code: 'S1' },
      phase: 'acknowledged',
      transfer: null,
    });
    expect(await statusOf('S1-1', 'S1-1')).toBe(404);
    expect((await z.as('S2-1').get('/assignments')).body.items.map(({ id }) => id)).toContain(
      course.at('S1-1'),
    );
    expect(await course.by('S2-1', 'S1-1', 'accept-transfer')).toBe('403 FORBIDDEN');
    expect(await course.by('S1-1', 'S1-1', 'submit', { values: { n: 1 } })).toBe('404 NOT_FOUND');
    expect(await course.by('S2-1', 'S1-1', 'submit', { values: { n: 7 } })).toBe('200');
    expect(await course.told('S1-1', 'approve')).toBe('200');
    expect((await course.summary()).values['n']).toBe(7);
    expect(await course.by('S2-1', 'S1-1', 'transfer', { unit: 'S2-2', reason: '转' })).toBe(
      '409 ALREADY_SETTLED',
    );
  });

  it('of a node gives what is below a new issuer, and the old one none of it any more', async () => {
    course = await sendOut(z, 'node');
    await course.do('S1', 'transfer', { taskForce: SECOND, reason: '归口' });
    expect((await course.see('S1-3')).issuer).toMatchObject({ code: 'S1' });
    expect(await course.by(SECOND, 'S1-3', 'urge')).toBe('404 NOT_FOUND');
    expect(await course.by(SECOND, 'S1', 'accept-transfer')).toBe('200');
    expect(await course.see('S1')).toMatchObject({ holder: { code: SECOND }, issuer: { code: FORCE } });
    expect((await course.see('S1-3')).issuer).toMatchObject({ code: SECOND });
    expect(await Promise.all(['S1', 'S1-3'].map((unit) => statusOf('S1', unit)))).toEqual([404, 404]);
    await course.do('S1-3', 'submit', { values: { n: 3 } });
    expect(await course.by('S1', 'S1-3', 'approve')).toBe('404 NOT_FOUND');
    const waiting = await z.as(SECOND).get('/assignments?role=issuer&phase=submitted');
    expect(waiting.body.items.map(({ id }) => id)).toEqual([course.at('S1-3')]);
    expect(await course.by(SECOND, 'S1-3', 'approve')).toBe('200');
    // Somebody below was asked meanwhile: he cannot take over what is above him.
    await course.by(SECOND, 'S1', 'transfer', { unit: 'S2-5', reason: '转' });
    await course.do('S1-4', 'transfer', { unit: 'S2-5', reason: '转' });
    expect(await course.by('S2-5', 'S1-4', 'accept-transfer')).toBe('200');
    expect(await course.by('S2-5', 'S1', 'accept-transfer')).toBe('422 INVALID unit:OWN_ANCESTOR');
  });

  it('never makes one place hold what is above and what is below, whichever is accepted first, or both at once', async () => {
    course = await sendOut(z, 'both');
    await course.do('S1', 'transfer', { unit: 'S2-5', reason: '转' });
    await course.do('S1-4', 'transfer', { unit: 'S2-5', reason: '转' });
    const accepted = ['S1-4', 'S1'].map((unit) => ({
      assignment: course.at(unit),
      command: 'accept-transfer',
    }));
    // As the clockwork may hold it at any moment, until the other is taken over or a while has passed.
    const { rows } = await z.pool.query<{ desk: string }>('select desk from assignment where id = $1', [
      course.at('S1-4'),
    ]);
    const inOneList = await inTransaction(z.pool, async (tx) => {
      await lockDesks(tx, [rows[0]?.desk ?? '']);
      const answered = z.as('S2-5').post('/commands', accepted);
      if (deskLimit === 5)
        await until(async () => (await course.see('S1')).holder.code === 'S2-5', 'the free desk is judged');
      return { answered };
    }).then(({ answered }) => answered);
    // A list is judged in its order where it meets one desk; of two, the one that is free goes first.
    expect((inOneList.body as unknown as { status: number }[]).map(({ status }) => status)).toEqual(
      deskLimit === 5 ? [422, 200] : [200, 422],
    );
    const atOnce = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (n) => {
        const each = await sendOut(z, `both${n}`);
        await each.do('S1', 'transfer', { unit: 'S2-5', reason: '转' });
        await each.do('S1-4', 'transfer', { unit: 'S2-5', reason: '转' });
        return Promise.all(['S1', 'S1-4'].map((unit) => each.by('S2-5', unit, 'accept-transfer')));
      }),
    );
    for (const verdicts of atOnce)
      expect([...verdicts].sort()).toEqual(['200', '422 INVALID unit:OWN_ANCESTOR']);
  });

  it('“not ours” is the issuer’s to decide: kept, passed on, or cancelled', async () => {
    course = await sendOut(z, 'notours');
    const decide = (unit: string, body: unknown): Promise<string> =>
      course.told(unit, 'decide-decline', body);
    expect(await course.told('S1-1', 'decline')).toBe('422 INVALID basis:REQUIRED');
    expect(await decide('S1-1', { accept: true, reason: '是' })).toBe('409 NO_DECLINE_PENDING');
    for (const unit of ['S1-1', 'S1-2', 'S1-3']) {
      const declined = await course.do(unit, 'decline', { basis: '三定方案第三条' });
      expect(declined).toMatchObject({
        holder: { code: unit },
        decline: { reason: '三定方案第三条', by: unit },
      });
    }
    expect(await course.told('S1-1', 'decline', { basis: '再提' })).toBe('409 DECLINE_PENDING');
    expect(await course.by('S1-1', 'S1-1', 'decide-decline', { accept: true, reason: '是' })).toBe(
      '403 FORBIDDEN',
    );
    expect(await decide('S1-1', { accept: true })).toBe('422 INVALID reason:REQUIRED');
    expect(await decide('S1-1', { accept: false, unit: 'S2-1', reason: '否' })).toBe(
      '422 INVALID unit:INVALID',
    );
    expect(await decide('S1-1', { accept: true, unit: 'NOPE', reason: '是' })).toBe(
      '422 UNKNOWN_UNIT unit:UNKNOWN_UNIT',
    );
    expect(await decide('S1-1', { accept: true, unit: 'S1', reason: '是' })).toBe(
      '422 INVALID unit:OWN_ANCESTOR',
    );

    expect(await decide('S1-1', { accept: false, reason: '属于你们' })).toBe('200');
    expect(await course.see('S1-1')).toMatchObject({
      holder: { code: 'S1-1' },
      decline: null,
      phase: 'issued',
    });
    expect(await decide('S1-2', { accept: true, unit: 'S2-2', reason: '归他们' })).toBe('200');
    expect(await course.see('S1-2')).toMatchObject({
      holder: { code: 'S2-2' },
      decline: null,
      phase: 'issued',
      acknowledgedAt: null,
    });
    expect(await course.by('S2-2', 'S1-2', 'acknowledge')).toBe('200');
    expect(await course.by('S2-2', 'S1-2', 'submit', { values: { n: 2 } })).toBe('200');
    expect(await decide('S1-3', { accept: true, reason: '不必做' })).toBe('200');
    expect(await course.see('S1-3')).toMatchObject({ phase: 'cancelled', decline: null });
    expect((await course.whole()).coverage.expected).toBe(9);
    // A whole street, with all that is below it.
    await course.do('S2', 'decline', { basis: '不归街道' });
    await course.do('S2', 'decide-decline', { accept: true, reason: '不必做' });
    expect((await course.see('S2-4')).phase).toBe('cancelled');
    await z.until(async () => (await course.whole()).coverage.expected === 4, 'the street is left out');
  });

  it('tells whoever was asked that an offer has lapsed: by a report, an end, a ruling; not by their own answer', async () => {
    course = await sendOut(z, 'lapsed');
    const lapsed = async (person: string): Promise<string[]> =>
      (await z.as(person).get('/notifications?limit=500')).body.items
        .filter(
          ({ type, assignment }) =>
            type === 'transferLapsed' && (assignment as unknown as string).startsWith('lapsed.'),
        )
        .map(({ data }) => String(data['cause']));
    const offer = (unit: string, to: string): Promise<unknown> =>
      course.do(unit, 'transfer', { unit: to, reason: '转' });
    await offer('S1-1', 'S2-1');
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    await offer('S1-2', 'S2-2');
    await course.do('S1-2', 'cancel', { reason: '不做' });
    await offer('S1-3', 'S2-3');
    await course.do('S1-3', 'decline', { basis: '不归我' });
    await course.do('S1-3', 'decide-decline', { accept: true, unit: 'S2-5', reason: '归他们' });
    await offer('S1-4', 'S2-4');
    expect(await course.by('S2-4', 'S1-4', 'decline-transfer', { reason: '不是' })).toBe('200');
    await z.until(async () => (await lapsed('S2-3')).length === 1, 'all are told');
    expect(await Promise.all(['S2-1', 'S2-2', 'S2-3', 'S2-4', 'S2-5'].map(lapsed))).toEqual([
      ['submitted'],
      ['cancelled'],
      ['transferred'],
      [],
      [],
    ]);
  });

  it('shows the merged result to others, and nothing below or beside it', async () => {
    course = await sendOut(z, 'shared');
    await course.settle('S1-1', 11);
    const share = (to: unknown): Promise<string> => course.told('S1', 'share', { to });
    const path = `/assignments/${course.at('S1')}/summary`;
    expect((await z.as('S2-1').get(path)).status).toBe(404);
    expect(await share('NOPE')).toBe('422 UNKNOWN_UNIT to:UNKNOWN_UNIT');
    expect(await share({ unit: 'S2-1', taskForce: SECOND })).toBe('422 INVALID to:REQUIRED');
    expect(await share(FORCE)).toBe('409 ALREADY_SHARED');
    expect(await course.by('S1-1', 'S1', 'share', { to: 'S2-1' })).toBe('404 NOT_FOUND');
    expect(await share('S2-1')).toBe('200');
    expect(await share({ unit: 'S2-1' })).toBe('409 ALREADY_SHARED');
    expect(await share({ taskForce: SECOND })).toBe('200');
    for (const person of ['S2-1', SECOND]) {
      const { status, body } = await z.as(person).get(path);
      expect([status, body.values['n'], body.coverage.expected]).toEqual([200, 11, 5]);
      expect(body.children).toEqual([]);
      expect(body.coverage.missing).toEqual([]);
      for (const hidden of ['', '/events', '/submissions', '/summary/lineage?field=n'])
        expect((await z.as(person).get(`/assignments/${course.at('S1')}${hidden}`)).status).toBe(404);
      expect((await z.as(person).get(`/assignments/${course.at('S1-1')}/summary`)).status).toBe(404);
      expect(await course.by(person, 'S1', 'comment', { text: '谢谢' })).toBe('404 NOT_FOUND');
    }
    const told = await z.as('S2-1').get('/notifications');
    expect(told.body.items.map(({ type }) => type)).toContain('shared');
    expect((await course.see('S1')).shared.map(({ code }) => code)).toEqual(['S2-1', SECOND]);
  });
});

// Figures handed up on the real stack: frozen, read by the superior and nobody below, restated when they change later.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { clockwork } from '../../../command/ledger/log.ts';
import { openLedger } from '../../../command/ledger/opening.ts';
import { createTermsSource } from '../../../reading/terms.ts';
import { createDirectorySource } from '../../../db/directory.ts';
import { inTransaction } from '../../../db/pool.ts';
import { findHeads } from '../../../db/queries/assignment.ts';
import { lockDesks, type AssignmentRow } from '../../../db/queries/ledger.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { silentRouting } from '../../support/routing.ts';
import type { Seen } from '../../support/seen.ts';
import { tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const CITY = 'CITY';
/** Two at the superior, and one of the superior's who is named for the task force alone. */
const AT_CITY = ['CITY-A', 'CITY-B'] as const;
const GUEST = 'CITY-GUEST';

const small = district({ streets: 1, communities: 2 });
const ORGANISATION = {
  ...small,
  units: [{ code: CITY, name: '市指挥部', kind: 'superior' }, ...(small.units ?? [])],
  people: [...(small.people ?? []), ...[...AT_CITY, GUEST].map((id) => ({ id, name: `名${id}` }))],
  posts: [
    ...(small.posts ?? []),
    { unit: CITY, role: 'leader', person: AT_CITY[0] },
    { unit: CITY, role: 'liaisonA', person: AT_CITY[1] },
    { unit: CITY, taskForce: FORCE, role: 'liaisonB', person: GUEST },
  ],
};

type HandUp = Seen & {
  n: number;
  kind: string;
  by: string | null;
  note: string | null;
  items: (Seen & { old?: { values: Record<string, number> } | null })[];
};
type Told = Seen & { text: string; directive: { id: string } };

describe.each([2000, 5])('a hand-up, with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: ORGANISATION });
    course = await sendOut(z, 'd', { superior: CITY, body: '请上报' });
    await course.settle('S1-1', 3);
  });
  afterAll(() => z.close());

  const handUps = async (who: string, id = 'd'): Promise<HandUp[]> =>
    (await z.as(who).get(`/directives/${id}/hand-ups`)).body.items as HandUp[];
  const whole = async (n: number, id = 'd'): Promise<HandUp> =>
    (await z.as(OFFICE).get(`/directives/${id}/hand-ups/${n}`)).body as HandUp;
  const toldOf = async (who: string, type: string, id = 'd'): Promise<Told[]> => {
    const { body } = await z.as(who).get('/notifications?limit=500');
    return (body.items as Told[]).filter((told) => told.type === type && told.directive.id === id);
  };
  const restated = (n: number, id = 'd'): Promise<HandUp> =>
    z.until(async () => {
      const { status, body } = await z.as(OFFICE).get(`/directives/${id}/hand-ups/${n}`);
      return status === 200 && (body as HandUp);
    }, `hand-up ${n} of ${id}`);

  it('is none of the superior’s business before there is one', async () => {
    for (const path of ['/directives/d', '/directives/d/hand-ups', '/directives/d/tree'])
      expect((await z.as(AT_CITY[0]).get(path)).status).toBe(404);
    expect((await z.as(AT_CITY[0]).get('/directives')).body.items).toEqual([]);
    expect(await handUps(OFFICE)).toEqual([]);
  });

  it('is made by the office alone', async () => {
    for (const [who, status] of [
      [FORCE, 403],
      ['S1', 403],
      ['AUDITOR', 403],
      ['NOBODY', 404],
      [AT_CITY[0], 404],
    ] as const)
      expect((await z.as(who).post('/directives/d/hand-up')).status).toBe(status);
    expect((await z.as(OFFICE).post('/directives/d/hand-up', { figure: 1 })).status).toBe(400);
    expect(await handUps(OFFICE)).toEqual([]);
  });

  it('freezes the approved figures of every item with each task force’s part, once however often it is sent', async () => {
    const send = (): Promise<Reply> =>
      z.as(OFFICE).post('/directives/d/hand-up', { note: '初报' }, { 'idempotency-key': 'first' });
    const first = await send();
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      n: 1,
      kind: 'handed-up',
      by: OFFICE,
      number: expect.stringMatching(/^区办公室〔\d{4}〕1号$/),
      note: '初报',
      items: [
        {
          item: 'sites',
          title: '站点',
          final: false,
          coverage: { expected: 2, reported: 1, approved: 1 },
          values: { n: 3 },
          children: [{ taskForce: FORCE, name: '志愿专班', coverage: { expected: 2 }, values: { n: 3 } }],
        },
      ],
    });
    expect(JSON.stringify(first.body)).not.toContain('S1-2');
    expect(await send()).toMatchObject({ status: 201, body: first.body });
    expect(await handUps(OFFICE)).toHaveLength(1);
    const [event, another] = await z.as(OFFICE).events('d', 'handedUp');
    expect(another).toBeUndefined();
    expect(event).toMatchObject({ actor: OFFICE, assignment: null, data: { n: 1, note: '初报' } });
  });

  it('reaches everybody who holds a post at the superior, in words', async () => {
    for (const who of AT_CITY)
      expect(await toldOf(who, 'handedUp')).toMatchObject([
        { text: '汇总数据已报送，请查收：《摸排 d》，区办公室；初报', data: { n: 1, title: '摸排 d' } },
      ]);
    for (const who of [GUEST, OFFICE, FORCE]) expect(await toldOf(who, 'handedUp')).toEqual([]);
  });

  it('is read by superior, office, auditors and administrators, with the notice and nothing of the tree', async () => {
    for (const who of [AT_CITY[0], AT_CITY[1], OFFICE, 'AUDITOR', 'admin']) {
      expect(await handUps(who)).toMatchObject([{ n: 1, items: [{ values: { n: 3 } }] }]);
      expect((await z.as(who).get('/directives/d/hand-ups/1')).body).toEqual(await whole(1));
    }
    const { body: notice } = await z.as(AT_CITY[0]).get('/directives/d');
    expect(notice).toMatchObject({ id: 'd', number: 'L-d', body: '请上报', phase: 'open', handedUp: 1 });
    for (const key of ['counts', 'coverage', 'policy', 'officeDueAt']) expect(notice).not.toHaveProperty(key);
    expect((await z.as(AT_CITY[0]).get('/directives')).body.items).toEqual([notice]);
    for (const path of ['tree', 'events', 'summary'])
      expect((await z.as(AT_CITY[0]).get(`/directives/d/${path}`)).status).toBe(404);
    expect((await z.as(AT_CITY[0]).get(`/assignments/${course.at()}`)).status).toBe(404);
    expect((await z.as(AT_CITY[0]).get('/assignments?directive=d')).body.items).toEqual([]);
    expect((await z.as(AT_CITY[0]).post('/directives/d/close')).status).toBe(403);
  });

  it('is none of the business of those below, of strangers, or of who is named for one task force alone', async () => {
    for (const who of [FORCE, 'S1', 'S1-1', 'NOBODY', GUEST]) {
      expect((await z.as(who).get('/directives/d/hand-ups')).status).toBe(404);
      expect((await z.as(who).get('/directives/d/hand-ups/1')).status).toBe(404);
    }
    for (const n of ['2', '0', 'x', '99999999999'])
      expect((await z.as(OFFICE).get(`/directives/d/hand-ups/${n}`)).status).toBe(404);
    const { body } = await z.as('S1').get('/directives');
    expect(body.items).toMatchObject([{ id: 'd', counts: null, coverage: null }]);
  });

  it('is restated, once, after a late report with the old figures and the new', async () => {
    await course.settle('S1-2', 4);
    const second = await restated(2);
    expect(second).toMatchObject({
      n: 2,
      kind: 'restated',
      by: null,
      note: null,
      items: [
        {
          values: { n: 7 },
          coverage: { approved: 2 },
          old: { values: { n: 3 }, coverage: { expected: 2, reported: 1, approved: 1 } },
        },
      ],
    });
    const [event] = await z.as(OFFICE).events('d', 'handUpRestated');
    expect(event).toMatchObject({ actor: null, data: { n: 2, items: [{ values: { n: 7 } }] } });
    for (const who of AT_CITY) expect(await toldOf(who, 'handUpRestated')).toHaveLength(1);
    const first = await z.as(AT_CITY[0]).get('/directives/d/hand-ups/1');
    expect(first.body).toMatchObject({ items: [{ values: { n: 3 } }] });
  });

  it('is restated after a correction and not before its approval', async () => {
    const report = { values: { n: 5 }, note: '漏报' };
    const corrected = await z.as('S1-2').post(`/assignments/${course.at('S1-2')}/submit`, report);
    expect(corrected.body.assignment).toMatchObject({ correcting: true });
    await course.do('S1-2', 'approve');
    expect(await restated(3)).toMatchObject({
      items: [{ values: { n: 8 }, old: { values: { n: 7 } }, children: [{ values: { n: 8 } }] }],
    });
  });

  it('is restated after closing too, while corrections are taken', async () => {
    expect((await z.as(OFFICE).post('/directives/d/close')).status).toBe(200);
    await course.becomes('closed');
    const report = { values: { n: 1 }, note: '重复' };
    const corrected = await z.as('S1-1').post(`/assignments/${course.at('S1-1')}/submit`, report);
    expect(corrected.status).toBe(200);
    await course.do('S1-1', 'approve');
    expect(await restated(4)).toMatchObject({
      kind: 'restated',
      items: [{ final: true, values: { n: 6 }, old: { values: { n: 8 } } }],
    });
    expect((await handUps(AT_CITY[0])).map(({ n }) => n)).toEqual([4, 3, 2, 1]);
    expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
  });

  it('may be made of a closed directive, and is listed in pages, newest first', async () => {
    expect((await z.as(OFFICE).post('/directives/d/hand-up', { note: '终报' })).body).toMatchObject({ n: 5 });
    const first = await z.as(AT_CITY[0]).get('/directives/d/hand-ups?limit=3');
    const rest = await z.as(AT_CITY[0]).get(`/directives/d/hand-ups?cursor=${first.body.nextCursor ?? ''}`);
    const numbers = [...(first.body.items as HandUp[]), ...(rest.body.items as HandUp[])].map(({ n }) => n);
    expect(numbers).toEqual([5, 4, 3, 2, 1]);
    expect(rest.body.nextCursor).toBeNull();
    expect((await z.as(OFFICE).get('/directives/d/hand-ups?cursor=x')).status).toBe(400);
  });

  it('is restated by a change that had begun before it and knew nothing of it', async () => {
    const late = await sendOut(z, 'late', { superior: CITY });
    await late.do('S1-1', 'submit', { values: { n: 9 } });
    const id = late.at('S1-1');
    const [head] = await findHeads(z.pool, ['late'], [id]);
    const desk = head?.desk ?? '';
    await inTransaction(z.pool, async (tx) => {
      await lockDesks(tx, [desk]);
      const sources = {
        terms: createTermsSource(),
        directory: createDirectorySource(),
        routing: silentRouting(),
      };
      const ledger = await openLedger(tx, sources, {
        directives: ['late'],
        desks: [desk],
        assignments: [{ directive: 'late', id }],
      });
      const before = await z.as(OFFICE).post('/directives/late/hand-up');
      expect(before.body).toMatchObject({ n: 1, items: [{ values: { n: null } }] });
      const row = ledger.held.rows.get(id) as AssignmentRow;
      ledger.append(
        row,
        { type: 'approved', data: { version: 1 } },
        { ...clockwork(ledger.held.nowMs), actor: 'S1' },
      );
      await ledger.flush(tx);
    });
    expect(await restated(2, 'late')).toMatchObject({
      items: [{ values: { n: 9 }, old: { values: { n: null } } }],
    });
    expect(await faultsOfRecord(z.pool, 'late')).toEqual([]);
  });

  it('asks other desks to look in the order in which all write their rows: none waits for the other for ever', async () => {
    const order = await sendOut(z, 'order', { superior: CITY });
    await order.settle('S1-1', 3);
    expect((await z.as(OFFICE).post('/directives/order/hand-up')).status).toBe(201);
    await order.do('S1-2', 'submit', { values: { n: 4 } });
    const [head] = await findHeads(z.pool, ['order'], [order.at('S1-2')]);
    const quiet = `select from desk where directive = 'order' and asked <> looked`;
    await z.until(async () => (await z.pool.query(quiet)).rowCount === 0, 'all have looked');

    const closing = await z.pool.connect();
    const hold = (desk: string | undefined): Promise<unknown> =>
      closing.query('select from desk where id = $1 for no key update nowait', [desk]);
    await closing.query('begin');
    let approved: Promise<unknown> = Promise.resolve();
    try {
      await hold('order');
      approved = order.do('S1-2', 'approve');
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await z.until(
        async () => (await z.pool.query(waiting)).rowCount === 1,
        'the command waits for the desk above',
      );
      await hold(head?.desk);
    } finally {
      await closing.query('rollback');
      closing.release();
      await approved;
    }
    expect(await restated(2, 'order')).toMatchObject({ items: [{ values: { n: 7 } }] });
  });

  it('opens the notice’s files to the superior, and no other', async () => {
    const upload = async (name: string): Promise<string> => {
      const data = new FormData();
      data.append('file', new Blob([`通知 ${name}`]), name);
      const response = await fetchChecked(`${z.api.url}/api/v1/files`, {
        method: 'POST',
        body: data,
        headers: { authorization: `Bearer ${await tokenOf(z.api, OFFICE)}` },
      });
      return ((await response.json()) as { id: string }).id;
    };
    const [notice, loose] = await Promise.all([upload('通知.txt'), upload('别的.txt')]);
    await sendOut(z, 'filed', { superior: CITY, attachments: [notice] });
    const statusOf = async (file: string): Promise<number> => {
      const headers = { authorization: `Bearer ${await tokenOf(z.api, AT_CITY[0])}` };
      return (await fetchChecked(`${z.api.url}/api/v1/files/${file}`, { headers })).status;
    };
    expect(await statusOf(notice)).toBe(404);
    expect((await z.as(OFFICE).post('/directives/filed/hand-up')).status).toBe(201);
    expect(await statusOf(notice)).toBe(200);
    expect(await statusOf(loose)).toBe(404);
  });

  it('bears the office’s own number, given or counted, none twice, and so does its document', async () => {
    const up = await sendOut(z, 'up', { superior: CITY });
    await up.settle('S1-1', 1);
    const post = (body: object = {}): Promise<Reply> => z.as(OFFICE).post('/directives/up/hand-up', body);
    const given = await post({ number: '专班办发〔2026〕7号' });
    expect(given.body).toMatchObject({ n: 1, number: '专班办发〔2026〕7号' });
    const again = await post({ number: '专班办发〔2026〕7号' });
    expect([again.status, again.body.errors]).toMatchObject([409, [{ path: 'number', code: 'DUPLICATE' }]]);
    const counted = (await post()).body.number;
    const [, office, nth] = /^(.+)〔\d{4}〕(\d+)号$/.exec(counted) ?? [];
    expect(office).toBe('区办公室');
    expect((await post()).body.number).toBe(counted.replace(`〕${nth}号`, `〕${Number(nth) + 1}号`));
    await up.settle('S1-2', 2);
    const last = await restated(4, 'up');
    expect(last.number).toBe(counted.replace(`〕${nth}号`, `〕${Number(nth) + 1}号`));
    const [event] = await z.as(OFFICE).events('up', 'handedUp');
    expect(event?.data).toMatchObject({ number: expect.any(String) });
    const document = await fetchChecked(`${z.api.url}/api/v1/directives/up/summary.docx`, {
      headers: { authorization: `Bearer ${await tokenOf(z.api, OFFICE)}`, 'accept-language': 'zh' },
    });
    const { 'word/document.xml': body } = unzipSync(new Uint8Array(await document.arrayBuffer()));
    const said = strFromU8(body ?? new Uint8Array()).replace(/<[^>]+>/g, '|');
    expect(said).toContain(`|${last.number}|`);
    expect(said).toContain('（L-up）');
  });

  it('is refused of a draft and of what was cancelled', async () => {
    const draft = await z.as(OFFICE).post('/directives?draft=true', {
      ...directive('draft', { superior: CITY }),
    });
    expect(draft.status).toBe(201);
    expect((await z.as(OFFICE).post('/directives/draft/hand-up')).body.code).toBe('NOT_ISSUED');
    await sendOut(z, 'gone');
    await z.as(OFFICE).post('/directives/gone/cancel', { reason: '取消' });
    expect((await z.as(OFFICE).post('/directives/gone/hand-up')).body.code).toBe('DIRECTIVE_CANCELLED');
    expect((await z.as(OFFICE).post('/directives/nowhere/hand-up')).status).toBe(404);
  });
});

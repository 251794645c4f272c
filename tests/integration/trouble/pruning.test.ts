// What is no part of the record goes once it has been kept for long enough, slice by slice; all else stays.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPruner, daysMs, type Pruned } from '../../../command/pruning.ts';
import { createRetention } from '../../../command/retention.ts';
import { startSentinel } from '../../../command/sentinel.ts';
import { addPruned } from '../../../db/queries/pruned.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, SMALL } from '../../support/play.ts';

const { leavesOf, organisation } = SMALL;
const A_DAY = daysMs(1);
let z: Installation;
let p: Caller;

beforeAll(async () => {
  z = await startInstallation({ organisation });
  p = z.as(EVERYBODY);
  for (const id of ['over', 'open']) {
    await handOut(p, id);
    await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} is open`);
  }
  for (const leaf of leavesOf('over')) expect((await report(p, leaf)).status).toBe(200);
  const left = `select from desk where directive = 'over' and not ended`;
  await z.until(async () => (await z.pool.query(left)).rowCount === 0, 'its desks end');
});
afterAll(() => z.close());

const count = async (table: string, where: string): Promise<number> =>
  (await z.pool.query(`select from ${table} where ${where}`)).rowCount ?? 0;

describe('pruning', () => {
  it('takes read notices of what is over, and leaves the unread, the fresh and those of an open directive', async () => {
    await z.pool.query(`delete from notification where directive is null`);
    await z.pool.query(
      `update notification set at = at - interval '3 days', read_at = now() - interval '2 days'`,
    );
    const one = `(select min(id) from notification where directive = 'over')`;
    const other = `(select max(id) from notification where directive = 'over')`;
    await z.pool.query(`update notification set read_at = null where id = ${one}`);
    await z.pool.query(`update notification set read_at = now() where id = ${other}`);
    const before = {
      over: await count('notification', `directive = 'over'`),
      open: await count('notification', `directive = 'open'`),
    };
    expect(before.over).toBeGreaterThan(2);
    const prune = createPruner(z.pool, { notices: A_DAY, deliveries: null, plans: null }, { restMs: 0 });
    expect(await prune()).toEqual({ notices: before.over - 2, deliveries: 0, plans: 0 });
    expect(await count('notification', `directive = 'over'`)).toBe(2);
    expect(await count('notification', `directive = 'open'`)).toBe(before.open);
    expect(await prune()).toEqual({ notices: 0, deliveries: 0, plans: 0 });
  });

  it('takes deliveries that are done with, and a digest only after what went with it', async () => {
    const made = `clock_timestamp() - interval '3 days'`;
    const add = `insert into delivery (channel, person, type, directive, data, at, made_at, due_at, state, goes_with)`;
    await z.pool.query(`
      ${add} values ('mail', 'p', 'urged', 'over', '{}', ${made}, ${made}, ${made}, 'sent', null),
                    ('mail', 'p', 'urged', 'over', '{}', ${made}, ${made}, ${made}, 'waiting', null),
                    ('mail', 'p', 'urged', 'over', '{}', now(), now(), now(), 'sent', null),
                    ('mail', 'p', 'issued', 'open', '{}', ${made}, ${made}, ${made}, 'collapsed', null),
                    ('mail', 'p', 'digest', null, '{}', ${made}, ${made}, ${made}, 'sent', null),
                    ('mail', 'q', 'digest', null, '{}', ${made}, ${made}, ${made}, 'failed', null)`);
    await z.pool.query(`
      update delivery set goes_with = (select id from delivery where type = 'digest' and person = 'p')
       where directive = 'open' and person = 'p'`);
    const prune = createPruner(z.pool, { notices: null, deliveries: A_DAY, plans: null });
    expect((await prune()).deliveries).toBe(2);
    const { rows } = await z.pool.query<{ said: string }>(
      `select concat_ws(' ', type, directive, state) as said from delivery where person in ('p', 'q') order by id`,
    );
    expect(rows.map(({ said }) => said)).toEqual([
      'urged over waiting',
      'urged over sent',
      'issued open collapsed',
      'digest sent',
    ]);
  });

  it('takes plans of what is over, which is read as before; the log says how many', async () => {
    await z.pool.query(`update directive set closed_at = closed_at - interval '3 days' where id = 'over'`);
    const plans = await count('plan', `directive = 'over'`);
    const open = await count('plan', `directive = 'open'`);
    const said: object[] = [];
    const quiet = (): void => undefined;
    const sentinel = startSentinel({
      pool: z.pool,
      client: z.client,
      taskQueue: 'zhuanban',
      mark: z.mark,
      prune: createPruner(z.pool, { notices: null, deliveries: null, plans: A_DAY }),
      log: {
        info: (about, text) => {
          if (text.startsWith('deleted')) said.push(about);
        },
        warn: quiet,
        error: quiet,
      },
      everyMs: 50,
    });
    await z.until(() => said.length > 0, 'something is deleted');
    await sentinel.stop();
    expect(said).toEqual([{ notices: 0, deliveries: 0, plans } satisfies Pruned]);
    expect(await count('plan', `directive = 'over'`)).toBe(0);
    expect(await count('plan', `directive = 'open'`)).toBe(open);
    expect(await outcome(p, 'over')).toMatchObject({ phase: 'closed' });
    for (const path of [
      '/directives/over/tree',
      '/directives/over/summary',
      `/assignments/${leavesOf('over')[0]?.id}`,
    ])
      expect((await p.get(path)).status).toBe(200);
  });

  it('looks at a bounded slice at a time, and comes to the end of a large table', async () => {
    await z.pool.query(`
      insert into notification (epoch, tx, person, type, directive, data, at, read_at)
      select 1, pg_current_xact_id(), 'nobody', 'urged', 'over', '{}', now() - interval '9 days', now() - interval '8 days'
        from generate_series(1, 4500)`);
    const prune = createPruner(z.pool, { notices: A_DAY, deliveries: null, plans: null });
    let gone = 0;
    for (let round = 0; round < 4; round += 1) {
      const { notices } = await prune();
      expect(notices).toBeLessThanOrEqual(2_000);
      gone += notices;
    }
    expect(gone).toBe(4_500);
  });
});

describe('what is past its time', () => {
  it('is counted by day and kind, and told in the log of the installation once the day is over', async () => {
    const limits = { idleMs: 3_600_000, maxMs: 86_400_000 };
    await z.pool.query(`
      insert into session (hash, person, device, made_at, used_at, expires_at)
      select 'old' || n, (select min(id) from person), null, now() - interval '2 days', now() - interval '2 days',
             now() + interval '1 day' from generate_series(1, 3) n`);
    const live = await count('session', `hash not like 'old%'`);
    const retain = createRetention(z.pool, limits, { restMs: 0 });
    await retain();
    expect(await count('session', `hash like 'old%'`)).toBe(0);
    expect(await count('session', `hash not like 'old%'`)).toBe(live);
    expect(await count('pruned', `kind = 'sessions' and gone >= 3 and not recorded`)).toBe(1);

    await z.pool.query(`delete from pruned`);
    await z.pool.query(
      `insert into pruned (day, kind, gone) values ('2026-01-02', 'notices', 7), ('2026-01-02', 'verdicts', 9)`,
    );
    await retain();
    await retain();
    const { rows } = await z.pool.query<{ data: unknown }>(
      `select data from security_event where type = 'pruned'`,
    );
    expect(rows).toEqual([{ data: { day: '2026-01-02', gone: { notices: 7, verdicts: 9 } } }]);
  });

  it('and what is held at all is told to everybody, with the present settings', async () => {
    await z.pool.query(`delete from pruned`);
    await addPruned(z.pool, 'notices', 2);
    await addPruned(z.pool, 'notices', 3);
    const { status, body } = await p.get('/compliance');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      collected: expect.arrayContaining([
        expect.objectContaining({ kind: 'notices', keptDays: 365, setting: 'KEEP_NOTICES_DAYS' }),
        expect.objectContaining({ kind: 'events', keptDays: null, setting: null }),
        expect.objectContaining({ kind: 'sessions', keptDays: 7 }),
      ]) as unknown,
      deleted: [{ kind: 'notices', gone: 5 }],
    });
    const { notCollected } = body as unknown as { notCollected: { kind: string }[] };
    expect(notCollected.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['activity', 'location', 'onlineTime']),
    );
  });
});

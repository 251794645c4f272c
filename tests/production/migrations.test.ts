// Bringing a schema up to date while others work on it: each migration whole or not at all, and nobody is kept waiting long.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOOR_PLANNER, createPool, type Pool } from '../../db/pool.ts';
import { migrate } from '../../db/migrate.ts';
import { listMigrations, type Migration } from '../../db/migration-list.ts';
import { until } from '../support/installation.ts';
import { administer, databaseUrl } from '../support/stack.ts';
import { startDebianPostgres, type DebianPostgres } from '../support/production/debian-postgres.ts';

let postgres: DebianPostgres;
let url = '';
let pool: Pool;
beforeAll(async () => {
  postgres = await startDebianPostgres();
  await migrate(postgres.url);
  await administer(postgres.url, 'create database trial template zhuanban');
  url = databaseUrl(postgres.url, 'trial');
  pool = createPool(url, { max: 8, name: 'test', onError: () => undefined });
}, 120_000);
afterAll(async () => {
  await pool.end();
  await postgres.remove();
}, 60_000);

const migration = (number: number, text: string): Migration => ({
  name: `${number}_test`,
  number,
  text,
  isBreaking: text.startsWith('-- breaking:'),
  isConcurrent: text.startsWith('-- concurrently:'),
});
const applied = async (number: number): Promise<boolean> =>
  (await pool.query('select from migration where name = $1', [`${number}_test`])).rowCount === 1;
const hasColumn = async (name: string): Promise<boolean> =>
  (
    await pool.query(
      `select from information_schema.columns where table_name = 'assignment' and column_name = $1`,
      [name],
    )
  ).rowCount === 1;

describe('a migration', () => {
  it('waits for a table in use, says who has it, and lets everybody else through', async () => {
    const said: object[] = [];
    const log = { info: () => undefined, warn: (about: object) => said.push(about) };
    const reader = await pool.connect();
    await reader.query(`set idle_in_transaction_session_timeout = 0`);
    await reader.query('begin; select from assignment');
    const migrating = migrate(url, {
      log,
      migrations: [migration(900, 'alter table assignment add column waited int')],
    });
    await until(() => said.length > 0, 'it says so');
    expect(JSON.stringify(said[0])).toMatch(
      /"migration":"900_test","openTransactions":\[\{"pid":\d+,"name":"zhuanban-test"/,
    );
    await pool.query('select from assignment');
    expect(await applied(900)).toBe(false);
    await reader.query('commit');
    reader.release();
    await migrating;
    expect([await applied(900), await hasColumn('waited')]).toEqual([true, true]);
  });

  it('that fails leaves nothing, and those before it stay', async () => {
    const wrong = [
      migration(901, 'alter table assignment add column stays int'),
      migration(902, 'alter table assignment add column goes int; select 1 / 0'),
      migration(903, 'alter table assignment add column never int'),
    ];
    await expect(migrate(url, { migrations: wrong })).rejects.toThrow('division by zero');
    expect([await applied(901), await applied(902), await applied(903)]).toEqual([true, false, false]);
    expect([await hasColumn('stays'), await hasColumn('goes'), await hasColumn('never')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is applied once, however many begin at the same time', async () => {
    const counted = [
      migration(904, 'update installation set organisation_version = organisation_version + 1'),
    ];
    const version = async (): Promise<number | undefined> =>
      (await pool.query<{ v: number }>('select organisation_version as v from installation')).rows[0]?.v;
    const before = await version();
    await Promise.all([1, 2, 3].map(() => migrate(url, { migrations: counted })));
    expect(await version()).toBe((before ?? 0) + 1);
  });

  it('builds an index beside those who write, and anew what a killed run has left half made', async () => {
    await pool.query('create table half (n int); insert into half values (1), (1)');
    await expect(pool.query('create unique index concurrently half_n on half (n)')).rejects.toThrow(
      'could not create unique index',
    );
    const [index] = [
      migration(
        905,
        `-- concurrently: half may be large\ncreate index concurrently if not exists half_n on half (n);\n`,
      ),
    ];
    await migrate(url, { migrations: [index] });
    const { rows } = await pool.query(
      `select indisvalid, indisunique from pg_index where indexrelid = 'half_n'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true, indisunique: false }]);
    await expect(
      migrate(url, { migrations: [migration(906, '-- concurrently: no\nupdate half set n = 2')] }),
    ).rejects.toThrow('is not about an index');
  });

  it('that old processes cannot live with keeps programs away that do not know it', async () => {
    await migrate(url, { migrations: [migration(907, '-- breaking: a trial\nselect 1')] });
    const { rows } = await pool.query('select least_schema from installation');
    expect(rows).toEqual([{ least_schema: 907 }]);
  });
});

/** The newest migration of the last release. */
const LAST_RELEASED = 11;

type Column = { at: string; type: string; isNeeded: boolean };
/** What a program can see of a schema: its columns, and which of them it must give. */
async function columnsOf(db: Pool): Promise<Column[]> {
  const { rows } = await db.query<Column>(`
    select table_name || '.' || column_name as at, data_type as type,
           is_nullable = 'NO' and column_default is null and is_identity = 'NO' as "isNeeded"
      from information_schema.columns where table_schema = 'public' order by 1`);
  return rows;
}

describe('the migrations since the last release', () => {
  it('take nothing away from its processes, and ask nothing new of them, unless they say so', async () => {
    const since = listMigrations().filter(({ number }) => number > LAST_RELEASED);
    if (since.some(({ isBreaking }) => isBreaking)) return;
    await administer(postgres.url, 'create database released');
    const releasedUrl = databaseUrl(postgres.url, 'released');
    const released = createPool(releasedUrl, { max: 1, name: 'test', onError: () => undefined });
    await migrate(releasedUrl, {
      migrations: listMigrations().filter(({ number }) => number <= LAST_RELEASED),
    });
    const before = await columnsOf(released);
    await migrate(releasedUrl);
    const after = new Map((await columnsOf(released)).map((column) => [column.at, column]));
    await released.end();
    const tables = new Set(before.map(({ at }) => at.split('.')[0]));
    const known = new Set(before.map(({ at }) => at));
    expect(before.filter(({ at, type }) => after.get(at)?.type !== type)).toEqual([]);
    expect(
      [...after.values()].filter(
        ({ at, isNeeded }) => isNeeded && tables.has(at.split('.')[0]) && !known.has(at),
      ),
    ).toEqual([]);
  });
});

describe('our connections', () => {
  it('compile no plans, though the planner settings of the door make every plan look dear', async () => {
    const dear = 'explain (analyze) select count(*) from assignment where state is null';
    const planOf = async (options: string): Promise<string> => {
      const client = createPool(url, { max: 1, name: 'test', onError: () => undefined, planner: options });
      const { rows } = await client.query<Record<string, string>>(dear);
      await client.end();
      return JSON.stringify(rows);
    };
    expect(await planOf(`${DOOR_PLANNER} -c jit=on`)).toContain('JIT');
    expect(await planOf(DOOR_PLANNER)).not.toContain('JIT');
    const { rows } = await pool.query('show jit');
    expect(rows).toEqual([{ jit: 'off' }]);
  });
});

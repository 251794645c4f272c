// The drill: a backup under load, brought back with Temporal kept, older and lost; and every folder that must be refused.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createFileStore } from '../../../files/file-store.ts';
import { environmentWith } from '../../../config.ts';
import { Manifest } from '../../../db/backup/manifest.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, SMALL } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import {
  createDatabase,
  createNamespace,
  EMPTY,
  stackAddresses,
  type TestDatabase,
  type TestNamespace,
} from '../../support/stack.ts';
import { fetchAs, uploadAs } from '../../support/upload.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const CONTENT = '签到表';
const { leavesOf, organisation, total } = SMALL;

type Ran = { code: number; lines: Record<string, unknown>[]; text: string };

/** One of the commands as an operator runs it. */
function run(
  program: 'backup.ts' | 'restore.ts' | 'verify.ts',
  args: readonly string[],
  where: { database: TestDatabase; namespace: string; dataDir: string },
): Promise<Ran> {
  const env = environmentWith({
    DATABASE_URL: where.database.url,
    TEMPORAL_ADDRESS: stackAddresses().temporalAddress,
    TEMPORAL_NAMESPACE: where.namespace,
    DATA_DIR: where.dataDir,
    LOG_LEVEL: 'info',
  });
  const file = path.join(ROOT, program);
  const node = ['--disable-warning=ExperimentalWarning', file, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env }, (error, stdout, stderr) => {
      const lines = stdout
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ code: Number(error?.code ?? 0), lines, text: stdout + stderr });
    });
  });
}

const lastOf = ({ lines }: Ran): Record<string, unknown> => lines.at(-1) ?? {};

let folder = '';
let backup = '';
let namespace: TestNamespace;
let source: Installation;
let attached = '';
/** Commands answered before the backup began: each of them must be in it. */
let answered: string[] = [];
const toClose: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-drill-'));
  backup = path.join(folder, 'backup');
  namespace = await createNamespace();
  const database = await createDatabase();
  toClose.push(() => database.drop());
  const files = createFileStore(path.join(folder, 'source', 'files'));
  source = await startInstallation({
    deskLimit: 5,
    organisation,
    worker: false,
    files,
    on: { database, namespace },
  });
  const worker = await source.startWorker();
  const p = source.as(EVERYBODY);
  for (const id of ['open', 'closed', 'busy']) {
    await handOut(p, id);
    await source.until(async () => (await outcome(p, id)).phase === 'open', `${id} is out`);
  }
  attached = (await uploadAs(source.api, EVERYBODY, CONTENT, '签到.txt')).id;
  const [first] = leavesOf('open');
  if (first === undefined) throw new Error('no leaf');
  const reported = await p.post(`/assignments/${first.id}/submit`, {
    values: { n: first.n },
    attachments: [attached],
  });
  expect(reported.status).toBe(200);
  for (const leaf of leavesOf('closed')) await report(p, leaf);
  await source.until(async () => (await outcome(p, 'closed')).phase === 'closed', 'closed');

  const enough = new AbortController();
  const accepted: string[] = [];
  const load = (async () => {
    for (let n = 0; !enough.signal.aborted; n += 1) {
      const leaf = leavesOf('busy')[n % leavesOf('busy').length];
      const { status } = await p.post(`/assignments/${leaf?.id ?? ''}/progress`, { note: `note ${n}` });
      if (status === 200) accepted.push(`note ${n}`);
    }
  })();
  await source.until(() => accepted.length >= 20, 'some load');
  answered = [...accepted];
  const made = await run('backup.ts', [backup], {
    database,
    namespace: namespace.namespace,
    dataDir: path.join(folder, 'source'),
  });
  expect(made.text).toContain('backup is done');
  expect([made.code, lastOf(made)]).toMatchObject([0, { files: 1, missing: 0 }]);
  await source.until(() => accepted.length >= answered.length + 20, 'load goes on');
  enough.abort();
  await load;
  // Temporal learns of one that the backup does not know.
  await handOut(p, 'later');
  await source.until(async () => (await outcome(p, 'later')).phase === 'open', 'later is out');
  await worker.stop();
  await source.close();
});

afterAll(async () => {
  for (const close of toClose.reverse()) await close();
  await namespace.close();
  rmSync(folder, { recursive: true, force: true });
});

const empty = async (): Promise<TestDatabase> => {
  const database = await createDatabase(EMPTY);
  toClose.push(() => database.drop());
  return database;
};

/** Brings the backup back, and lets it go on until everything is reported. */
async function drill(into: TestNamespace, epoch: number): Promise<void> {
  const database = await empty();
  const dataDir = mkdtempSync(path.join(folder, 'restored-'));
  const where = { database, namespace: into.namespace, dataDir };
  const restored = await run('restore.ts', [backup], where);
  expect([restored.code, restored.text]).toEqual([0, expect.stringContaining('restore is done')]);
  expect(lastOf(restored)).toMatchObject({ epoch, failed: 0, directives: 3, faults: 0 });
  const files = createFileStore(path.join(dataDir, 'files'));
  const z = await startInstallation({ deskLimit: 5, files, on: { database, namespace: into } });
  try {
    const p = z.as(EVERYBODY);
    const notes = (await p.events('busy', 'progressed')).map(({ data }) => data.note);
    expect(notes).toEqual(expect.arrayContaining(answered));
    expect(new Set(notes).size).toBe(notes.length);
    const { status, bytes } = await fetchAs(z.api, EVERYBODY, `/files/${attached}`);
    expect([status, new TextDecoder().decode(bytes)]).toEqual([200, CONTENT]);
    expect((await p.get('/directives/later')).status).toBe(404);
    await handOut(p, 'later');
    await z.until(async () => (await outcome(p, 'later')).phase === 'open', 'later is out again');
    for (const id of ['open', 'busy', 'later']) {
      for (const leaf of leavesOf(id)) {
        const answer = await report(p, leaf);
        expect([200, 409]).toContain(answer.status);
      }
      await z.until(async () => (await outcome(p, id)).phase === 'closed', `${id} closes`);
      expect(await outcome(p, id)).toEqual({ phase: 'closed', n: total });
    }
    for (const id of ['open', 'busy', 'closed', 'later'])
      expect(await faultsOfRecord(z.pool, id)).toEqual([]);
    const verified = await run('verify.ts', [], where);
    expect([verified.code, lastOf(verified)]).toMatchObject([0, { directives: 4, faults: 0 }]);
  } finally {
    await z.close();
  }
}

describe('a backup taken under load', () => {
  it('holds every table and file, and says of which moment', () => {
    const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(backup, 'manifest.json'), 'utf8')));
    expect(manifest.files).toEqual({ kept: 1, missing: [] });
    expect(manifest.tables.find(({ name }) => name === 'event')?.rows).toBeGreaterThan(30);
    expect(manifest.tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['installation', 'person', 'assignment', 'submission', 'session']),
    );
  });

  it('goes on with Temporal as it was', () => drill(namespace, 2));

  // What the first drill finished has no run any more, and the record knows nothing of that.
  it('goes on with a Temporal that is of another moment than it', () => drill(namespace, 3));

  it('goes on with a Temporal that has lost everything', async () => {
    const lost = await createNamespace();
    await drill(lost, 2);
    await lost.close();
  });
});

describe('a restore', () => {
  const where = async (): Promise<Parameters<typeof run>[2]> => ({
    database: await empty(),
    namespace: `refused-${Date.now()}`,
    dataDir: mkdtempSync(path.join(folder, 'refused-')),
  });

  it('refuses what is no backup, or was damaged or cut off, and touches nothing', async () => {
    const target = await where();
    const damaged = path.join(folder, 'damaged');
    cpSync(backup, damaged, { recursive: true });
    const table = path.join(damaged, 'tables', 'event.copy.gz');
    const bytes = readFileSync(table);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(table, bytes);
    const unfinished = path.join(folder, 'unfinished');
    cpSync(backup, unfinished, { recursive: true });
    rmSync(path.join(unfinished, 'manifest.json'));
    const later = path.join(folder, 'newer');
    cpSync(backup, later, { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(later, 'manifest.json'), 'utf8')) as {
      migrations: string[];
    };
    manifest.migrations.push('999999_tomorrow');
    writeFileSync(path.join(later, 'manifest.json'), JSON.stringify(manifest));
    for (const [from, words] of [
      [damaged, 'event.copy.gz'],
      [unfinished, 'no manifest.json'],
      [later, '999999_tomorrow'],
      [path.join(folder, 'nowhere'), 'there is no'],
      [table, 'neither a backup folder nor'],
    ] as const) {
      const refused = await run('restore.ts', [from], target);
      expect([refused.code, refused.text]).toEqual([1, expect.stringContaining(words)]);
    }
    const client = new pg.Client({ connectionString: target.database.url });
    await client.connect();
    const { rows } = await client.query(`select from pg_class where relnamespace = 'public'::regnamespace`);
    await client.end();
    expect(rows).toEqual([]);
  });

  it('refuses a database that is used, or holds something, until told to replace it', async () => {
    const target = await where();
    expect((await run('restore.ts', [backup], target)).code).toBe(0);
    const again = await run('restore.ts', [backup], target);
    expect([again.code, again.text]).toEqual([1, expect.stringContaining('--replace')]);
    const user = new pg.Client({ connectionString: target.database.url, application_name: 'zhuanban-api' });
    await user.connect();
    const used = await run('restore.ts', [backup, '--replace'], target);
    expect([used.code, used.text]).toEqual([1, expect.stringContaining('zhuanban-api')]);
    await user.end();
    expect((await run('restore.ts', [backup, '--replace'], target)).code).toBe(0);
    const here = await run('restore.ts', ['--here'], target);
    expect([here.code, lastOf(here)]).toMatchObject([0, { epoch: 4, faults: 0 }]);
  });

  it('names the first broken event of a record that somebody changed', async () => {
    const target = await where();
    expect((await run('restore.ts', [backup], target)).code).toBe(0);
    const client = new pg.Client({ connectionString: target.database.url });
    await client.connect();
    await client.query(
      `update event set actor = 'somebody' where directive = 'closed' and desk = 'closed' and seq = 1`,
    );
    await client.end();
    const verified = await run('verify.ts', [], target);
    expect([verified.code, verified.text]).toEqual([
      2,
      expect.stringContaining('the chain of closed breaks at 1'),
    ]);
  });
});

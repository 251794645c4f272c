// One machine's servers and their supervisor: what a kill -9 leaves, what a second start finds, what is said when it cannot be.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '../../../embedded/postgres.ts';
import { startTemporal } from '../../../embedded/temporal.ts';

const START = path.join(import.meta.dirname, '..', '..', '..', 'start.ts');
let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-embedded-'));
  chmodSync(dataDir, 0o711);
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** null where no HTTP is spoken. */
async function statusOf(port: number, host: string, at: string): Promise<number | null> {
  return new Promise((resolve) => {
    const request = http.get(
      { port, host: '127.0.0.1', path: at, headers: { host }, timeout: 3_000 },
      (res) => {
        res.resume();
        resolve(res.statusCode ?? null);
      },
    );
    request.once('timeout', () => request.destroy());
    request.once('error', () => {
      resolve(null);
    });
  });
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps what it has committed through a kill -9, at the same address', async () => {
    const first = await startPostgres({ dataDir });
    await query(first.url, 'create table kept as select 42 as answer');
    const [pid] = readFileSync(path.join(first.folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
    const second = await startPostgres({ dataDir });
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(second.isAlive()).toBe(false);
  });

  it('is taken over when an earlier start left it running, and stopped once for all', async () => {
    const first = await startPostgres({ dataDir });
    const pids = await query(first.url, 'select pg_postmaster_start_time()::text as at');
    const second = await startPostgres({ dataDir });
    expect(await query(second.url, 'select pg_postmaster_start_time()::text as at')).toEqual(pids);
    await second.stop();
    await second.stop();
    expect(first.isAlive()).toBe(false);
  });

  it('lets nobody in without its password', async () => {
    const { url, stop } = await startPostgres({ dataDir });
    const open = new URL(url);
    open.password = 'guess';
    await expect(query(open.href, 'select')).rejects.toThrow('password authentication failed');
    await stop();
  });

  it('gives API and worker a role that changes rows, also of tables made later, and nothing else', async () => {
    const { url, appUrl, stop } = await startPostgres({ dataDir });
    await query(url, 'create table later (n int)');
    await query(appUrl, 'insert into later values (1)');
    expect(await query(appUrl, 'select n from later')).toEqual([{ n: 1 }]);
    expect(
      await query(
        appUrl,
        'select rolsuper, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = current_user',
      ),
    ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false }]);
    for (const ddl of [
      'create table mine ()',
      'drop table later',
      'alter table later add m int',
      'create schema mine',
      'create temporary table mine ()',
      `copy later to program 'true'`,
      `select pg_read_file('/etc/passwd')`,
    ])
      await expect(query(appUrl, ddl)).rejects.toThrow(/permission denied|must be owner/);
    await stop();
  });

  it('moves to another port when its own is taken', async () => {
    const first = await startPostgres({ dataDir });
    await first.stop();
    const squatter = net.createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    const second = await startPostgres({ dataDir });
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    await second.stop();
    squatter.close();
  });
});

/** What listens on this machine below a process: `address:port`, from /proc. */
function listenersOf(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined;
      }
    }),
  );
  const LISTEN = '0A';
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTEN && inodes.has(inode))
      .map(([, local = '']) => {
        const [address = '', port = ''] = local.split(':');
        return `${address}:${Number.parseInt(port, 16)}`;
      }),
  );
}
const LOOPBACK_IN_PROC = '0100007F';
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the embedded Temporal', () => {
  onLinux(
    'has no page unless it is asked for, listens on this machine alone, and serves no page of a browser',
    async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-closed-'));
      try {
        const server = await startTemporal({ dataDir: folder });
        expect(server.uiUrl).toBeNull();
        const { mark } = JSON.parse(readFileSync(path.join(folder, 'temporal', 'state.json'), 'utf8')) as {
          mark: { pid: number };
        };
        const listeners = listenersOf(mark.pid);
        expect(listeners.length).toBeGreaterThan(0);
        for (const listener of listeners) {
          const [address, port] = listener.split(':');
          expect(address).toBe(LOOPBACK_IN_PROC);
          // By a name that a page made lead here (DNS rebinding), or by the address itself: nothing is served.
          for (const host of ['evil.example', `127.0.0.1:${port}`, 'localhost']) {
            const status = await statusOf(Number(port), host, '/api/v1/namespaces');
            expect([listener, host, status]).not.toEqual([listener, host, 200]);
          }
        }
        const withPage = await startTemporal({ dataDir: folder, ui: true });
        expect(server.isAlive()).toBe(false);
        expect(withPage.address).toBe(server.address);
        expect(withPage.uiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
        await withPage.stop();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it('keeps its workflows through a kill -9, at the same address, and is taken over when left running', async () => {
    const first = await startTemporal({ dataDir });
    await withClient(first.address, (client) =>
      client.workflow.start('anything', { taskQueue: 'nobody', workflowId: 'kept' }),
    );
    const state = readFileSync(path.join(dataDir, 'temporal', 'state.json'), 'utf8');
    process.kill((JSON.parse(state) as { mark: { pid: number } }).mark.pid, 'SIGKILL');
    const second = await startTemporal({ dataDir });
    expect(second.address).toBe(first.address);
    const third = await startTemporal({ dataDir });
    expect(third.address).toBe(second.address);
    expect(second.isAlive()).toBe(true);
    const { status } = await withClient(third.address, (client) =>
      client.workflow.getHandle('kept').describe(),
    );
    expect(status.name).toBe('RUNNING');
    await third.stop();
    expect(second.isAlive()).toBe(false);
  });
});

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function start(variables: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', START], {
    env: { PATH, DATA_DIR: path.join(dataDir, 'start'), ...variables },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

describe('npm start', () => {
  it('tells all faults of its environment and ends with code 78', async () => {
    const { code, output } = await start({ PORT: 'x', LOG_LEVEL: 'loud' });
    expect(code).toBe(78);
    expect(output.trim().split('\n')).toHaveLength(2);
  });

  it('says in one sentence that its port is in use', async () => {
    const squatter = net.createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as net.AddressInfo;
    const { code, output } = await start({ PORT: String(port) });
    squatter.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port 127.0.0.1:${port} is in use`);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('says in one sentence that its data folder cannot be written', async () => {
    writeFileSync(path.join(dataDir, 'file'), '');
    const { code, output } = await start({ DATA_DIR: path.join(dataDir, 'file', 'data') });
    expect(code).toBe(1);
    expect(output).toMatch(/The data folder .* cannot be written/);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('says in one sentence that an outside database cannot be reached, without its password', async () => {
    const { code, output } = await start({
      PORT: '1999',
      DATABASE_URL: 'postgres://a:hunter2@127.0.0.1:1/x',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    });
    expect(code).toBe(1);
    expect(output).toContain('The database cannot be reached');
    expect(output).not.toMatch(/^\s+at |hunter2/m);
  });
});

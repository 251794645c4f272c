// A real API on a database of its own, called over HTTP, with the administrator signed in.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { createGuardedFetch } from '../../channels/guarded-fetch.ts';
import { createTestSender } from '../../channels/test-sender.ts';
import { ensureAdministrator } from '../../command/account/first-administrator.ts';
import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { answerUnparsed } from '../../api/unparsed.ts';
import { watchDisk } from '../../db/disk-watch.ts';
import { createThreadBudget } from '../../ooxml/threads/thread-budget.ts';
import { createFileStore } from '../../files/file-store.ts';
import { createMetrics } from '../../command/metering/api-metrics.ts';
import { createSecurityLog } from '../../command/security/security-log.ts';
import { createDoor } from '../../command/batch.ts';
import { createCalendarSource } from '../../reading/calendars.ts';
import type { ClockworkState } from '../../command/clockwork.ts';
import { createTermsSource } from '../../reading/terms.ts';
import { createDirectorySource } from '../../db/directory.ts';
import { createPool, DOOR_PLANNER, type Pool } from '../../db/pool.ts';
import { createSecretBox, SECRET_KEY_BYTES } from '../../db/secret-box.ts';
import { demandContract } from './contract-check.ts';
import { silentRouting } from './routing.ts';
import { createDatabase, type TestDatabase } from './stack.ts';

/** One key for all processes of an installation, as in production. */
export const TEST_SECRETS = createSecretBox(() => [Buffer.alloc(SECRET_KEY_BYTES, 7)]);
const SIGNING_KEY = generateKeyPairSync('ed25519').privateKey;
export const ADMIN_PASSWORD = 'administrator-1';

/** The answer: `body` is parsed JSON, null for none. */
export type Answer = { status: number; headers: Headers; body: unknown };

export type CallOptions = {
  token?: string | null;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
  /** A process of the release before answers by the contract of its own time. */
  ofBefore?: boolean;
};

export type TestApi = {
  url: string;
  pool: Pool;
  /** A session of the administrator; `call` uses it unless given another. */
  token: string;
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  signIn: (login: string, password: string) => Promise<Answer>;
  close: () => Promise<void>;
};

type Sender = (method: string, to: string, options: CallOptions, token: string | null) => Promise<Answer>;

/** One request to an API at any address; the test fails if an answer of today does not fit the contract. */
export async function sendTo(
  url: string,
  ...[method, to, options, token]: Parameters<Sender>
): Promise<Answer> {
  const body = options.raw ?? (options.body === undefined ? null : JSON.stringify(options.body));
  const response = await fetch(`${url}/api/v1${to}`, {
    method,
    body,
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...options.headers,
    },
  });
  const text = await response.text();
  const answer = {
    status: response.status,
    headers: response.headers,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  };
  if (options.ofBefore !== true) demandContract(method, `/api/v1${to}`, answer);
  return answer;
}

/** With `shared` it is one more API process on a database that the caller drops. */
export async function startApi(
  more: Partial<ApiDeps> = {},
  shared: TestDatabase | null = null,
): Promise<TestApi> {
  const database = shared ?? (await createDatabase());
  const onError = (): void => undefined;
  const pool = createPool(database.url, { max: 20, name: 'test', onError });
  const doorPool = createPool(database.url, { max: 4, name: 'test-door', onError, planner: DOOR_PLANNER });
  await ensureAdministrator(pool, ADMIN_PASSWORD);
  const log = pino({ level: 'silent' });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-files-'));
  const files = createFileStore(folder);
  const standing: ClockworkState = { temporal: 'up', worker: 'polling' };
  const directory = createDirectorySource();
  const calendars = createCalendarSource();
  const sources = more.sources ?? {
    terms: createTermsSource(calendars),
    directory,
    routing: silentRouting(),
  };
  // No nudges: in a test of the API alone the rows stay as the request left them.
  const nudge = more.nudge ?? ((): void => undefined);
  const { deskLimit } = more;
  const limit = deskLimit === undefined ? {} : { deskLimit };
  const commands = createDoor({ pool: doorPool, sources, nudge, onFault: () => undefined, ...limit });
  const security = createSecurityLog({ pool, now: () => Date.now(), onError });
  const deps: ApiDeps = {
    pool,
    disk: watchDisk(pool, log),
    directory,
    calendars,
    sources,
    nudge,
    commands,
    now: () => Date.now(),
    log,
    files,
    secrets: TEST_SECRETS,
    threads: createThreadBudget({ memoryMb: 2_048 }),
    clockwork: { state: () => standing, hasPolled: () => true },
    metrics: createMetrics(pool),
    security,
    signingKey: SIGNING_KEY,
    retention: { keepDays: { notices: 365, deliveries: 180, plans: 90 }, sessionMaxMs: 7 * 86_400_000 },
    sendTest: createTestSender({
      fetch: createGuardedFetch(['127.0.0.1']),
      timeoutMs: 500,
      now: () => Date.now(),
    }),
    ...more,
  };
  const server = createServer(createApp(deps));
  answerUnparsed(server);
  // As in server.ts: a connection closed by time-out on a busy machine is no finding.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const send: Sender = (method, to, options, token) => sendTo(url, method, to, options, token);
  const signIn: TestApi['signIn'] = (login, password) =>
    send('POST', '/session', { body: { login, password } }, null);
  const { token } = (await signIn('admin', ADMIN_PASSWORD)).body as { token: string };

  return {
    url,
    pool,
    token,
    signIn,
    call: (method, to, options = {}) =>
      send(method, to, options, options.token === undefined ? token : options.token),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await security.close();
      await Promise.all([pool.end(), doorPool.end()]);
      if (shared === null) await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

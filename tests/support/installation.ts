// A whole installation in this process: API, door, worker and sentinel on a database and a Temporal namespace of its own.
//
//   const z = await startInstallation({ deskLimit: 5 });
//   await z.as('P001').post('/directives', directive);
//   await z.until(async () => (await z.as('P001').see('d')).phase === 'open', 'd is open');
//   afterAll(() => z.close());
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createGuardedFetch } from '../../channels/guarded-fetch.ts';
import { createMailer } from '../../channels/mail.ts';
import { createDeliveryActivities } from '../../activities/delivery.ts';
import { createDeskActivities } from '../../activities/index.ts';
import type { DeskActivities } from '../../activities/contracts.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { NamespaceMark } from '../../command/namespace-mark.ts';
import { tellHands } from '../../command/hands.ts';
import { createNudger } from '../../command/nudge.ts';
import { createReviver } from '../../command/revival.ts';
import { startSentinel, type SentinelDeps } from '../../command/sentinel.ts';
import { createTermsSource } from '../../reading/terms.ts';
import type { Sources } from '../../reading/opening.ts';
import { createDirectorySource } from '../../db/directory.ts';
import { dataConverterOf } from '../../command/payload-codec.ts';
import { keepEpoch } from '../../db/epoch.ts';
import { createPool, DOOR_PLANNER, type Pool } from '../../db/pool.ts';
import type { ApiDeps } from '../../api/deps.ts';
import type { PageArtefact } from '../../api/page-artefact.ts';
import { startApi, TEST_SECRETS, type Answer, type TestApi } from './api.ts';
import { routingOf } from './routing.ts';
import type { Seen, SeenEvent } from './seen.ts';
import { tokenOf } from './small-record.ts';
import {
  createDatabase,
  createNamespace,
  stackAddresses,
  type TestDatabase,
  type TestNamespace,
} from './stack.ts';

const TASK_QUEUE = 'zhuanban';
/** Long enough for a working server beside other tests, and short enough where one never answers. */
const ATTEMPT_MS = 1_500;
const FIRST_RETRY_MS = 100;
const MAILER = { publicUrl: 'https://zhuanban.example', timeoutMs: ATTEMPT_MS, connections: 10 };
/**
 * The one bound of all waits, reached only by a failing test: many times the time that anything here takes on a machine
 * with ten other things to do, and less than a test may take, so that the failure names what was waited for.
 */
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 40;

export type Options = {
  /** Assignments in one desk; 5 makes desks below desks of a small tree. */
  deskLimit?: number;
  /** Without a sentinel nothing heals lost nudges. */
  sentinel?: { everyMs: number; onHealed?: NonNullable<SentinelDeps['onHealed']> };
  /** false: issued directives wait until `startWorker`. */
  worker?: boolean;
  /** Comes between the workflows and the activities, to break them at a chosen moment. */
  activities?: (real: DeskActivities) => DeskActivities;
  organisation?: unknown;
  /** Sends mail there, with short waits for deliveries. */
  mail?: { smtpUrl: string; from: string };
  /** How long a message waits for others to join it; 0 by default. */
  gatherMs?: number;
  /** The API's clock, where a test moves PostgreSQL's (moved-clock.ts). */
  now?: () => number;
  /** Keys that seal what Temporal stores. */
  payloadKeys?: readonly Buffer[];
  /** Every nudge is lost. */
  losesNudges?: boolean;
  /** The built page, where a browser comes to it. */
  page?: PageArtefact;
  /** Where uploads are kept; a folder of its own without it. */
  files?: FileStore;
  /** Uses these; the caller drops them. */
  on?: { database: TestDatabase; namespace: TestNamespace };
  /** The address at which worker and nudges find Temporal, if not the stack's own. */
  temporalAddress?: string;
};

export type Reply = Omit<Answer, 'body'> & { body: Seen };

/** One person's view and commands. */
export type Caller = {
  get: (path: string) => Promise<Reply>;
  /** Gets an assignment or a directive, by its id. */
  see: (id: string) => Promise<Seen>;
  /** All events of an assignment or a directive, by its id; with a type only those of that type. */
  events: (id: string, type?: string) => Promise<SeenEvent[]>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  put: (path: string, body: unknown) => Promise<Reply>;
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
};

export type RunningWorker = { stop: () => Promise<void> };

export type Installation = {
  database: TestDatabase;
  /** The test's own connection to the record. */
  pool: Pool;
  client: Client;
  /** The mark of its namespace. */
  mark: NamespaceMark;
  api: TestApi;
  /** One more API process: its own pools and door, the same record. It closes with the installation. */
  addApi: (more?: Partial<Pick<ApiDeps, 'small' | 'files'>>) => Promise<TestApi>;
  as: (person: string, api?: TestApi) => Caller;
  until: typeof until;
  startWorker: () => Promise<RunningWorker>;
  close: () => Promise<void>;
};

let isInstalled = false;
/** Once a test file: jest keeps its signal handlers. */
function installRuntime(): void {
  if (isInstalled) return;
  isInstalled = true;
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
}

/**
 * Waits until the check holds, and answers its result; fails with `what` after two minutes, unless another time is
 * given.
 */
export async function until<T>(
  condition: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  what: string | (() => string),
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const held = await condition();
    if (held !== null && held !== undefined && held !== false) return held;
    if (Date.now() > end) throw new Error(`waited in vain: ${typeof what === 'string' ? what : what()}`);
    await pause(LOOK_EVERY_MS);
  }
}

export async function startInstallation(options: Options = {}): Promise<Installation> {
  installRuntime();
  const [database, namespace] =
    options.on === undefined
      ? await Promise.all([createDatabase(), createNamespace()])
      : [options.on.database, options.on.namespace];
  const address = options.temporalAddress ?? namespace.address;
  const connection = Connection.lazy({ address });
  const sealing = dataConverterOf(options.payloadKeys ?? null);
  const client = new Client({ connection, namespace: namespace.namespace, ...sealing });
  const pool = createPool(database.url, { max: 14, name: 'test-worker', onError, planner: DOOR_PLANNER });
  const nudger = createNudger({ pool, client, taskQueue: TASK_QUEUE, onFailure: () => undefined });
  const nudge = (desks: readonly string[]): void => {
    if (options.losesNudges !== true) nudger.nudge(desks);
  };
  const mail = options.mail ?? null;
  const sourcesOf = (): Sources => ({
    terms: createTermsSource(),
    directory: createDirectorySource(),
    routing: routingOf(mail !== null, options.gatherMs),
  });
  const deps = {
    nudge,
    sources: sourcesOf(),
    ...(options.deskLimit === undefined ? {} : { deskLimit: options.deskLimit }),
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.files === undefined ? {} : { files: options.files }),
    ...(options.page === undefined ? {} : { page: options.page }),
  };
  const api = await startApi(deps, database);
  const apis = [api];
  const callers = new Map<TestApi, Map<string, Caller>>();
  const workers = new Set<RunningWorker>();

  const startWorker = async (): Promise<RunningWorker> => {
    const sources = sourcesOf();
    const real = createDeskActivities({
      pool,
      sources,
      nudge,
      onFault: () => undefined,
    });
    const mailer = mail === null ? null : createMailer({ ...mail, ...MAILER });
    const deliveries = createDeliveryActivities({
      pool,
      sources,
      secrets: TEST_SECRETS,
      http: { fetch: createGuardedFetch(['127.0.0.1']), timeoutMs: ATTEMPT_MS },
      mailer,
      publicUrl: mail === null ? null : api.url,
      now: () => Date.now(),
      firstRetryMs: FIRST_RETRY_MS,
    });
    const native = await NativeConnection.connect({ address });
    const worker = await Worker.create({
      connection: native,
      namespace: namespace.namespace,
      taskQueue: TASK_QUEUE,
      ...sealing,
      workflowBundle: { codePath: stackAddresses().workflowBundle },
      activities: { ...(options.activities?.(real) ?? real), ...deliveries },
      maxConcurrentActivityTaskExecutions: 10,
      workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 4 },
      activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 4 },
      shutdownGraceTime: '2 seconds',
    });
    const ended = worker.run();
    const running: RunningWorker = {
      stop: async () => {
        if (!workers.delete(running)) return;
        worker.shutdown();
        await ended;
        mailer?.close();
        await native.close();
      },
    };
    workers.add(running);
    return running;
  };

  const { installation, epoch } = await keepEpoch(pool);
  const mark = { installation, epoch };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const sentinel =
    options.sentinel === undefined
      ? null
      : startSentinel({
          pool,
          client,
          taskQueue: TASK_QUEUE,
          mark,
          log,
          ...options.sentinel,
          revive: createReviver(pool, { restMs: options.sentinel.everyMs }),
          tellHands: () => tellHands({ pool, sources: deps.sources }),
        });
  if (options.worker !== false) await startWorker();
  if (options.organisation !== undefined) {
    const { status, body } = await api.call('POST', '/organisation/import', { body: options.organisation });
    if (status !== 200) throw new Error(JSON.stringify(body));
    // Waits until the present holders are known before anything is issued: else a person may be told of the post as
    // well.
    const news = 'select from installation where hands_version is distinct from organisation_version';
    if (sentinel !== null)
      await until(async () => (await pool.query(news)).rowCount === 0, 'the sentinel knows who sits where');
  }

  return {
    database,
    pool,
    client,
    mark,
    api,
    addApi: async (more = {}) => {
      const another = await startApi({ ...deps, ...more }, database);
      apis.push(another);
      return another;
    },
    as: (person, on = api) => {
      const known = callers.get(on) ?? new Map<string, Caller>();
      callers.set(on, known);
      const caller = known.get(person) ?? callerOf(on, person);
      known.set(person, caller);
      return caller;
    },
    until,
    startWorker,
    close: async () => {
      await sentinel?.stop();
      for (const each of apis) await each.close();
      for (const worker of [...workers]) await worker.stop();
      await nudger.idle();
      await connection.close();
      await pool.end();
      if (options.on !== undefined) return;
      await namespace.close();
      await database.drop();
    },
  };
}

const onError = (): void => undefined;

function callerOf(api: TestApi, person: string): Caller {
  let token: Promise<string> | null = null;
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    token ??= tokenOf(api, person);
    const options = { token: await token, headers, ...(body === undefined ? {} : { body }) };
    return (await api.call(method, path, options)) as Reply;
  };
  const pathOf = (id: string): string => (id.includes('.') ? `/assignments/${id}` : `/directives/${id}`);
  const see = async (id: string): Promise<Seen> => {
    const { status, body } = await send('GET', pathOf(id));
    if (status !== 200) throw new Error(`${person} asked for ${id}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const events = async (id: string, type?: string): Promise<SeenEvent[]> => {
    const all: SeenEvent[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: Reply = await send('GET', `${pathOf(id)}/events?limit=500${cursor}`);
      all.push(...(body.items as unknown as SeenEvent[]));
      cursor = body.nextCursor === null ? null : `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    return type === undefined ? all : all.filter((event) => event.type === type);
  };
  return {
    see,
    events,
    get: (path) => send('GET', path),
    post: (path, body = {}, headers = {}) => send('POST', path, body, headers),
    put: (path, body) => send('PUT', path, body),
    send,
  };
}

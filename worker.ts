// The worker process: configuration → pool, activities, workflow bundle → Worker.run; and the sentinel beside it.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type NativeConnectionOptions,
} from '@temporalio/worker';
import { createGuardedFetch } from './channels/guarded-fetch.ts';
import { createMailer } from './channels/mail.ts';
import { ATTEMPT_MS, SENT_AT_ONCE } from './activities/deliver.ts';
import { createDeliveryActivities } from './activities/delivery.ts';
import { createDeskActivities } from './activities/index.ts';
import { measured } from './activities/measured.ts';
import { findBundle } from './bundle-store.ts';
import { createDailyCheckpoint } from './command/audit/make-checkpoint.ts';
import { openSigningKey } from './command/audit/signing-key.ts';
import { awaited } from './command/awaited.ts';
import { beginOn, whenPostgresIsThere } from './command/begin.ts';
import { checkChains } from './command/chain-check.ts';
import { createCalendarSource } from './reading/calendars.ts';
import { prepareNamespace } from './command/namespace.ts';
import { claimNamespace } from './command/namespace-mark.ts';
import { tellHands } from './command/hands.ts';
import { createLog } from './command/log.ts';
import { serveMetrics } from './command/metering/metrics-server.ts';
import { temporalTelemetry } from './command/metering/temporal-telemetry.ts';
import { createWorkerMetrics } from './command/metering/worker-metrics.ts';
import { createNudger } from './command/nudge.ts';
import { replanOutdated } from './command/directive/replan.ts';
import { dataConverterOf } from './command/payload-codec.ts';
import { createPruner, daysMs } from './command/pruning.ts';
import { createRetention } from './command/retention.ts';
import { createReviver } from './command/revival.ts';
import { keySource } from './command/sealing/key-file.ts';
import { startSentinel } from './command/sentinel.ts';
import { temporalFaultWords } from './command/temporal-fault.ts';
import { connectionOptions, createClient, createConnection } from './command/temporal.ts';
import { untracedWorkflows } from './command/tracing/untraced.ts';
import { createTermsSource } from './reading/terms.ts';
import { configOrExit, readOutsideConfig } from './config.ts';
import { EPOCH_RAISED, keepEpoch } from './db/epoch.ts';
import { createDirectorySource } from './db/directory.ts';
import { createPool, DOOR_PLANNER } from './db/pool.ts';
import { createSecretBox } from './db/secret-box.ts';
import { createRoutingSource } from './db/routing.ts';
import { keepFilesToOneself } from './embedded/own-files.ts';
import { onParentGone, tellParent } from './embedded/parent.ts';

keepFilesToOneself();
const config = configOrExit(readOutsideConfig);
const log = createLog('worker', config.logLevel);
const { taskQueue, namespace } = config.temporal;

// We decide the order of shutdown: polling stops, activities end, then the connections.
Runtime.install({
  shutdownSignals: [],
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
    log[level === 'ERROR' ? 'error' : 'warn']({ temporal: meta }, message);
  }),
  telemetryOptions: await temporalTelemetry({ port: config.temporalMetricsPort, host: config.host }),
});

/** The packages for tracing are loaded only where tracing is configured. */
const tracing =
  config.traces === null
    ? null
    : (await import('./command/tracing/traced-worker.ts')).startWorkerTracing(config.traces, log);

let isStopping = false;

const pool = createPool(config.databaseUrl, {
  // As many as activities run at once, and two for the sentinel.
  max: 16,
  name: 'worker',
  planner: DOOR_PLANNER,
  onError: (error) => {
    log.warn({ err: error }, 'a connection to PostgreSQL broke');
  },
});
const metrics = createWorkerMetrics(pool);
let isPolling = (): boolean => false;
const metricsServer = serveMetrics(metrics, { port: config.metricsPort, host: config.host }, log, () =>
  isPolling(),
);
let end: () => void = () => process.exit(0);
onParentGone(() => {
  end();
});
await beginOn(pool, log);
const clientConnection = createConnection(config.temporal);
const client = createClient(config.temporal, {
  connection: clientConnection,
  interceptors: tracing?.clientInterceptors ?? [],
});
const nudger = createNudger({
  pool,
  client,
  taskQueue,
  onFailure: (desk, error) => {
    metrics.observeNudgeFailure();
    log.debug({ err: error, desk }, 'a nudge failed; the sentinel will heal it');
  },
});
const calendars = createCalendarSource();
const sources = {
  terms: createTermsSource(calendars),
  directory: createDirectorySource(),
  routing: createRoutingSource({ mail: config.mail !== null, workdays: (db) => calendars.work(db) }),
};
const nudge = (desks: readonly string[]): void => {
  nudger.nudge(desks);
};
const mailer =
  config.mail === null
    ? null
    : createMailer({
        ...config.mail,
        publicUrl: config.publicUrl,
        timeoutMs: ATTEMPT_MS,
        connections: SENT_AT_ONCE,
      });
const deliveryActivities = createDeliveryActivities({
  pool,
  sources,
  secrets: createSecretBox(keySource({ given: config.secretKeys, dataDir: config.dataDir }).keys),
  http: { fetch: createGuardedFetch(config.egressAllow), timeoutMs: ATTEMPT_MS },
  mailer,
  publicUrl: config.publicUrl,
  now: () => Date.now(),
  isStopping: () => isStopping,
  onOutcome: metrics.observeDelivery,
});
const deskActivities = createDeskActivities({
  pool,
  sources,
  nudge,
  onLock: metrics.observeLock,
  onWake: metrics.observeWake,
  onFault: ({ error, ...about }) => {
    metrics.observeFault();
    log.error({ err: error, ...about }, 'an assignment could not be treated');
  },
});

/** The workflows' code: a stored bundle of exactly these sources, as in an image; else the output of bundle.ts. */
async function bundled(): Promise<{ code: string }> {
  const prebuilt = findBundle(import.meta.dirname);
  if (prebuilt !== null) return { code: prebuilt };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'bundle.ts')],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return { code: stdout };
}

const [workflowBundle, connection] = await Promise.all([
  bundled(),
  awaited(
    'Temporal',
    () => NativeConnection.connect(connectionOptions(config.temporal) as NativeConnectionOptions),
    { log },
  ),
]);
const { installation, epoch, raised } = await whenPostgresIsThere(log, () => keepEpoch(pool));
if (raised !== null) log.warn({ epoch, raised }, EPOCH_RAISED);
const mark = { installation, epoch };
// An outside server may know neither the namespace nor its search attributes; without them no desk could be started.
await prepareNamespace(clientConnection, namespace).catch((error: unknown) => {
  log.warn(
    { err: error, namespace },
    'namespace and search attributes could not be made ready: do it by hand (docs/operators.md)',
  );
});
const theirs = await claimNamespace({ client, taskQueue, mark }).catch((error: unknown) => {
  log.warn(
    { err: error },
    'the schedule of digests could not be made; the sentinel makes it when they are behind',
  );
  return null;
});
if (theirs !== null) {
  log.fatal(
    { ...theirs, ours: mark },
    temporalFaultWords('other-installation', { address: config.temporal.address, namespace }),
  );
  process.exit(1);
}
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowBundle,
  ...dataConverterOf(config.temporal.payloadKeys),
  activities: measured({ ...deskActivities, ...deliveryActivities }, metrics.observeActivity),
  sinks: tracing?.sinks ?? untracedWorkflows,
  interceptors: { activity: tracing?.activityInterceptors ?? [] },
  // One small workflow for each desk; the default would evict after some 2,000.
  maxCachedWorkflows: 5_000,
  // A desk's activities are PostgreSQL transactions, one after the other: more at once than connections would only
  // queue. The other half is for deliveries, which mostly wait for outside servers.
  maxConcurrentActivityTaskExecutions: 12,
  maxConcurrentLocalActivityExecutions: 8,
  maxConcurrentWorkflowTaskExecutions: 40,
  workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 4 },
  activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 4 },
  shutdownGraceTime: '10 seconds',
});
/** Directives planned again in one round of the sentinel, should their calendar have changed. */
const REPLANNED_A_ROUND = 100;
const replan = (): Promise<number> => replanOutdated({ pool, sources, calendars, nudge }, REPLANNED_A_ROUND);
const sentinel = startSentinel({
  pool,
  client,
  taskQueue,
  mark,
  log,
  replan,
  checkChains: () => checkChains(pool),
  revive: createReviver(pool),
  checkpoint: createDailyCheckpoint(pool, () => openSigningKey(config.dataDir, config.signingKey)),
  onRound: metrics.observeRound,
  onHealed: metrics.observeHealed,
  tellHands: () => tellHands({ pool, sources }),
  retain: createRetention(pool, config.sessions),
  prune: createPruner(pool, {
    notices: daysMs(config.keepDays.notices),
    deliveries: daysMs(config.keepDays.deliveries),
    plans: daysMs(config.keepDays.plans),
  }),
});

const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  log.info({}, 'worker is stopping');
  worker.shutdown();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
end = stop;

const running = worker.run();
isPolling = () => worker.getState() === 'RUNNING';
log.info({ taskQueue, namespace }, 'worker is polling');
tellParent({ type: 'ready' });
await running;
await sentinel.stop();
metricsServer.close();
await nudger.idle();
mailer?.close();
await client.connection.close();
await connection.close();
await pool.end();
await tracing?.stop();
log.info({}, 'worker has stopped');
process.exit(0);

// The API process: configuration → pools, the door for commands → createApp → listen.
import { createServer } from 'node:http';
import path from 'node:path';
import { createGuardedFetch } from './channels/guarded-fetch.ts';
import { createTestSender } from './channels/test-sender.ts';
import { ATTEMPT_MS } from './activities/deliver.ts';
import { ensureAdministrator } from './command/account/first-administrator.ts';
import { createApp } from './api/app.ts';
import { watchDisk } from './db/disk-watch.ts';
import { createDraining } from './api/draining.ts';
import { answerUnparsed } from './api/unparsed.ts';
import { createThreadBudget } from './ooxml/threads/thread-budget.ts';
import { openFileStore } from './files/open-file-store.ts';
import { createOidcProvider } from './api/oidc/provider.ts';
import { createMetrics } from './command/metering/api-metrics.ts';
import { openPageArtefact } from './api/page-artefact.ts';
import { fileRecord } from './db/queries/file.ts';
import { addPruned } from './db/queries/pruned.ts';
import { removeOrphans } from './files/orphan-files.ts';
import { createDoor, DOOR_CONNECTIONS, SHARED_BATCHES } from './command/batch.ts';
import { beginOn, whenPostgresIsThere } from './command/begin.ts';
import { fingerprintOf, publicKeyOf } from './reading/audit/checkpoint.ts';
import { createCalendarSource } from './reading/calendars.ts';
import { startClock } from './command/clock.ts';
import { watchClockwork } from './command/clockwork.ts';
import { openSigningKey } from './command/audit/signing-key.ts';
import { createSecurityLog } from './command/security/security-log.ts';
import { createLog } from './command/log.ts';
import { serveMetrics } from './command/metering/metrics-server.ts';
import { createNudger } from './command/nudge.ts';
import { createClient } from './command/temporal.ts';
import { keySource } from './command/sealing/key-file.ts';
import { keepSecretsSealed } from './command/sealing/seal-endpoints.ts';
import { createTermsSource } from './reading/terms.ts';
import { configOrExit, EXIT_BAD_CONFIG, readOutsideConfig } from './config.ts';
import { EPOCH_RAISED, keepEpoch } from './db/epoch.ts';
import { createDirectorySource } from './db/directory.ts';
import { createPool, DOOR_PLANNER } from './db/pool.ts';
import { hasSealedSecrets } from './db/queries/endpoint-secret.ts';
import { createSecretBox } from './db/secret-box.ts';
import { createRoutingSource } from './db/routing.ts';
import { closeToOthers, keepFilesToOneself } from './embedded/own-files.ts';
import { openDataFolder } from './embedded/data-folder.ts';
import { onParentGone, tellParent } from './embedded/parent.ts';
import { StartFault } from './embedded/start-fault.ts';

keepFilesToOneself();
const config = configOrExit(readOutsideConfig);
const filesFolder = path.join(config.dataDir, 'files');
const log = createLog('api', config.logLevel);
/** Loaded only then: installations without tracing do not pay for OpenTelemetry's packages. */
const tracing =
  config.traces === null ? null : (await import('./api/tracing.ts')).startApiTracing(config.traces, log);
const onError = (error: Error): void => {
  log.warn({ err: error }, 'a connection to PostgreSQL broke');
};
const pool = createPool(config.databaseUrl, { max: 10, name: 'api', onError });
const doorPool = createPool(config.databaseUrl, {
  max: DOOR_CONNECTIONS,
  name: 'door',
  onError,
  planner: DOOR_PLANNER,
});
let end: () => void = () => process.exit(0);
onParentGone(() => {
  end();
});
try {
  openDataFolder(config.dataDir);
  // Files on their way to a bucket come in here first too.
  openDataFolder(filesFolder);
  await closeToOthers(config.dataDir);
} catch (error) {
  log.fatal({}, error instanceof StartFault ? error.english : String(error));
  process.exit(EXIT_BAD_CONFIG);
}
await beginOn(pool, log);
const client = createClient(config.temporal, { interceptors: tracing?.clientInterceptors ?? [] });
const directory = createDirectorySource();
const calendars = createCalendarSource();
const routing = createRoutingSource({ mail: config.mail !== null, workdays: (db) => calendars.work(db) });
const sources = { terms: createTermsSource(calendars), directory, routing };
const metrics = createMetrics(pool, { door: doorPool });
const clock = await whenPostgresIsThere(log, () =>
  startClock(pool, (error) => {
    log.warn({ err: error }, 'the clock could not be compared with PostgreSQL');
  }),
);
const nudger = createNudger({
  pool,
  client,
  taskQueue: config.temporal.taskQueue,
  onFailure: (desk, error) => {
    metrics.observeNudgeFailure();
    log.debug({ err: error, desk }, 'a nudge failed; the sentinel will heal it');
  },
});
const nudge = (desks: readonly string[]): void => {
  // In another installation's namespace a nudge would start our desks there, or wake its own.
  if (clockwork.state().fault !== 'other-installation') nudger.nudge(desks);
};
const door = createDoor({
  pool: doorPool,
  sources,
  nudge: tracing?.door.nudges(nudge) ?? nudge,
  ...(config.apiProcesses > 1 ? { batches: SHARED_BATCHES } : {}),
  onFault: (posted, error) => {
    log.error(
      {
        err: error,
        requestId: posted.requestId,
        command: posted.id,
        assignment: posted.assignment,
        verb: posted.command.verb,
      },
      'a command failed',
    );
  },
  onBatch: ({ answered, nudges, ...batch }) => {
    metrics.observeBatch(batch);
    if (!log.isLevelEnabled('debug')) return;
    const requests = [...new Set(answered.map(({ requestId }) => requestId))];
    const ids = answered.map(({ id }) => id);
    const desks = [...new Set(answered.map(({ desk }) => desk))];
    log.debug({ ...batch, requests, ids, desks, nudges }, 'a batch of commands was carried out');
  },
  onOutcome: (outcome) => {
    metrics.observeOutcome(outcome);
  },
});
const commands = tracing?.door.around(door) ?? door;
metrics.watchDoor(() => commands.load());
const files = await openFileStore(config.fileStore, filesFolder);
const secretKeys = keySource({ given: config.secretKeys, dataDir: config.dataDir });
const secrets = createSecretBox(secretKeys.keys);
await whenPostgresIsThere(log, () =>
  keepSecretsSealed({ pool, box: secrets, log }, secretKeys, hasSealedSecrets),
);
const { installation, epoch, raised } = await whenPostgresIsThere(log, () => keepEpoch(pool));
if (raised !== null) log.warn({ epoch, raised }, EPOCH_RAISED);
const clockwork = watchClockwork(
  client,
  {
    taskQueue: config.temporal.taskQueue,
    temporal: config.temporal,
    mark: { installation, epoch },
  },
  log,
);
const signingKey = openSigningKey(config.dataDir, config.signingKey);
const fingerprint = fingerprintOf(publicKeyOf(signingKey));
log.info({ fingerprint }, 'checkpoints and archives are signed with this key');
const security = createSecurityLog({
  pool,
  now: () => clock.now(),
  onError: (error) => {
    log.warn({ err: error }, 'refused sign-ins could not be counted in the log of the installation');
  },
});
const page = await openPageArtefact(path.join(import.meta.dirname, 'web', 'dist'));
if (page === null) log.warn({}, 'the page is not built, `npm run page` does it: only the API is served');
const MEGABYTE = 1024 * 1024;
const app = createApp({
  pool,
  disk: watchDisk(pool, log),
  directory,
  calendars,
  now: () => clock.now(),
  log,
  commands,
  sources,
  nudge,
  files,
  secrets,
  uploadQuota: {
    personBytes: config.uploadMb.person * MEGABYTE,
    placeBytes: config.uploadMb.unit * MEGABYTE,
  },
  threads: createThreadBudget({ memoryMb: config.threadsMemoryMb }),
  clockwork,
  metrics,
  trustedProxies: config.trustedProxies,
  security,
  signingKey,
  ...(tracing === null ? {} : { traceRequests: tracing.traceRequests }),
  sendTest: createTestSender({
    fetch: createGuardedFetch(config.egressAllow),
    timeoutMs: ATTEMPT_MS,
    now: () => Date.now(),
  }),
  sessions: config.sessions,
  retention: { keepDays: config.keepDays, sessionMaxMs: config.sessions.maxMs },
  publicUrl: config.publicUrl,
  securityContact: config.securityContact,
  page,
  oidc: config.oidc === null ? null : { name: config.oidc.name, provider: createOidcProvider(config.oidc) },
  isDraining: () => draining.isDraining(),
});

const { adminPassword } = config;
const adminCreated =
  adminPassword === null
    ? false
    : await whenPostgresIsThere(log, () => ensureAdministrator(pool, adminPassword));
const SWEEP_EVERY_MS = 3_600_000;
const sweep = setInterval(() => {
  removeOrphans(fileRecord(pool), files)
    .then((gone) => addPruned(pool, 'files', gone))
    .catch((error: unknown) => {
      log.warn({ err: error }, 'unattached files could not be swept');
    });
}, SWEEP_EVERY_MS);
sweep.unref();

const server = createServer(app);
answerUnparsed(server);
// Longer than a proxy's own time-out, or the proxy would use a connection that is just being closed.
server.keepAliveTimeout = 65_000;
const metricsServer = serveMetrics(metrics, { port: config.metricsPort, host: config.host }, log);

const draining = createDraining(server);
let isStopping = false;
/**
 * First answers accepted requests, then sends the nudges of their commits, then closes the connections. A second signal
 * does not wait for the proxy.
 */
async function stop(): Promise<void> {
  if (isStopping) {
    draining.hurry();
    return;
  }
  isStopping = true;
  log.info({ drainSeconds: config.drainSeconds }, 'API is stopping');
  clearInterval(sweep);
  await draining.run(config.drainSeconds * 1000);
  metricsServer.close();
  await commands.drain();
  await security.close();
  await nudger.idle();
  await clockwork.stop();
  clock.stop();
  await client.connection.close();
  await Promise.all([pool.end(), doorPool.end()]);
  await tracing?.stop();
  log.info({}, 'API has stopped');
  process.exit(0);
}
const stopOnce = (): void => {
  void stop();
};
process.on('SIGINT', stopOnce);
process.on('SIGTERM', stopOnce);
end = stopOnce;

server.on('error', (error) => {
  log.fatal({ err: error }, 'cannot listen');
  process.exit(1);
});
server.listen(config.port, config.host, () => {
  log.info({ host: config.host, port: config.port }, 'API is listening');
  tellParent({ type: 'ready', adminCreated });
});

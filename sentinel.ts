// `npm run rebuild [-- --take-over]`: brings Temporal in line with the record, e.g. after its database was lost.
import { createLog } from './command/log.ts';
import { configOrExit, readConfig } from './config.ts';
import { NamespaceTaken, rebuild } from './command/rebuild.ts';
import { temporalFault, temporalFaultWords } from './command/temporal-fault.ts';
import { createClient } from './command/temporal.ts';
import { EPOCH_RAISED, keepEpoch } from './db/epoch.ts';
import { createPool } from './db/pool.ts';
import { readAddresses } from './embedded/addresses.ts';

const config = configOrExit(readConfig);
const log = createLog('rebuild', config.logLevel);
const running = readAddresses(config.dataDir);
const databaseUrl = config.databaseUrl ?? running?.databaseUrl;
const address = config.temporal.address ?? running?.temporalAddress;
if (databaseUrl === undefined || address === undefined) {
  log.fatal(
    { dataDir: config.dataDir },
    'nothing runs on this DATA_DIR: npm start first, or give DATABASE_URL and TEMPORAL_ADDRESS',
  );
  process.exit(1);
}
const pool = createPool(databaseUrl, {
  max: 4,
  name: 'rebuild',
  onError: (error) => {
    log.warn({ err: error }, 'a connection to PostgreSQL broke');
  },
});
const client = createClient({ ...config.temporal, address });
const { installation, epoch, raised } = await keepEpoch(pool);
if (raised !== null) log.warn({ epoch, raised }, EPOCH_RAISED);
try {
  const { started, failed, ended } = await rebuild(
    { pool, client, taskQueue: config.temporal.taskQueue, mark: { installation, epoch }, log },
    (done) => {
      log.info({ desks: done }, 'desks started');
    },
    process.argv.includes('--take-over'),
  );
  log.info({ started, failed, ended }, 'rebuild is done');
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  process.exitCode = 1;
  const about = { address, namespace: config.temporal.namespace };
  if (error instanceof NamespaceTaken)
    log.fatal(
      { theirs: error.theirs, ours: { installation, epoch } },
      `${temporalFaultWords('other-installation', about)}; if this record is the one that goes on: npm run rebuild -- --take-over`,
    );
  else log.fatal({ err: error }, temporalFaultWords(temporalFault(error), about));
}
await client.connection.close();
await pool.end();

// `npm run rebuild`: starts the workflows of all desks not ended again, e.g. against an empty Temporal.
import pino from 'pino';
import { configOrExit, readConfig } from './config.ts';
import { rebuild } from './command/sentinel.ts';
import { createClient } from './command/temporal.ts';
import { createPool } from './db/pool.ts';
import { readAddresses } from './embedded/addresses.ts';

const config = configOrExit(readConfig);
const log = pino({ level: config.logLevel });
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
const { started, failed } = await rebuild(
  { pool, client, taskQueue: config.temporal.taskQueue, log },
  (done) => {
    log.info({ desks: done }, 'desks started');
  },
);
log.info({ started, failed }, 'rebuild is done');
await client.connection.close();
await pool.end();
process.exitCode = failed === 0 ? 0 : 1;

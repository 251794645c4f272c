// `npm run rebuild`: starts the workflows of all desks not ended again, e.g. against an empty Temporal.
import pino from 'pino';
import { configOrExit, readOutsideConfig } from './config.ts';
import { rebuild } from './command/sentinel.ts';
import { createClient } from './command/temporal.ts';
import { createPool } from './db/pool.ts';

const config = configOrExit(readOutsideConfig);
const log = pino({ level: config.logLevel });
const pool = createPool(config.databaseUrl, {
  max: 4,
  name: 'rebuild',
  onError: (error) => {
    log.warn({ err: error }, 'a connection to PostgreSQL broke');
  },
});
const client = createClient(config.temporal);
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

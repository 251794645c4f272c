// `npm run verify`: checks every log, fold and count of the record while everything goes on, and names what is broken.
import { createLog } from './command/log.ts';
import { verifyRecord } from './reading/verification.ts';
import { configOrExit, readConfig } from './config.ts';
import { createPool } from './db/pool.ts';
import { serversForCommand } from './embedded/command-servers.ts';

const config = configOrExit(readConfig);
const log = createLog('verify', config.logLevel);
const servers = await serversForCommand(config, { temporal: false, alone: false });
const pool = createPool(servers.databaseUrl, {
  max: 2,
  name: 'verify',
  onError: (error) => {
    log.warn({ err: error }, 'a connection to PostgreSQL broke');
  },
});
try {
  const { faults, ...counts } = await verifyRecord(pool, (directives) => {
    if (directives % 100 === 0) log.info({ directives }, 'verified');
  });
  for (const fault of faults) log.error({ fault }, 'the record is not what its log says');
  log.info({ ...counts, faults: faults.length }, 'verification is done');
  process.exitCode = faults.length === 0 ? 0 : 2;
} catch (error) {
  log.fatal({ err: error }, 'the record could not be verified');
  process.exitCode = 1;
} finally {
  await pool.end();
  await servers.release();
}

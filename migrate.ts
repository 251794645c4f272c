// `npm run migrate`: brings an outside PostgreSQL's schema up to date before the processes of a new version start.
import { createLog } from './command/log.ts';
import { whenPostgresIsThere } from './command/begin.ts';
import { configOrExit, readOutsideConfig } from './config.ts';
import { EPOCH_RAISED, keepEpoch } from './db/epoch.ts';
import { migrate } from './db/migrate.ts';
import { createPool } from './db/pool.ts';

const config = configOrExit((env) => readOutsideConfig(env, ['DATABASE_URL']));
const log = createLog('migrate', config.logLevel);
try {
  await whenPostgresIsThere(log, () => migrate(config.databaseUrl, { log }));
  log.info({}, 'the schema is up to date');
  const pool = createPool(config.databaseUrl, {
    max: 1,
    name: 'migrate',
    onError: (error) => {
      log.warn({ err: error }, 'a connection to PostgreSQL broke');
    },
  });
  const { epoch, raised } = await whenPostgresIsThere(log, () => keepEpoch(pool));
  await pool.end();
  if (raised !== null) log.warn({ epoch, raised }, EPOCH_RAISED);
} catch (error) {
  log.fatal(
    { err: error },
    'the schema could not be brought up to date: the migration that failed left nothing, those before it stay',
  );
  process.exitCode = 1;
}

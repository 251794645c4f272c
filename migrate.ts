// `npm run migrate`: brings an outside PostgreSQL's schema up to date before the processes of a new version start.
import pino from 'pino';
import { configOrExit, readOutsideConfig } from './config.ts';
import { migrate } from './db/migrate.ts';

const config = configOrExit((env) => readOutsideConfig(env, ['DATABASE_URL']));
const log = pino({ level: config.logLevel, name: 'migrate' });
try {
  await migrate(config.databaseUrl);
  log.info({}, 'the schema is up to date');
} catch (error) {
  log.fatal({ err: error }, 'the schema could not be brought up to date; nothing of this run was kept');
  process.exitCode = 1;
}

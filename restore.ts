// `npm run restore -- <backup folder | pg_dump file> [--files dir] [--replace] [--take-over]`, or `-- --here` after a restore by other means.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bringFilesBack } from './files/bring-back.ts';
import { openFileStore } from './files/open-file-store.ts';
import { createLog } from './command/log.ts';
import { goOn } from './command/going-on.ts';
import { NamespaceTaken } from './command/rebuild.ts';
import { createClient } from './command/temporal.ts';
import { configOrExit, environmentWith, readConfig } from './config.ts';
import { BackupFault, checkTables, copyIn, readManifest } from './db/backup/copy-in.ts';
import { emptyTarget, lookAtTarget } from './db/backup/empty.ts';
import { listFileRows } from './db/queries/file.ts';
import { isPgDump, restorePgDump } from './db/backup/pg-dump.ts';
import { migrate } from './db/migrate.ts';
import { listMigrations } from './db/migration-list.ts';
import { createPool } from './db/pool.ts';
import { serversForCommand } from './embedded/command-servers.ts';
import { StartFault } from './embedded/start-fault.ts';

const USAGE = 'npm run restore -- <backup folder or pg_dump file> [--files dir] [--replace] [--take-over]';
const config = configOrExit(readConfig);
const log = createLog('restore', config.logLevel);

type Ask = { from: string | null; files: string | null; replaces: boolean; takesOver: boolean };

function readAsk(): Ask {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      files: { type: 'string' },
      here: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      'take-over': { type: 'boolean', default: false },
    },
  });
  const [from, ...more] = positionals;
  if (more.length > 0 || (from === undefined) !== values.here)
    throw new BackupFault(`${USAGE}; or --here where the database has been brought back already`);
  return {
    from: from === undefined ? null : path.resolve(from),
    files: values.files === undefined ? null : path.resolve(values.files),
    replaces: values.replace,
    takesOver: values['take-over'],
  };
}

/** Everything that can be checked is checked before anything is changed. */
async function load(databaseUrl: string, from: string, replaces: boolean): Promise<void> {
  if (!existsSync(from)) throw new BackupFault(`there is no ${from}`);
  const isFolder = statSync(from).isDirectory();
  if (!isFolder && !(await isPgDump(from)))
    throw new BackupFault(`${from} is neither a backup folder nor a file of pg_dump --format=custom`);
  const manifest = isFolder ? await readManifest(from) : null;
  if (manifest !== null) {
    const known = new Set(listMigrations().map(({ name }) => name));
    const unknown = manifest.migrations.filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new BackupFault(
        `the backup is of a newer version (${unknown.join(', ')}): restore it with that one`,
      );
    await checkTables(from, manifest);
  }
  const target = await lookAtTarget(databaseUrl);
  if (target.users.length > 0)
    throw new BackupFault(`still connected: ${target.users.join(', ')}; stop every API and worker first`);
  if (target.tables > 0 && !replaces)
    throw new BackupFault(
      `the database is not empty (${target.tables} tables, ${target.directives} directives): --replace throws all of it away`,
    );
  await emptyTarget(databaseUrl);
  if (manifest === null) await restorePgDump(databaseUrl, from, environmentWith);
  else {
    const theirs = new Set(manifest.migrations);
    await migrate(databaseUrl, { log, migrations: listMigrations().filter(({ name }) => theirs.has(name)) });
    await copyIn(databaseUrl, from, manifest, ({ name, rows }) => {
      log.info({ table: name, rows }, 'loaded');
    });
  }
  log.info({ from }, 'the record is back');
}

async function restore({ from, files, replaces, takesOver }: Ask): Promise<boolean> {
  const servers = await serversForCommand(config, { temporal: true, alone: true });
  const pool = createPool(servers.databaseUrl, {
    max: 4,
    name: 'restore',
    onError: (error) => {
      log.warn({ err: error }, 'a connection to PostgreSQL broke');
    },
  });
  const client = createClient({ ...config.temporal, address: servers.temporalAddress });
  try {
    if (from !== null) await load(servers.databaseUrl, from, replaces);
    await migrate(servers.databaseUrl, { log });
    const filesFolder = path.join(config.dataDir, 'files');
    const store = await openFileStore(config.fileStore, filesFolder);
    const source =
      files ?? (from !== null && existsSync(path.join(from, 'files')) ? path.join(from, 'files') : null);
    const brought = await bringFilesBack({
      listFiles: (after, limit) => listFileRows(pool, after, limit),
      store,
      incoming: filesFolder,
      source,
    });
    log.info({ ...brought, missing: brought.missing.length }, 'files');
    for (const id of brought.missing.slice(0, 20)) log.warn({ file: id }, 'a file is missing');
    const { taskQueue } = config.temporal;
    const { epoch, temporal, record } = await goOn({ pool, client, taskQueue, log }, takesOver);
    for (const fault of record.faults) log.error({ fault }, 'the record is not what its log says');
    const { faults, ...counts } = record;
    log.info({ epoch, ...temporal, ...counts, faults: faults.length }, 'restore is done');
    return faults.length === 0 && temporal.failed === 0 && brought.missing.length === 0;
  } finally {
    await client.connection.close();
    await pool.end();
    await servers.release();
  }
}

try {
  process.exitCode = (await restore(readAsk())) ? 0 : 2;
} catch (error) {
  process.exitCode = 1;
  if (error instanceof BackupFault) log.fatal({}, error.message);
  else if (error instanceof StartFault) log.fatal({}, error.english);
  else if (error instanceof NamespaceTaken)
    log.fatal(
      { theirs: error.theirs },
      'the record is back, and its Temporal namespace belongs to another installation: npm run restore -- --here --take-over takes it over, or set another TEMPORAL_NAMESPACE',
    );
  else log.fatal({ err: error }, 'the restore failed');
}

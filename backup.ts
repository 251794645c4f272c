// `npm run backup [-- folder]`: copies the record and its files as of one moment, while everything goes on.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { storedAt } from './files/file-id.ts';
import { openFileStore } from './files/open-file-store.ts';
import { createLog } from './command/log.ts';
import { copyHashed } from './files/hashed-copy.ts';
import { configOrExit, readConfig } from './config.ts';
import { copyOut, type FileToKeep } from './db/backup/copy-out.ts';
import { keepFilesToOneself } from './embedded/own-files.ts';
import { serversForCommand } from './embedded/command-servers.ts';

keepFilesToOneself();
const config = configOrExit(readConfig);
const log = createLog('backup', config.logLevel);
const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '');
const folder = path.resolve(process.argv[2] ?? `zhuanban-backup-${stamp}Z`);

const filesFolder = path.join(config.dataDir, 'files');
const store = await openFileStore(config.fileStore, filesFolder);

/** false: the store does not have it, or has other bytes under its name. */
async function keepFile({ id, sha256 }: FileToKeep): Promise<boolean> {
  const target = path.join(folder, 'files', ...storedAt(id));
  let copied: string;
  try {
    copied = await copyHashed(await store.open(id), target);
  } catch (error) {
    log.warn({ err: error, file: id }, 'a file could not be read');
    await rm(target, { force: true });
    return false;
  }
  if (copied === sha256) return true;
  log.error({ file: id }, 'a file is not what was uploaded: its bytes have changed');
  await rm(target, { force: true });
  return false;
}

if (existsSync(folder)) {
  log.fatal({ folder }, 'the folder is there already: name another');
  process.exit(1);
}
try {
  const servers = await serversForCommand(config, { temporal: false, alone: false });
  try {
    const manifest = await copyOut(servers.databaseUrl, folder, {
      keepFile,
      onTable: ({ name, rows }) => {
        log.debug({ table: name, rows }, 'table');
      },
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const { kept, missing } = manifest.files;
    log.info({ folder, at: manifest.at, rows, files: kept, missing: missing.length }, 'backup is done');
    process.exitCode = missing.length === 0 ? 0 : 2;
  } finally {
    await servers.release();
  }
} catch (error) {
  log.fatal({ err: error }, 'no backup was made');
  process.exitCode = 1;
}

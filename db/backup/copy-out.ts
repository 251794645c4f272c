// Copies all tables of the record to a folder, as they stood at one moment, while everything goes on.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { listAppliedMigrations, listSequences, listTables, type TableShape } from './catalogue.ts';
import { BACKUP_FORMAT, MANIFEST_FILE, tableFile, type BackupTable, type Manifest } from './manifest.ts';

export type FileToKeep = { id: string; sha256: string };
export type BackupSteps = {
  /** Called with each file the record knew at that moment; answers whether it could be kept. */
  keepFile: (file: FileToKeep) => Promise<boolean>;
  onTable: (table: BackupTable) => void;
};

/**
 * Writes `folder/tables/*.copy.gz`, then the files, and `manifest.json` last: a folder without one is no backup. Reads
 * in one snapshot of its own. Nothing waits for it, but it is the oldest transaction until the tables are copied.
 */
export async function copyOut(databaseUrl: string, folder: string, steps: BackupSteps): Promise<Manifest> {
  await mkdir(path.join(folder, 'tables'), { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'zhuanban-backup' });
  // The query under way rejects as well; an error event without a listener would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    const { rows } = await client.query<{ at: Date; id: string; epoch: number }>(
      'select clock_timestamp() as at, id, epoch from installation',
    );
    const [standing] = rows;
    if (standing === undefined) throw new Error('the installation has no row: the database is not migrated');
    const tables: BackupTable[] = [];
    for (const table of await listTables(client)) {
      const copied = await copyTable(client, folder, table);
      steps.onTable(copied);
      tables.push(copied);
    }
    const files = await client.query<FileToKeep>('select id, sha256 from file order by id');
    const [migrations, sequences] = [await listAppliedMigrations(client), await listSequences(client)];
    await client.query('commit');
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      at: standing.at.toISOString(),
      installation: standing.id,
      epoch: standing.epoch,
      migrations,
      tables,
      sequences,
      files: await keepFiles(files.rows, steps),
    };
    await writeFile(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
    });
    return manifest;
  } finally {
    await client.end();
  }
}

async function copyTable(
  client: pg.Client,
  folder: string,
  { name, columns }: TableShape,
): Promise<BackupTable> {
  const source = client.query(copyTo(`copy ${name} (${columns.join(', ')}) to stdout`));
  const hash = createHash('sha256');
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createGzip(),
    createWriteStream(path.join(folder, tableFile(name)), { mode: 0o600, flush: true }),
  );
  return { name, columns, rows: source.rowCount, sha256: hash.digest('hex') };
}

/** All missing files are counted, but only so many are named: a store that is gone has none of them. */
const NAMED = 1_000;

async function keepFiles(
  files: readonly FileToKeep[],
  { keepFile }: BackupSteps,
): Promise<Manifest['files']> {
  const missing: string[] = [];
  let kept = 0;
  for (const file of files) {
    if (await keepFile(file)) kept += 1;
    else missing.push(file.id);
  }
  return { kept, missing: missing.slice(0, NAMED) };
}

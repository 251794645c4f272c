// Loads a backup's tables into a database that has the schema they were copied from: all of them, or none.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { listTables } from './catalogue.ts';
import { MANIFEST_FILE, Manifest, tableFile, type BackupTable } from './manifest.ts';

/** The folder is no backup, is one that this version cannot read, or is damaged. Nothing has been touched. */
export class BackupFault extends Error {}

export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch(() => {
    throw new BackupFault(`${folder} has no ${MANIFEST_FILE}: it is no backup, or one that was not finished`);
  });
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new BackupFault(`${MANIFEST_FILE} is not one this version reads: ${parsed.error.message}`);
  return parsed.data;
}

/** Reads every table's file once and compares it with the manifest. */
export async function checkTables(folder: string, manifest: Manifest): Promise<void> {
  for (const { name, sha256 } of manifest.tables) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path.join(folder, tableFile(name))), createGunzip(), hash).catch(
      (error: unknown) => {
        throw new BackupFault(`${tableFile(name)} cannot be read: ${String(error)}`);
      },
    );
    if (hash.digest('hex') !== sha256)
      throw new BackupFault(`${tableFile(name)} has changed since it was written`);
  }
}

/**
 * Replaces everything in the tables, in one transaction. The schema must be the one the rows were copied from;
 * constraints hold while the rows are loaded.
 */
export async function copyIn(
  databaseUrl: string,
  folder: string,
  manifest: Manifest,
  onTable: (table: BackupTable) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'zhuanban-restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    const tables = await listTables(client);
    await client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
    const saved = new Map(manifest.tables.map((table) => [table.name, table]));
    for (const { name } of tables) {
      const table = saved.get(name);
      if (table === undefined) continue;
      await copyTable(client, folder, table);
      onTable(table);
    }
    for (const [name, value] of Object.entries(manifest.sequences))
      await client.query('select setval($1::regclass, $2::bigint)', [name, value]);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function copyTable(
  client: pg.Client,
  folder: string,
  { name, columns, rows }: BackupTable,
): Promise<void> {
  const target = client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`));
  await pipeline(createReadStream(path.join(folder, tableFile(name))), createGunzip(), target);
  if (target.rowCount !== rows) throw new Error(`${name} took ${target.rowCount} rows of ${rows}`);
}

// Brings the database's schema up to date; forward only.
import path from 'node:path';
import { runner } from 'node-pg-migrate';

const FOLDER = path.join(import.meta.dirname, 'migrations');

/** Applies what is missing, in order, one process at a time (an advisory lock of the library). */
export async function migrate(databaseUrl: string): Promise<void> {
  await runner({
    databaseUrl,
    dir: FOLDER,
    direction: 'up',
    migrationsTable: 'migration',
    singleTransaction: true,
    checkOrder: true,
    log: () => undefined,
  });
}

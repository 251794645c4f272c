// The migrations of this program, and what the first line of each says of it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MIGRATIONS = path.join(import.meta.dirname, 'migrations');

export type Migration = {
  /** `000001_organisation`: its name in the database. */
  name: string;
  number: number;
  text: string;
  /** Processes of the previous release cannot work with it. */
  isBreaking: boolean;
  /** Only statements about indexes, each without a transaction, so that writers are not blocked. */
  isConcurrent: boolean;
};

/** In the order they must be applied. */
export function listMigrations(folder = MIGRATIONS): Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return {
      name: path.basename(file, '.sql'),
      number: Number.parseInt(file, 10),
      text,
      isBreaking: text.startsWith('-- breaking:'),
      isConcurrent: text.startsWith('-- concurrently:'),
    };
  });
}

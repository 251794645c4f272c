// The migrations this program brings along, and what the first line of each says of it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MIGRATIONS = path.join(import.meta.dirname, 'migrations');

export type Migration = {
  /** `000001_organisation`: how the database remembers it. */
  name: string;
  number: number;
  text: string;
  /** Processes of the release before cannot live with it. */
  isBreaking: boolean;
  /** Statements about indexes alone, each without a transaction, beside all who write. */
  isConcurrent: boolean;
};

/** In their order. */
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

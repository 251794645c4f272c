// Schemathesis, from the Python package index: tries a published contract against a running API.
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../../embedded/command.ts';
import { openCache } from '../../embedded/wheel-program.ts';
import { SEED } from './seed.ts';

const PINNED = path.join(import.meta.dirname, 'schemathesis.txt');
const SETTINGS = path.join(import.meta.dirname, 'schemathesis.toml');
const VERSION = '4.32.5';

/** The folder of the packages; fetched with pip and its settings once a user, into the cache by rename. */
export async function installSchemathesis(): Promise<string> {
  const cache = openCache(os.tmpdir());
  const folder = path.join(cache, `schemathesis-${VERSION}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(path.join(cache, 'schemathesis-'));
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  const { code, output } = await runCommand('python3', [
    ...['-m', 'pip', 'install', ...quietly, '--target', fresh, '--requirement', PINNED],
  ]);
  if (code !== 0) throw new Error(`pip brought no schemathesis: ${output}`);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

export type Trial = {
  packages: string;
  url: string;
  /** The contract as the API publishes it. */
  document: unknown;
  /** null: nobody has signed in. */
  token: string | null;
  examples: number;
  /** `coverage` tries every bound of every field, `fuzzing` what comes to mind. */
  phases: 'coverage,fuzzing' | 'fuzzing';
  /** Only these calls, or all but these: paths by a regular expression. */
  only?: string;
  without?: string;
};

/** The trial's own report of what did not hold; null where all held. */
export async function tryContract(trial: Trial): Promise<string | null> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-contract-'));
  const file = path.join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(trial.document));
  const { PATH = '', HOME = '' } = process.env;
  const { code, output } = await runCommand(
    'python3',
    [
      ...['-m', 'schemathesis.cli', '--no-color', '--config-file', SETTINGS, 'run', file, '--url', trial.url],
      ...(trial.token === null ? [] : ['--header', `Authorization: Bearer ${trial.token}`]),
      ...(trial.only === undefined ? [] : ['--include-path-regex', trial.only]),
      ...(trial.without === undefined ? [] : ['--exclude-path-regex', trial.without]),
      ...['--phases', trial.phases],
      ...['--max-examples', String(trial.examples), '--workers', '1'],
      ...['--seed', String(SEED), '--generation-database', 'none', '--no-shrink', '--warnings', 'off'],
    ],
    { cwd: folder, env: { PATH, HOME, PYTHONPATH: trial.packages, PYTHONHASHSEED: '0' } },
  );
  rmSync(folder, { recursive: true, force: true });
  return code === 0 ? null : output;
}

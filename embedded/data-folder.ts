// DATA_DIR itself: made if missing, writable, and used by one installation at a time.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneLine, StartFault } from './start-fault.ts';

/** Throws a StartFault when the folder cannot be made or written. */
export function openDataFolder(dataDir: string): void {
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true });
      // Started by root, PostgreSQL runs as another user, who must pass through this folder but need not list it.
      chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    }
    const probe = path.join(dataDir, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartFault(
      `数据目录 ${dataDir} 无法写入（${oneLine(error)}）。`,
      `The data folder ${dataDir} cannot be written (${oneLine(error)}).`,
      { cause: error },
    );
  }
}

/** An installation whose npm was killed notices that within half a second, and ends. */
const NOTICE_MS = 1_500;
/** How long to wait for an installation that is ending: as long as all its processes may take. */
const ENDING_MS = 45_000;
// https://sqlite.org/rescode.html#busy
const SQLITE_BUSY = 5;

/** Marks the folder as being released: a start that comes meanwhile waits instead of refusing. */
export function markEnding(dataDir: string): void {
  writeFileSync(path.join(dataDir, 'ending'), '');
}

/**
 * Holds the folder until `release` or the end of this process, however it ends. The lock is the operating system's, on
 * a SQLite file: a kill -9 leaves none behind, and no stored process id has to be trusted.
 */
export async function lockDataFolder(dataDir: string, signal: AbortSignal): Promise<{ release: () => void }> {
  const lock = new DatabaseSync(path.join(dataDir, 'lock'));
  const ending = path.join(dataDir, 'ending');
  const since = Date.now();
  while (!tryLock(lock)) {
    if (Date.now() - since > (existsSync(ending) ? ENDING_MS : NOTICE_MS) || signal.aborted) {
      lock.close();
      throw new StartFault(
        `数据目录 ${dataDir} 正由另一个运行中的专班使用；如需并行，请另设 DATA_DIR 和 PORT。`,
        `The data folder ${dataDir} is in use by another running Zhuanban; for a second one set its own DATA_DIR and PORT.`,
      );
    }
    await sleep(100);
  }
  rmSync(ending, { force: true });
  return {
    release: () => {
      rmSync(ending, { force: true });
      lock.close();
    },
  };
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if (Error.isError(error) && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

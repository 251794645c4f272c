// DATA_DIR itself: made if missing, writable, and used by one installation at a time.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { oneLine, StartFault } from './start-fault.ts';

/** Throws a StartFault when the folder cannot be made or written. */
export function openDataFolder(dataDir: string): void {
  try {
    if (!existsSync(dataDir)) {
      mkdirSync(dataDir, { recursive: true });
      // Started by root, PostgreSQL runs as another user who must pass through here; nobody lists it.
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

/**
 * Holds the folder until `release` or the end of this process, however it ends: the lock is the operating
 * system's on a SQLite file, so that a kill -9 leaves none behind and no process id has to be believed.
 */
export function lockDataFolder(dataDir: string): { release: () => void } {
  const lock = new DatabaseSync(path.join(dataDir, 'lock'));
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw new StartFault(
      `数据目录 ${dataDir} 正由另一个运行中的专班使用；如需并行，请另设 DATA_DIR 和 PORT。`,
      `The data folder ${dataDir} is in use by another running Zhuanban; for a second one set its own DATA_DIR and PORT.`,
      { cause: error },
    );
  }
  return {
    release: () => {
      lock.close();
    },
  };
}

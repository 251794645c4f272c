// The place where files are kept cannot be used now: its server is away or refuses us, or the disk is full or broken.

/** Thrown by every store; another try may succeed once the place works again. */
export class StoreAway extends Error {
  constructor(what: string, cause: unknown) {
    super(what, { cause });
  }
}

/** The operating system's errors that mean the disk, not our code. */
const OF_THE_DISK = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'EMFILE',
  'ENFILE',
]);

/** Turns an error of the disk into `StoreAway`; leaves every other error as it is. */
export function ofTheDisk(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return OF_THE_DISK.has(code) ? new StoreAway(`the disk says ${code}`, error) : error;
}

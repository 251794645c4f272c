// The place where files lie cannot be used now: its server is away or refuses us, or the disk is full or broken.

/** Thrown by every store; another try may do once the place is well again. */
export class StoreAway extends Error {
  constructor(what: string, cause: unknown) {
    super(what, { cause });
  }
}

/** Of the operating system's errors those that are the disk's, not ours. */
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

/** What the disk would not do, as `StoreAway`; every other error as it is. */
export function ofTheDisk(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return OF_THE_DISK.has(code) ? new StoreAway(`the disk says ${code}`, error) : error;
}

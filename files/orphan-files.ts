// Sweeps out files nobody attached to anything, and bytes that no row knows.
import type { FileStore } from './file-store.ts';

/** Long enough to write a notice today and send it out tomorrow morning; no shorter than an Idempotency-Key lives. */
const ORPHAN_HOURS = 24;
/** Rows in one transaction. */
const BATCH = 500;

/** What the record knows of files; `db/queries/file.ts` makes it. */
export type FileRecord = {
  /** Forgets up to `limit` files that are over `hours` old and attached to nothing; answers their ids. */
  forgetUnattached(hours: number, limit: number): Promise<string[]>;
  /** Those of the ids that the record does not know. */
  listUnknown(ids: readonly string[]): Promise<string[]>;
};

/** Removes what is an orphan by now; how many went. Any number of processes may do it at once. */
export async function removeOrphans(record: FileRecord, files: FileStore): Promise<number> {
  let count = 0;
  for (;;) {
    const gone = await record.forgetUnattached(ORPHAN_HOURS, BATCH);
    for (const id of gone) await files.remove(id);
    count += gone.length;
    if (gone.length < BATCH) break;
  }
  count += await files.clearIncoming(ORPHAN_HOURS);
  // A process that died between storing the bytes and the row, or between deleting the row and the bytes.
  for await (const ids of files.listOlderThan(ORPHAN_HOURS)) {
    for (const id of await record.listUnknown(ids)) {
      await files.remove(id);
      count += 1;
    }
  }
  return count;
}

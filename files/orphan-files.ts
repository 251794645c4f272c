// Sweeps out files that were never attached to anything, and bytes that have no row.
import type { FileStore } from './file-store.ts';

/** Long enough to write a notice today and send it out tomorrow morning; no shorter than an Idempotency-Key lives. */
const ORPHAN_HOURS = 24;
/** Rows in one transaction. */
const BATCH = 500;

/** The queries on rows of files; `db/queries/file.ts` makes them. */
export type FileRecord = {
  /** Deletes up to `limit` rows of files over `hours` old and attached to nothing; answers their ids. */
  forgetUnattached(hours: number, limit: number): Promise<string[]>;
  /** Those of the ids that have no row. */
  listUnknown(ids: readonly string[]): Promise<string[]>;
};

/** Removes present orphans; answers how many. Any number of processes may do it at once. */
export async function removeOrphans(record: FileRecord, files: FileStore): Promise<number> {
  let count = 0;
  for (;;) {
    const gone = await record.forgetUnattached(ORPHAN_HOURS, BATCH);
    for (const id of gone) await files.remove(id);
    count += gone.length;
    if (gone.length < BATCH) break;
  }
  count += await files.clearIncoming(ORPHAN_HOURS);
  // Left by a process that died between storing the bytes and the row, or between deleting the row and the bytes.
  for await (const ids of files.listOlderThan(ORPHAN_HOURS)) {
    for (const id of await record.listUnknown(ids)) {
      await files.remove(id);
      count += 1;
    }
  }
  return count;
}

// Is there room for one more file that is attached to nothing? Asked before it is read, and under a lock before it is kept.
import type { Db, Transaction } from '../db/pool.ts';
import { lockUploads, sumUnattached } from '../db/queries/file.ts';
import { refuseUpload, uploadersWith, type UploadQuota } from '../domain/access/upload-room.ts';
import { RefusalThrown } from '../domain/refusal-thrown.ts';
import type { Viewer } from '../reading/gate.ts';

/** Throws the refusal where the person, or a place of the person, has no room for so many bytes more. */
export async function demandRoom(
  db: Db,
  { directory, person, now }: Viewer,
  more: number,
  quota: UploadQuota,
): Promise<void> {
  for (const { people, of } of uploadersWith(directory, person, now)) {
    const refusal = refuseUpload(of, { bytes: await sumUnattached(db, people), more }, quota);
    if (refusal !== null) throw new RefusalThrown(refusal);
  }
}

/** The same within the transaction that keeps the file: of uploads at one moment each sees the others. */
export async function keepRoom(
  tx: Transaction,
  viewer: Viewer,
  more: number,
  quota: UploadQuota,
): Promise<void> {
  const names = uploadersWith(viewer.directory, viewer.person, viewer.now).map(({ name }) => name);
  for (const name of names.sort()) await lockUploads(tx, name);
  await demandRoom(tx, viewer, more, quota);
}

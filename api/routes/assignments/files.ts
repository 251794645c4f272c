// Files: taken in once, attached to a directive or a report, given back to people who see that directive or report.
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { FILE_CALLS, type FileAnswer } from '../../../contract/files.ts';
import { findFile, insertFile } from '../../../db/queries/file.ts';
import { isFileSecret } from '../../../reading/file-secrecy.ts';
import { isFileSeen } from '../../../reading/gate.ts';
import { actorOf } from '../../access/authenticate.ts';
import { viewerOf } from '../../access/viewer.ts';
import { attachmentNamed, inlineNamed } from '../../files/content-disposition.ts';
import { isHangUp } from '../../files/hang-up.ts';
import { demandRoom, keepRoom } from '../../../command/upload-room.ts';
import { UPLOAD_QUOTA } from '../../../domain/access/upload-room.ts';
import { createTurns } from '../../../command/turns.ts';
import type { RouteDeps } from '../../deps.ts';
import { refused } from '../../errors.ts';
import { checkedAgainst } from '../../../files/checked.ts';
import { isFileId } from '../../../files/file-store.ts';
import { idempotencyKey, once } from '../../once.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { receiveUpload } from '../../../files/upload.ts';

/** A scanned notice of a hundred pages fits; a film does not. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** Uploads of one person under way: a page sends a few at once. */
const MOST_AT_ONCE = 10;
/** Kinds known by a file's first bytes that a browser shows and that cannot carry a script. */
const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

export function filesRouter(deps: RouteDeps): Router {
  const { pool, files, log, uploadQuota: quota = UPLOAD_QUOTA } = deps;
  const turns = createTurns(MOST_AT_ONCE);
  const router = Router();

  serve(router, FILE_CALLS.upload, async ({ req }) => {
    const key = idempotencyKey(req);
    const viewer = await viewerOf(deps, req);
    // A repetition is answered as before, however much has been uploaded since: it is judged when it has been read.
    if (key === null) await demandRoom(pool, viewer, Number(req.headers['content-length'] ?? 0), quota);
    const { name, received } = await turns.take(viewer.person, () =>
      receiveUpload(req, files, MAX_FILE_BYTES),
    );
    const { id, size, sha256, mediaType } = received;
    // Boundaries differ from one sending to the next: the same request is the same name with the same bytes.
    req.bodyText = JSON.stringify([name, sha256]);
    // The bytes first: a row without bytes would be a broken promise, bytes without a row are swept up. And before the
    // transaction, which must not wait for a server far away.
    await files.keep(received);
    const row = { inserted: false };
    return once<FileAnswer, FileAnswer>(pool, req, {
      work: async (tx) => {
        await keepRoom(tx, viewer, size, quota);
        await insertFile(tx, { id, name, size, sha256, mediaType, by: actorOf(req).person });
        row.inserted = true;
        return { status: 201, kept: { id, name, size, sha256, mediaType } };
      },
      present: (_db, kept) => Promise.resolve(kept),
    }).finally(async () => {
      // A repetition, or a refusal. A transaction that failed after the insert may still have been committed: the sweep decides that.
      if (row.inserted) return;
      await files.remove(id).catch((error: unknown) => {
        log.warn({ err: error, file: id }, 'an upload made twice is left to the sweep');
      });
    });
  });

  serve(router, FILE_CALLS.download, async ({ req, query: { inline }, params: { id } }) => {
    const file = isFileId(id) ? await findFile(pool, id) : null;
    if (file === null) throw refused('NOT_FOUND');
    const viewer = await viewerOf(deps, req);
    if (!(await isFileSeen(pool, viewer, file)) || (await isFileSecret(pool, viewer, file.id)))
      throw refused('NOT_FOUND');
    const isShown = inline === '1' && PICTURES.has(file.mediaType);
    const content = req.method === 'HEAD' ? null : await files.open(file.id);
    return new RawReply(async (res) => {
      res.set({
        'content-type': file.mediaType,
        'content-length': String(file.size),
        'content-disposition': isShown ? inlineNamed(file.name) : attachmentNamed(file.name),
        'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
        'accept-ranges': 'none',
        'x-content-type-options': 'nosniff',
        // Opened after all, it runs nothing and reaches nothing.
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'private, no-store',
      });
      if (content === null) {
        res.end();
        return;
      }
      await pipeline(content, checkedAgainst(file), res).catch((error: unknown) => {
        // Too late for words: the connection is cut. Hanging up in the middle of a download is no failure of ours.
        if (!isHangUp(error)) log.error({ err: error, file: file.id }, 'a download broke off');
      });
    });
  });

  return router;
}

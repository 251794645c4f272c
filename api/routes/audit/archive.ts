// The whole record of a directive as a zip that is verified without an installation; streamed, never held.
import { once } from 'node:events';
import { Router } from 'express';
import { AUDIT_CALLS } from '../../../contract/audit.ts';
import { asksSensitive } from '../../../domain/form/masking.ts';
import { SEES_NO_SENSITIVE } from '../../../domain/access/sensitive.ts';
import { ARCHIVE_SEAL_BYTES } from '../../../domain/audit/archive.ts';
import { zipStream } from '../../../ooxml/package/zip-stream.ts';
import { archiveOf, sealWith } from '../../../reading/archive/archive.ts';
import { wholeOf, type Access } from '../../access/directive-access.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, refused } from '../../errors.ts';
import { attachmentNamed } from '../../files/content-disposition.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { madeBytes, namesIn } from '../../../reading/summary-work.ts';

import { figuresOfWhole } from '../summaries/summary-exports.ts';
import type { Language } from '../../../domain/failure.ts';

/** Each reads and packs as fast as its reader takes it: more would only take connections from the rest. */
const AT_ONCE = 2;
const RETRY_SECONDS = 30;

export function archiveRouter(deps: RouteDeps): Router {
  const { pool, files, signingKey } = deps;
  const router = Router();
  let underWay = 0;

  /** Workbook and document of the approved figures. Nothing sensitive is clear in them, since an archive is passed on. */
  async function papers(access: Access, language: Language): Promise<{ name: string; bytes: Buffer }[]> {
    const { asked } = await figuresOfWhole(deps, access, 'approved');
    const items = asked.items.map((item) => ({
      ...item,
      sensitive: asksSensitive(item.form) ? SEES_NO_SENSITIVE : null,
    }));
    const about = { names: namesIn(access.directory), language, basis: 'approved' as const };
    const made = [];
    for (const make of ['xlsx', 'docx'] as const) {
      const done = await deps.summaries.make({ ...about, make, figures: { ...asked, items } });
      made.push({ name: `summary.${make}`, bytes: madeBytes(done) });
    }
    return made;
  }

  serve(router, AUDIT_CALLS.archive, async ({ req }) => {
    const access = await wholeOf(deps, req);
    const { directive, viewer } = access;
    if (directive.phase === 'draft') throw refused('NOT_ISSUED');
    if (underWay >= AT_ONCE) throw refused('TOO_MANY_REQUESTS', { params: { seconds: RETRY_SECONDS } });
    const made = await papers(access, languageOf(req));
    return new RawReply(async (res) => {
      underWay += 1;
      const openFile = (id: string): Promise<AsyncIterable<Buffer>> => files.open(id);
      const parts = archiveOf({ pool, viewer, directive, signingKey, made, openFile });
      res.set({
        'content-type': 'application/zip',
        'content-disposition': attachmentNamed(`${directive.number.replace(/[/\\]/g, '_')}.zip`),
        'cache-control': 'private, no-store',
      });
      try {
        for await (const bytes of zipStream(parts, ARCHIVE_SEAL_BYTES, sealWith(signingKey))) {
          if (res.destroyed) return;
          if (!res.write(bytes)) await Promise.race([once(res, 'drain'), once(res, 'close')]);
        }
        res.end();
      } catch (error) {
        // A part of a zip must not look like a whole one.
        deps.log.error(
          { err: error, requestId: req.requestId },
          'an archive could not be written to its end',
        );
        res.destroy();
      } finally {
        underWay -= 1;
      }
    });
  });
  return router;
}

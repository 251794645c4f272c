// Supervision slips to read: the list of those one may see, one of them, and its document.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { SLIP_CALLS } from '../../../contract/slips.ts';
import { findSlips, listSlips, type SlipRow } from '../../../db/queries/slip.ts';
import type { Directory } from '../../../domain/organisation/organisation.ts';
import { slipNumber } from '../../../domain/paper/slip/slip.ts';
import { slipWords } from '../../../domain/paper/slip/slip-words.ts';
import { findSeenAmong, readingOf } from '../../../reading/gate.ts';
import { viewerOf } from '../../access/viewer.ts';
import { sendDownload } from '../../files/download.ts';
import type { RouteDeps } from '../../deps.ts';
import { DOCX_TYPE } from '../../../domain/paper/media-types.ts';
import { renderSlip } from '../../../ooxml/document/writing/slip.ts';
import { languageOf, refused } from '../../errors.ts';
import { pageOf, readCursor } from '../../page.ts';
import { param } from '../../parse.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { slipDocument, slipView } from '../../views/slip-view.ts';

const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string().max(300)]);

export function slipsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** The slip named in the path, for readers who see its assignment; else 404. */
  async function slipOf(req: Request): Promise<{ slip: SlipRow; directory: Directory }> {
    const viewer = await viewerOf(deps, req);
    const [slip] = await findSlips(pool, [param(req, 'id')]);
    const seen = await findSeenAmong(pool, viewer, slip ? [slip.assignment] : []);
    if (!slip || seen.size === 0) throw refused('NOT_FOUND');
    return { slip, directory: viewer.directory };
  }

  serve(router, SLIP_CALLS.list, async ({ req, query }) => {
    const { limit, directive = null, assignment = null, color = null } = query;
    const viewer = await viewerOf(deps, req);
    const position = readCursor(ListCursor, query.cursor);
    const slips = await listSlips(pool, {
      reading: readingOf(viewer),
      directive,
      assignment,
      color,
      open: query.open ?? null,
      before: position === null ? null : { at: position[0], id: position[1] },
      limit: limit + 1,
    });
    return pageOf(
      slips,
      limit,
      ({ at, id }) => [at.toISOString(), id],
      (slip) => slipView(slip, viewer.directory),
    );
  });

  serve(router, SLIP_CALLS.read, async ({ req }) => {
    const { slip, directory } = await slipOf(req);
    return slipView(slip, directory);
  });

  serve(router, SLIP_CALLS.document, async ({ req }) => {
    const { slip, directory } = await slipOf(req);
    const words = slipWords(slipDocument(slip, directory), languageOf(req));
    const bytes = await renderSlip(words, slip.color);
    return new RawReply((res) => {
      sendDownload(res, { name: `${slipNumber(slip)}.docx`, mediaType: DOCX_TYPE, bytes });
    });
  });

  return router;
}

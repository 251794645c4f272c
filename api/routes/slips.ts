// Supervision slips to read: the list of those one may see, one of them, and its document.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { SLIP_CALLS } from '../../contract/slips.ts';
import { seesAssignment } from '../../db/queries/access.ts';
import { findSlips, listSlips, type SlipRow } from '../../db/queries/slip.ts';
import { readsAll } from '../../domain/assignment/access.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { slipNumber } from '../../domain/paper/slip/slip.ts';
import { slipWords } from '../../domain/paper/slip/slip-words.ts';
import { actorOf } from '../access/authenticate.ts';
import { sendDownload } from '../files/download.ts';
import type { RouteDeps } from '../deps.ts';
import { DOCX } from '../../ooxml/document/writing/official-style.ts';
import { renderSlip } from '../../ooxml/document/writing/slip.ts';
import { languageOf, refused } from '../errors.ts';
import { pageOf, readCursor } from '../page.ts';
import { param } from '../parse.ts';
import { RawReply } from '../reply.ts';
import { serve } from '../serve.ts';
import { seatsOf } from '../views/reading.ts';
import { slipDocument, slipView } from '../views/slip-view.ts';

const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string().max(300)]);

export function slipsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** The slip named in the path, for whoever sees its assignment; else 404. */
  async function seen(req: Request): Promise<{ slip: SlipRow; directory: Directory }> {
    const directory = await deps.directory.current(pool);
    const { person } = actorOf(req);
    const [slip] = await findSlips(pool, [param(req, 'id')]);
    if (!slip || !(await seesAssignment(pool, directory, person, slip.assignment, deps.now())))
      throw refused('NOT_FOUND');
    return { slip, directory };
  }

  serve(router, SLIP_CALLS.list, async ({ req, query }) => {
    const { limit, directive = null, assignment = null, color = null } = query;
    const { person } = actorOf(req);
    const now = deps.now();
    const directory = await deps.directory.current(pool);
    const { seats, offices } = seatsOf(directory, person, now);
    const position = readCursor(ListCursor, query.cursor);
    const slips = await listSlips(pool, {
      seats: readsAll(directory, person, now) ? null : seats,
      offices,
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
      (slip) => slipView(slip, directory),
    );
  });

  serve(router, SLIP_CALLS.read, async ({ req }) => {
    const { slip, directory } = await seen(req);
    return slipView(slip, directory);
  });

  serve(router, SLIP_CALLS.document, async ({ req }) => {
    const { slip, directory } = await seen(req);
    const words = slipWords(slipDocument(slip, directory), languageOf(req));
    const bytes = await renderSlip(words, slip.color);
    return new RawReply((res) => {
      sendDownload(res, { name: `${slipNumber(slip)}.docx`, mediaType: DOCX, bytes });
    });
  });

  return router;
}

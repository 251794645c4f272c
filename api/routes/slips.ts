// Supervision slips to read: the list of those one may see, one of them, and its document.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { seesAssignment } from '../../db/queries/access.ts';
import { findSlips, listSlips, type SlipRow } from '../../db/queries/slip.ts';
import { readsAll } from '../../domain/assignment/access.ts';
import { Code, MAX_ID_BYTES } from '../../domain/code.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { SlipColor, slipNumber } from '../../domain/paper/slip/slip.ts';
import { slipWords } from '../../domain/paper/slip/slip-words.ts';
import { actorOf } from '../access/authenticate.ts';
import { sendDownload } from '../files/download.ts';
import type { RouteDeps } from '../deps.ts';
import { DOCX } from '../../ooxml/document/writing/official-style.ts';
import { renderSlip } from '../../ooxml/document/writing/slip.ts';
import { languageOf, refused } from '../errors.ts';
import { describe, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { param, parseQuery } from '../parse.ts';
import { seatsOf } from '../views/reading.ts';
import { SlipAnswer } from '../../contract/slip-answer.ts';
import { slipDocument, slipView } from '../views/slip-view.ts';

const ListQuery = z.strictObject({
  ...pageQuery,
  directive: Code.optional(),
  assignment: z.string().min(1).max(MAX_ID_BYTES).optional(),
  color: SlipColor.optional(),
  open: z.enum(['true', 'false']).optional(),
});
const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string().max(300)]);

describe({
  method: 'get',
  path: '/slips',
  tag: 'slips',
  summary: 'Supervision slips of what you see, newest first; `open`: not yet countersigned',
  query: ListQuery,
  answer: pageSchema(SlipAnswer),
});
describe({
  method: 'get',
  path: '/slips/{id}',
  tag: 'slips',
  summary: 'One slip; its id is that of its event, with `#` as %23',
  answer: SlipAnswer,
});
describe({
  method: 'get',
  path: '/slips/{id}/document',
  tag: 'slips',
  summary: 'The slip as a document to print, with its countersignature',
  answerType: DOCX,
});

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

  router.get('/slips', async (req, res) => {
    const query = parseQuery(ListQuery, req);
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
      open: query.open === undefined ? null : query.open === 'true',
      before: position === null ? null : { at: position[0], id: position[1] },
      limit: limit + 1,
    });
    res.json(
      pageOf(
        slips,
        limit,
        ({ at, id }) => [at.toISOString(), id],
        (slip) => slipView(slip, directory),
      ),
    );
  });

  router.get('/slips/:id', async (req, res) => {
    const { slip, directory } = await seen(req);
    res.json(slipView(slip, directory));
  });

  router.get('/slips/:id/document', async (req, res) => {
    const { slip, directory } = await seen(req);
    const words = slipWords(slipDocument(slip, directory), languageOf(req));
    const bytes = await renderSlip(words, slip.color);
    sendDownload(res, { name: `${slipNumber(slip)}.docx`, mediaType: DOCX, bytes });
  });

  return router;
}

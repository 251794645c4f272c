// Directives: previewed, made, listed and read (api.md §4).
import { Router } from 'express';
import { z } from 'zod';
import { storeDirective } from '../../command/directive/storing.ts';
import { listDirectives } from '../../db/queries/directive.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import { readsAll } from '../../domain/assignment/access.ts';
import { DirectivePhase, PostedDirective } from '../../domain/directive/directive.ts';
import { actorOf } from '../access/authenticate.ts';
import { largeJson } from '../body.ts';
import { placesNamed } from '../../domain/organisation/named-places.ts';
import type { RouteDeps } from '../deps.ts';
import { accessTo } from '../access/directive-access.ts';
import { answerOf, answerWhole, DirectiveAnswer } from '../views/directive-answer.ts';
import { directiveView, noticeView, previewView } from '../views/directive-view.ts';
import { languageOf, Refused } from '../errors.ts';
import { once } from '../once.ts';
import { describe, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { parseContent, parseQuery } from '../parse.ts';
import { contentOf, newDirectiveId, prepareFor, withWarnings, type TakenIn } from '../preparing.ts';
import { seatsOf } from '../views/reading.ts';

const DraftQuery = z.strictObject({ draft: z.stringbool().optional() });
const ListQuery = z.strictObject({
  ...pageQuery,
  phase: DirectivePhase.optional(),
  q: z.string().max(200).optional(),
});
const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

describe({
  method: 'post',
  path: '/directives',
  tag: 'directives',
  summary: 'Issues a directive; with draft=true only keeps it',
  query: DraftQuery,
  body: PostedDirective,
  status: 201,
  answer: DirectiveAnswer,
});
describe({
  method: 'post',
  path: '/directives/preview',
  tag: 'directives',
  summary: 'The plan: every assignment with its deadlines, and warnings',
  body: PostedDirective,
  once: false,
  answer: z.looseObject({}),
});
describe({
  method: 'get',
  path: '/directives',
  tag: 'directives',
  summary: 'Those you may see, newest first',
  query: ListQuery,
  answer: pageSchema(DirectiveAnswer),
});
describe({
  method: 'get',
  path: '/directives/{id}',
  tag: 'directives',
  summary: 'One directive',
  answer: DirectiveAnswer,
});

export function directivesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  router.post('/directives/preview', largeJson(), async (req, res) => {
    const request = parseContent(PostedDirective, contentOf(req.body));
    const { prepared, directory, issuedAt, warnings } = await prepareFor(
      deps,
      req,
      request,
      request.id ?? newDirectiveId(deps.now()),
    );
    res.json(previewView(prepared, directory, issuedAt, { warnings, language: languageOf(req) }));
  });

  router.post('/directives', largeJson(), async (req, res) => {
    const { draft } = parseQuery(DraftQuery, req);
    const request = parseContent(PostedDirective, contentOf(req.body));
    const given = request.id ?? newDirectiveId(deps.now());
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        const { prepared, issuedAt, warnings } = await prepareFor(deps, req, request, given);
        const refusal = await storeDirective(tx, prepared, {
          actor: actorOf(req),
          issuedAt: draft ? null : issuedAt,
          isDraftKept: false,
          ...(deps.deskLimit === undefined ? {} : { deskLimit: deps.deskLimit }),
        });
        if (refusal) throw new Refused(refusal);
        return { status: 201, kept: { id: given, warnings } };
      },
      present: (db, kept: TakenIn) => withWarnings(req, kept, (id) => answerOf(deps, db, id)),
    });
    if (!draft) deps.nudge([(body as { id: string }).id]);
    res.status(status).json(body);
  });

  router.get('/directives', async (req, res) => {
    const { limit, cursor, phase, q } = parseQuery(ListQuery, req);
    const { person } = actorOf(req);
    const now = deps.now();
    const directory = await deps.directory.current(pool);
    const { seats, offices } = seatsOf(directory, person, now);
    const position = readCursor(ListCursor, cursor);
    const rows = await listDirectives(pool, {
      places: readsAll(directory, person, now) ? null : seats.map((seat) => seat.split('@', 1)[0] ?? seat),
      offices,
      superiors: seats.filter((seat) => !seat.includes('@')),
      phase: phase ?? null,
      sought: q === undefined ? null : { q, places: placesNamed(directory, q, now) },
      before: position === null ? null : { at: position[0], id: position[1] },
      limit: limit + 1,
    });
    const page = pageOf(
      rows,
      limit,
      (row) => [row.madeAt.toISOString(), row.id],
      (row) => row,
    );
    const tallies = await tallyBelow(
      pool,
      page.items.map(({ id }) => ({ directive: id, id })),
      now,
    );
    const items = page.items.map((row) => {
      if (row.shown === 'notice') return noticeView(row);
      const { body: _, policy: __, ...brief } = directiveView(row, tallies.get(row.id), []);
      return row.shown === 'whole' ? brief : { ...brief, counts: null, coverage: null };
    });
    res.json({ items, nextCursor: page.nextCursor });
  });

  router.get('/directives/:id', async (req, res) => {
    const { directive, as } = await accessTo(deps, req);
    if (as === 'superior') {
      res.json(noticeView(directive));
      return;
    }
    const full = await answerWhole(deps, directive);
    res.setHeader('etag', `"${directive.version}"`);
    // Figures of the whole are the office's; a unit sees the notice and its own part of the tree.
    res.json(as === 'part' ? { ...full, counts: null, coverage: null } : full);
  });

  return router;
}

// Directives: previewed, made, listed and read (api.md §4).
import { Router } from 'express';
import { z } from 'zod';
import { DIRECTIVE_CALLS } from '../../../contract/directives.ts';
import { storeDirective } from '../../../command/directive/storing.ts';
import { listDirectives } from '../../../db/queries/directive.ts';
import { tallyBelow } from '../../../db/queries/tally.ts';
import { readingOf } from '../../../reading/gate.ts';
import { actorOf } from '../../access/authenticate.ts';
import { placesNamed } from '../../../domain/organisation/named-places.ts';
import type { RouteDeps } from '../../deps.ts';
import { accessTo } from '../../access/directive-access.ts';
import { viewerOf } from '../../access/viewer.ts';
import { answerOf, answerWhole } from '../../views/directive-answer.ts';
import { directiveView, noticeView, previewView } from '../../views/directive-view.ts';
import { languageOf, Refused } from '../../errors.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor } from '../../page.ts';
import { withWarnings, type TakenIn } from '../../preparing.ts';
import { newDirectiveId, prepareFor } from '../../../command/directive/preparing.ts';
import { Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';

const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

export function directivesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, DIRECTIVE_CALLS.preview, async ({ req, body }) => {
    const request = body();
    const { prepared, directory, issuedAt, warnings } = await prepareFor(
      deps,
      actorOf(req).person,
      request,
      request.id ?? newDirectiveId(deps.now()),
    );
    return previewView(prepared, directory, issuedAt, { warnings, language: languageOf(req) });
  });

  serve(router, DIRECTIVE_CALLS.issue, async ({ req, query: { draft }, body }) => {
    const request = body();
    const given = request.id ?? newDirectiveId(deps.now());
    const reply = await once(pool, req, {
      work: async (tx) => {
        const { prepared, issuedAt, warnings } = await prepareFor(deps, actorOf(req).person, request, given);
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
    if (!draft) deps.nudge([reply.body.id]);
    return reply;
  });

  serve(router, DIRECTIVE_CALLS.list, async ({ req, query: { limit, cursor, phase, q } }) => {
    const viewer = await viewerOf(deps, req);
    const { directory, now } = viewer;
    const position = readCursor(ListCursor, cursor);
    const rows = await listDirectives(pool, {
      reading: readingOf(viewer),
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
      if (row.shown === 'superior') return noticeView(row);
      const { body: _, policy: __, ...brief } = directiveView(row, tallies.get(row.id), []);
      return row.shown === 'whole' ? brief : { ...brief, counts: null, coverage: null };
    });
    return { items, nextCursor: page.nextCursor };
  });

  serve(router, DIRECTIVE_CALLS.read, async ({ req }) => {
    const { directive, sight } = await accessTo(deps, req);
    if (sight.kind === 'superior') return noticeView(directive);
    const full = await answerWhole(deps, directive);
    // Figures of the whole are the office's; a unit sees the notice and its own part of the tree.
    const shown = sight.kind === 'part' ? { ...full, counts: null, coverage: null } : full;
    return new Reply(200, shown, { etag: `"${directive.version}"` });
  });

  return router;
}

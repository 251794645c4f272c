// Every version of an assignment's report, and of a node holder's own part: what it said, and what it changed.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { asksSignature } from '../../command/terms.ts';
import { findReturnBefore } from '../../db/queries/event.ts';
import {
  findSubmission,
  findVersionBefore,
  listSubmissions,
  type Reading,
  type Series,
} from '../../db/queries/submission.ts';
import { relate } from '../../domain/access/relation.ts';
import { Change } from '../../domain/form/change.ts';
import { differences } from '../../domain/form/difference.ts';
import { submissionView } from '../views/assignment-view.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, PageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseQuery } from '../parse.ts';
import { namedIn, readLedger, seenRow } from '../views/reading.ts';

/** `carried`: by field, from which earlier report it was taken over. `onBehalf`: the issuer (`by`) brought it. `warnings`: rules that only warn and did not hold. */
const MARKS = {
  carried: z.record(z.string(), z.object({ at: z.string(), assignment: z.string() })).optional(),
  zeroReport: z.literal(true).optional(),
  onBehalf: z.literal(true).optional(),
  warnings: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
};
const SubmissionAnswer = named('Submission', z.looseObject({ version: z.int(), ...MARKS }));
/** `changes` null: there was no version before. `moreChanges`: rows differ in more places than are listed. */
const VersionAnswer = named(
  'SubmissionVersion',
  z.looseObject({
    version: z.int(),
    ...MARKS,
    changes: z.array(Change).nullable(),
    moreChanges: z.boolean(),
    answers: z.object({ version: z.int(), reason: z.string(), fields: z.array(z.string()) }).nullable(),
  }),
);

/** The series by their paths. */
const PATHS: Record<Series, { path: 'submissions' | 'parts'; of: string }> = {
  sent: { path: 'submissions', of: 'its report' },
  part: { path: 'parts', of: 'what its holder adds to what is merged from below' },
};
const SERIES: readonly Series[] = ['sent', 'part'];
/** Above every version. */
const LAST = 2 ** 31 - 1;

for (const series of SERIES) {
  const { path, of } = PATHS[series];
  describe({
    method: 'get',
    path: `/assignments/{id}/${path}`,
    tag: 'assignments',
    summary: `Every version of ${of}, newest first`,
    query: PageQuery,
    answer: pageSchema(SubmissionAnswer),
  });
  describe({
    method: 'get',
    path: `/assignments/{id}/${path}/{version}`,
    tag: 'assignments',
    summary: `One version of ${of}, with what it changed and which return it answers`,
    answer: VersionAnswer,
  });
}

export function submissionsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** 404 where the reader does not see the assignment. Before its leader has signed a report is the holder's alone. */
  async function readingOf(req: Request, series: Series): Promise<Reading> {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const now = deps.now();
    const ledger = await readLedger(deps, pool, [{ directive, id }]);
    const row = seenRow(ledger, id, actor, now);
    const { holder } = relate(ledger.directory, actor.person, ledger.standingOf(row), now);
    const unsigned = holder || !asksSignature(ledger.directiveOf(row), row.state);
    return { directive, assignment: id, series, unsigned };
  }

  for (const series of SERIES) {
    const { path } = PATHS[series];

    router.get(`/assignments/:id/${path}`, async (req, res) => {
      const { limit, cursor } = parseQuery(PageQuery, req);
      const reading = await readingOf(req, series);
      const rows = await listSubmissions(pool, reading, readCursor(SeqCursor, cursor) ?? LAST, limit + 1);
      res.json(pageOf(rows, limit, ({ version }) => version, submissionView));
    });

    router.get(`/assignments/:id/${path}/:version`, async (req, res) => {
      const reading = await readingOf(req, series);
      const version = /^[1-9]\d{0,8}$/.exec(param(req, 'version'));
      const found = version === null ? null : await findSubmission(pool, reading, Number(version[0]));
      if (!found) throw refused('NOT_FOUND');
      const [before, answers] = await Promise.all([
        findVersionBefore(pool, reading, found),
        // A part is never reviewed by itself, so none of it is returned.
        series === 'part' ? null : findReturnBefore(pool, reading.assignment, found.version),
      ]);
      const { changes, more } = before
        ? differences(before.content, found.content)
        : { changes: null, more: false };
      res.json({ ...submissionView(found), changes, moreChanges: more, answers });
    });
  }

  return router;
}

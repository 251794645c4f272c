// Every version of an assignment's report, and of a node holder's own part: its contents, and its changes.
import { Router, type Request } from 'express';
import type { PageQuery } from '../../../contract/page.ts';
import type { SubmissionAnswer } from '../../../contract/submission-answer.ts';
import { SUBMISSION_CALLS, type VersionAnswer } from '../../../contract/submissions.ts';
import { asksSignature } from '../../../reading/terms.ts';
import { findReturnBefore } from '../../../db/queries/event.ts';
import {
  findSubmission,
  findVersionBefore,
  listSubmissions,
  type SubmissionsAsked,
  type Series,
} from '../../../db/queries/submission.ts';
import { relate } from '../../../domain/access/relation.ts';
import { differences } from '../../../domain/form/difference.ts';
import type { Form } from '../../../domain/form/field.ts';
import { isClearTo, seenChanges, seenSubmission } from '../../../reading/sensitive.ts';
import { submissionView } from '../../views/assignment-view.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { refused } from '../../errors.ts';
import { pageOf, readCursor, SeqCursor, type Page } from '../../page.ts';
import { serve } from '../../serve.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';

/** Above every version. */
const LAST = 2 ** 31 - 1;

/** The submissions asked for, their form, and whether its sensitive values are clear to the reader. */
type Reading = { asked: SubmissionsAsked; form: Form | undefined; isClear: boolean };

export function submissionsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** 404 where the reader does not see the assignment. Before its leader has signed a report is the holder's alone. */
  async function readingOf(req: Request, series: Series): Promise<Reading> {
    const { directive, id } = namedIn(req);
    const actor = actorOf(req);
    const now = deps.now();
    const snapshot = await readSnapshot(deps, pool, [{ directive, id }]);
    const row = seenRow(snapshot, id, actor, now);
    const { holder } = relate(snapshot.directory, actor.person, snapshot.standingOf(row), now);
    const unsigned = holder || !asksSignature(snapshot.directiveOf(row), row.state);
    const form = snapshot.directiveOf(row).items.get(row.state.item)?.form;
    const isClear = isClearTo(
      { directory: snapshot.directory, person: actor.person, now },
      snapshot.standingOf(row),
    );
    return { asked: { directive, assignment: id, series, unsigned }, form, isClear };
  }

  async function versions(
    req: Request,
    series: Series,
    { limit, cursor }: PageQuery,
  ): Promise<Page<SubmissionAnswer>> {
    const { asked, form, isClear } = await readingOf(req, series);
    const rows = await listSubmissions(pool, asked, readCursor(SeqCursor, cursor) ?? LAST, limit + 1);
    return pageOf(
      rows,
      limit,
      ({ version }) => version,
      (row) => submissionView(seenSubmission(form, row, isClear)),
    );
  }

  async function versionOf(req: Request, series: Series, named: string): Promise<VersionAnswer> {
    const { asked: reading, form, isClear } = await readingOf(req, series);
    const version = /^[1-9]\d{0,8}$/.exec(named);
    const found = version === null ? null : await findSubmission(pool, reading, Number(version[0]));
    if (!found) throw refused('NOT_FOUND');
    const [before, answers] = await Promise.all([
      findVersionBefore(pool, reading, found),
      // A part is never reviewed by itself, so none of it is returned.
      series === 'part' ? null : findReturnBefore(pool, reading.assignment, found.version),
    ]);
    const compared = before ? differences(before.content, found.content) : null;
    const changes = seenChanges(form, compared?.changes ?? null, { kind: found.kind, isClear });
    // As the submissions compared: JSON as it was kept.
    return {
      ...submissionView(seenSubmission(form, found, isClear)),
      changes,
      moreChanges: compared?.more ?? false,
      answers,
    } as VersionAnswer;
  }

  serve(router, SUBMISSION_CALLS.list, ({ req, query }) => versions(req, 'sent', query));
  serve(router, SUBMISSION_CALLS.read, ({ req, params }) => versionOf(req, 'sent', params.version));
  serve(router, SUBMISSION_CALLS.listParts, ({ req, query }) => versions(req, 'part', query));
  serve(router, SUBMISSION_CALLS.readPart, ({ req, params }) => versionOf(req, 'part', params.version));

  return router;
}

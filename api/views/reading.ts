// Reading assignments: rows and all above them loaded in bulk, judged for the reader, dressed as views.
import type { Request } from 'express';
import type { AssignmentAnswer } from '../../contract/assignments.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import { type Named } from '../../reading/opening.ts';
import { findDelivered } from '../../db/queries/delivery.ts';
import { findSubmissions, type SubmissionRow } from '../../db/queries/submission.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { directiveOfId } from '../../domain/code.ts';
import { actorOf } from '../access/authenticate.ts';
import { assignmentView, carried } from './assignment-view.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { param } from '../parse.ts';
import { readSnapshot, seenRow } from '../../reading/seen-row.ts';

/** The assignment named in the path; 404 where it cannot be one. */
export function namedIn(req: Request): Named {
  const id = param(req, 'id');
  const directive = directiveOfId(id);
  if (directive === null) throw refused('NOT_FOUND');
  return { directive, id };
}

/** Views in the order asked; submissions and counts are read for all at once. */
export async function viewAll(
  deps: RouteDeps,
  actor: Actor,
  snapshot: Snapshot,
  rows: readonly AssignmentRow[],
): Promise<AssignmentAnswer[]> {
  const context = { snapshot, actor, now: deps.now() };
  const wanted = rows.flatMap((row) => {
    const { current, presented } = carried(context, row);
    const versions = [current, presented?.version ?? 0].filter((version) => version > 0);
    return versions.map((version) => ({ directive: row.directive, id: row.id, version }));
  });
  const [submissions, delivered, tallies] = await Promise.all([
    wanted.length === 0 ? [] : findSubmissions(deps.pool, wanted),
    findDelivered(
      deps.pool,
      rows.map(({ id }) => id),
    ),
    tallyBelow(
      deps.pool,
      rows.filter((row) => row.state.node),
      context.now,
    ),
  ]);
  const byVersion = new Map(submissions.map((each) => [`${each.assignment}#${each.version}`, each]));
  const kept = (row: AssignmentRow, version: number | null): SubmissionRow | null =>
    byVersion.get(`${row.id}#${version ?? 0}`) ?? null;
  return rows.map((row) => {
    const { current, presented } = carried(context, row);
    return assignmentView(context, row, {
      submission: kept(row, current),
      presented: kept(row, presented?.version ?? null),
      counts: tallies.get(row.id)?.counts ?? null,
      delivered: delivered.get(row.id),
    });
  });
}

/** Everything about one assignment the reader sees. */
export async function viewOne(deps: RouteDeps, req: Request, named: Named): Promise<AssignmentAnswer> {
  const actor = actorOf(req);
  const snapshot = await readSnapshot(deps, deps.pool, [named]);
  const row = seenRow(snapshot, named.id, actor, deps.now());
  const [view] = await viewAll(deps, actor, snapshot, [row]);
  if (!view) throw refused('NOT_FOUND');
  return view;
}

// Reading assignments: rows and all above them loaded in bulk, judged for the reader, dressed as views.
import type { Request } from 'express';
import type { AssignmentAnswer } from '../../contract/assignments.ts';
import type { SubmissionAnswer } from '../../contract/submission-answer.ts';
import type { Ledger } from '../../command/ledger/ledger.ts';
import { openLedger, type Named } from '../../command/ledger/opening.ts';
import type { Db } from '../../db/pool.ts';
import { findDelivered } from '../../db/queries/delivery.ts';
import { findSubmissions } from '../../db/queries/submission.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { relate, type Actor, type Relation } from '../../domain/assignment/access.ts';
import { Code, MAX_ID_BYTES } from '../../domain/code.ts';
import { heldBy } from '../../domain/organisation/seating.ts';
import { officesOf, type Directory } from '../../domain/organisation/organisation.ts';
import type { Millis } from '../../domain/instant.ts';
import { actorOf } from '../access/authenticate.ts';
import { assignmentView, carried, submissionView } from './assignment-view.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { param } from '../parse.ts';

/** The directive an assignment's id begins with; null where it is no id of an assignment. */
export function directiveOfId(id: string): string | null {
  const parts = id.split('.');
  const isPath =
    id.length <= MAX_ID_BYTES && parts.length >= 3 && parts.every((part) => Code.safeParse(part).success);
  return isPath ? (parts[0] ?? null) : null;
}

/** The assignment named in the path; 404 where it cannot be one. */
export function namedIn(req: Request): Named {
  const id = param(req, 'id');
  const directive = directiveOfId(id);
  if (directive === null) throw refused('NOT_FOUND');
  return { directive, id };
}

export const readLedger = (
  deps: Pick<RouteDeps, 'sources'>,
  db: Db,
  assignments: readonly Named[],
): Promise<Ledger> =>
  openLedger(db, deps.sources, {
    directives: assignments.map(({ directive }) => directive),
    desks: [],
    assignments,
  });

/** What the reader is to an assignment; null where there is none. */
function relationTo(ledger: Ledger, id: string, actor: Actor, now: Millis): Relation | null {
  const row = ledger.rows.get(id);
  return row ? relate(ledger.directory, actor.person, ledger.standingOf(row), now) : null;
}

export const sees = (ledger: Ledger, id: string, actor: Actor, now: Millis): boolean =>
  relationTo(ledger, id, actor, now)?.sees === true;

/** The row, if the reader sees it; else 404. */
export function seenRow(ledger: Ledger, id: string, actor: Actor, now: Millis): AssignmentRow {
  const row = ledger.rows.get(id);
  if (!row || !sees(ledger, id, actor, now)) throw refused('NOT_FOUND');
  return row;
}

/** The row, if the reader sees it or is shown its merged result, and nothing below (`isWhole` false); else 404. */
export function shownRow(
  ledger: Ledger,
  id: string,
  actor: Actor,
  now: Millis,
): { row: AssignmentRow; isWhole: boolean } {
  const row = ledger.rows.get(id);
  const relation = relationTo(ledger, id, actor, now);
  if (!row || !(relation?.sees || relation?.seesResult)) throw refused('NOT_FOUND');
  return { row, isWhole: relation.sees };
}

/** Views in the order asked; submissions and counts are read for all at once. */
export async function viewAll(
  deps: RouteDeps,
  actor: Actor,
  ledger: Ledger,
  rows: readonly AssignmentRow[],
): Promise<AssignmentAnswer[]> {
  const context = { ledger, actor, now: deps.now() };
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
  const viewOf = (row: AssignmentRow, version: number | null): SubmissionAnswer | null => {
    const submission = byVersion.get(`${row.id}#${version ?? 0}`);
    return submission ? submissionView(submission) : null;
  };
  return rows.map((row) => {
    const { current, presented } = carried(context, row);
    return assignmentView(context, row, {
      submission: viewOf(row, current),
      presented: viewOf(row, presented?.version ?? null),
      counts: tallies.get(row.id)?.counts ?? null,
      delivered: delivered.get(row.id),
    });
  });
}

/** Everything about one assignment the reader sees. */
export async function viewOne(deps: RouteDeps, req: Request, named: Named): Promise<AssignmentAnswer> {
  const actor = actorOf(req);
  const ledger = await readLedger(deps, deps.pool, [named]);
  const row = seenRow(ledger, named.id, actor, deps.now());
  const [view] = await viewAll(deps, actor, ledger, [row]);
  if (!view) throw refused('NOT_FOUND');
  return view;
}

/** A person's seats as the queries take them: `unit/DD`, or `unit/DD@TF-ZY` where limited to one task force. */
export function seatsOf(
  directory: Directory,
  person: string,
  now: Millis,
): { seats: string[]; offices: string[] } {
  return {
    seats: heldBy(directory, person, now).map(({ place, only }) =>
      only === null ? place : `${place}@${only}`,
    ),
    offices: officesOf(directory, person, now),
  };
}

// An assignment's row for one reader: seen whole, shown as a result, or not there.
import type { Db } from '../db/pool.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import type { Actor } from '../domain/access/relation.ts';
import type { Millis } from '../domain/instant.ts';
import { refusing } from '../domain/refusal-thrown.ts';
import { assignmentSight, type AssignmentSight } from './gate.ts';
import { openSnapshot, type Named, type Sources } from './opening.ts';
import type { Snapshot } from './snapshot.ts';

export const readSnapshot = (
  { sources }: { sources: Sources },
  db: Db,
  assignments: readonly Named[],
): Promise<Snapshot> => openSnapshot(db, sources, assignments);

/** How much of an assignment the reader sees; nothing where there is none. */
function sightOfRow(snapshot: Snapshot, id: string, { person }: Actor, now: Millis): AssignmentSight {
  const row = snapshot.rows.get(id);
  if (row === undefined) return 'none';
  return assignmentSight({ directory: snapshot.directory, person, now }, snapshot.standingOf(row));
}

export const sees = (snapshot: Snapshot, id: string, actor: Actor, now: Millis): boolean =>
  sightOfRow(snapshot, id, actor, now) === 'whole';

/** The row, if the reader sees it; else 404. */
export function seenRow(snapshot: Snapshot, id: string, actor: Actor, now: Millis): AssignmentRow {
  const row = snapshot.rows.get(id);
  if (!row || !sees(snapshot, id, actor, now)) throw refusing('NOT_FOUND');
  return row;
}

/** The row, if the reader sees it or is shown its merged result, and nothing below (`isWhole` false); else 404. */
export function shownRow(
  snapshot: Snapshot,
  id: string,
  actor: Actor,
  now: Millis,
): { row: AssignmentRow; isWhole: boolean } {
  const row = snapshot.rows.get(id);
  const sight = sightOfRow(snapshot, id, actor, now);
  if (!row || sight === 'none') throw refusing('NOT_FOUND');
  return { row, isWhole: sight === 'whole' };
}

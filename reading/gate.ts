// The gate for reading: every route, list, stream, file and document asks here what a person sees of the present record.
import { findDirective, type DirectiveRow } from '../db/queries/directive.ts';
import { findFiles, listAttachments, type Attachment, type FileRow } from '../db/queries/file.ts';
import { findDirectiveFacts, findStandings } from '../db/queries/sight-facts.ts';
import { isTemplateOf } from '../db/queries/template.ts';
import type { Db } from '../db/pool.ts';
import type { AssignmentStanding } from '../domain/access/relation.ts';
import { readingSeatsOf, readsAll, type ReadingSeats } from '../domain/access/seating.ts';
import {
  placesSeeing,
  sightOf,
  sightOfAssignment,
  type AssignmentSight,
  type DirectiveFacts,
  type Sight,
} from '../domain/access/sight.ts';
import type { Millis } from '../domain/instant.ts';
import { officesOf, type Directory, type Place } from '../domain/organisation/organisation.ts';

export type { AssignmentSight, Sight };

/** The reader, in the organisation of that moment. */
export type Viewer = { directory: Directory; person: string; now: Millis };

/** The reader's rights as lists take them: they answer by the same rule as SQL (db/queries/sight.ts). */
export const readingOf = ({ directory, person, now }: Viewer): ReadingSeats =>
  readingSeatsOf(directory, person, now);

/** Reads everything there is: auditors and administrators. */
export const readsEverything = ({ directory, person, now }: Viewer): boolean =>
  readsAll(directory, person, now);

/** How much the reader sees of a directive, where its facts are known already. */
export const sightBy = ({ directory, person, now }: Viewer, facts: DirectiveFacts): Sight =>
  sightOf(directory, person, facts, now);

/** How much the reader sees of an assignment, where its standing is known already. */
export const assignmentSight = (
  { directory, person, now }: Viewer,
  standing: AssignmentStanding,
): AssignmentSight => sightOfAssignment(directory, person, standing, now);

export const isAssignmentSeen = (viewer: Viewer, standing: AssignmentStanding): boolean =>
  assignmentSight(viewer, standing) === 'whole';

/** The places with people who may see an assignment, beside the people who read everything. */
export const placesThatSee = (directory: Directory, standing: AssignmentStanding): Place[] =>
  placesSeeing(directory, standing);

/** How much the reader sees of a directive that has been read. Looks for its assignments only where they decide. */
async function sightOfDirective(
  db: Db,
  viewer: Viewer,
  { id, office, superior, handedUp, phase }: DirectiveRow,
): Promise<Sight> {
  const facts: DirectiveFacts = { office, superior, handedUp, isDraft: phase === 'draft', parts: [] };
  const without = sightBy(viewer, facts);
  const reading = readingOf(viewer);
  if (without.kind === 'whole' || facts.isDraft || reading.seats.length === 0) return without;
  const found = await findDirectiveFacts(db, [id], reading);
  return sightBy(viewer, { ...facts, parts: found.get(id)?.parts ?? [] });
}

export type DirectiveSeen = { directive: DirectiveRow; sight: Sight };

/** A directive and how much of it this person sees; null where there is none, or none for them. */
export async function findDirectiveSeen(db: Db, viewer: Viewer, id: string): Promise<DirectiveSeen | null> {
  const directive = await findDirective(db, id);
  if (directive === null) return null;
  const sight = await sightOfDirective(db, viewer, directive);
  return sight.kind === 'none' ? null : { directive, sight };
}

/** Picks the assignments that this person sees whole; no person sees one that does not exist. */
export async function findSeenAmong(
  db: Db,
  viewer: Viewer,
  assignments: readonly string[],
): Promise<ReadonlySet<string>> {
  if (assignments.length === 0) return new Set();
  const standings = await findStandings(db, assignments);
  return new Set(
    [...standings].flatMap(([id, standing]) => (isAssignmentSeen(viewer, standing) ? [id] : [])),
  );
}

/**
 * A person sees a file together with the notice or report it is attached to. Before it is attached it belongs to the
 * person who uploaded it; afterwards that person sees no more of it than of the rest. A template is its office's.
 */
export async function isFileSeen(db: Db, viewer: Viewer, file: FileRow): Promise<boolean> {
  if (readsEverything(viewer)) return true;
  const attachments = await listAttachments(db, file.id);
  if (attachments.length === 0 && file.by === viewer.person) return true;
  return isSeenAttached(db, viewer, file, attachments);
}

async function isSeenAttached(
  db: Db,
  viewer: Viewer,
  file: FileRow,
  attachments: readonly Attachment[],
): Promise<boolean> {
  const notices = attachments.flatMap(({ directive, assignment }) => (assignment === '' ? [directive] : []));
  if (notices.length > 0) {
    const facts = await findDirectiveFacts(db, notices, readingOf(viewer));
    if ([...facts.values()].some((each) => sightBy(viewer, each).kind !== 'none')) return true;
  }
  const reports = attachments.flatMap(({ assignment }) => (assignment === '' ? [] : [assignment]));
  if ((await findSeenAmong(db, viewer, reports)).size > 0) return true;
  const offices = officesOf(viewer.directory, viewer.person, viewer.now);
  return offices.length > 0 && (await isTemplateOf(db, file.id, offices));
}

/**
 * Those of the files that this person may not attach to anything, unknown ones among them. A person attaches files of
 * their own, and files they see where these are attached already: to name a file must not be a way to see it, nor take
 * it from its owner.
 */
export async function listUnattachable(db: Db, viewer: Viewer, ids: readonly string[]): Promise<Set<string>> {
  const known = new Map((await findFiles(db, ids)).map((file) => [file.id, file]));
  const refused = new Set<string>();
  for (const id of new Set(ids)) {
    const file = known.get(id);
    if (file?.by === viewer.person) continue;
    const attachments = file === undefined ? [] : await listAttachments(db, id);
    const isSeen =
      file !== undefined &&
      attachments.length > 0 &&
      (readsEverything(viewer) || (await isSeenAttached(db, viewer, file, attachments)));
    if (!isSeen) refused.add(id);
  }
  return refused;
}

// Opening a snapshot: rows, those above them, and the terms, organisation and time they are read with.
import type { DirectorySource } from '../db/directory.ts';
import type { Db, Pool } from '../db/pool.ts';
import type { RoutingSource } from '../db/routing.ts';
import { loadInstallation } from '../db/queries/installation.ts';
import { loadAssignments, type AssignmentRow } from '../db/queries/ledger.ts';
import { ancestorsOf } from '../domain/code.ts';
import { Snapshot, type SnapshotOf } from './snapshot.ts';
import type { TermsSource } from './terms.ts';
import type { Millis } from '../domain/instant.ts';

export type Sources = { terms: TermsSource; directory: DirectorySource; routing: RoutingSource };

/** Where a person's reading comes from, and its time. */
export type ReadingDeps = { pool: Pool; sources: Sources; now: () => Millis };

/** An assignment by its directive and id. */
export type Named = { directive: string; id: string };

/** The setting to read rows of these directives with; a transaction reads it anew, never from a cache. */
export async function loadAround(
  db: Db,
  sources: Sources,
  directives: readonly string[],
): Promise<SnapshotOf> {
  const installation = await loadInstallation(db);
  const directory = await sources.directory.at(db, installation.organisationVersion);
  return {
    directives: await sources.terms.load(db, [...new Set(directives)]),
    directory,
    routing: await sources.routing.at(db, installation.routingVersion),
    epoch: installation.epoch,
    isNarrow: installation.isNarrow,
    nowMs: installation.nowMs,
  };
}

/** Assignments and their ancestors, as far as they are not known yet. */
export async function loadWithAbove(
  db: Db,
  assignments: readonly Named[],
  known: ReadonlyMap<string, unknown> = new Map(),
): Promise<AssignmentRow[]> {
  const wanted = new Map<string, string>();
  for (const { directive, id } of assignments) {
    for (const each of [...ancestorsOf(id), id]) if (!known.has(each)) wanted.set(each, directive);
  }
  if (wanted.size === 0) return [];
  return loadAssignments(db, [...wanted.values()], [...wanted.keys()]);
}

/** For a reader: these assignments and all above them. */
export async function openSnapshot(
  db: Db,
  sources: Sources,
  assignments: readonly Named[],
): Promise<Snapshot> {
  const around = await loadAround(
    db,
    sources,
    assignments.map(({ directive }) => directive),
  );
  return new Snapshot(around, [], await loadWithAbove(db, assignments));
}

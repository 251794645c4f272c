// Opening a ledger: after the locks, everything a decision depends on is read anew in the transaction, never from a cache.
import type { DirectorySource } from '../../db/directory.ts';
import type { Db } from '../../db/pool.ts';
import type { RoutingSource } from '../../db/routing.ts';
import { loadInstallation } from '../../db/queries/installation.ts';
import { loadAssignments, loadDesks } from '../../db/queries/ledger.ts';
import { ancestorsOf } from '../../domain/code.ts';
import { Ledger } from './ledger.ts';
import type { TermsSource } from '../../reading/terms.ts';

export type Sources = { terms: TermsSource; directory: DirectorySource; routing: RoutingSource };

/** An assignment by its directive and id. */
export type Named = { directive: string; id: string };

/**
 * Loads desks, assignments and everything above them. The caller holds the locks of the desks it will write.
 * `graceMs` is taken off the clock: clockwork leaves commands under way their turn (design.md §3).
 */
export async function openLedger(
  tx: Db,
  sources: Sources,
  about: {
    directives: readonly string[];
    desks: readonly string[];
    assignments: readonly Named[];
    graceMs?: number;
  },
): Promise<Ledger> {
  const installation = await loadInstallation(tx);
  const directory = await sources.directory.at(tx, installation.organisationVersion);
  const ledger = new Ledger({
    directives: await sources.terms.load(tx, [...new Set(about.directives)]),
    directory,
    routing: await sources.routing.at(tx, installation.routingVersion),
    epoch: installation.epoch,
    isNarrow: installation.isNarrow,
    nowMs: installation.nowMs - (about.graceMs ?? 0),
  });
  const desks = await loadDesks(tx, [...new Set(about.desks)]);
  ledger.take(desks, []);
  await loadInto(ledger, tx, about.assignments);
  return ledger;
}

/** Assignments and their ancestors, as far as they are not there yet. */
export async function loadInto(ledger: Ledger, tx: Db, assignments: readonly Named[]): Promise<void> {
  const wanted = new Map<string, string>();
  for (const { directive, id } of assignments) {
    for (const each of [...ancestorsOf(id), id]) if (!ledger.rows.has(each)) wanted.set(each, directive);
  }
  if (wanted.size === 0) return;
  ledger.take([], await loadAssignments(tx, [...wanted.values()], [...wanted.keys()]));
}

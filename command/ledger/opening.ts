// Opening a ledger: after the locks, everything a decision depends on is read anew in the transaction, never from a cache.
import type { Db } from '../../db/pool.ts';
import { loadDesks } from '../../db/queries/ledger.ts';
import { loadAround, loadWithAbove, type Named, type Sources } from '../../reading/opening.ts';
import { Ledger } from './ledger.ts';

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
  const around = await loadAround(tx, sources, about.directives);
  const ledger = new Ledger({ ...around, nowMs: around.nowMs - (about.graceMs ?? 0) });
  ledger.held.take(await loadDesks(tx, [...new Set(about.desks)]), []);
  await loadInto(ledger, tx, about.assignments);
  return ledger;
}

/** Assignments and their ancestors, as far as they are not there yet. */
export async function loadInto(ledger: Ledger, tx: Db, assignments: readonly Named[]): Promise<void> {
  ledger.held.take([], await loadWithAbove(tx, assignments, ledger.held.rows));
}

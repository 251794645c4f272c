// Sends a desk's part of the directive out: rows, `issued` events and notices, in bounded transactions.
import { findDesksBelow, findIssuedIds, findMark, findPlan } from '../db/queries/desk.ts';
import type { Ledger } from '../command/ledger/ledger.ts';
import { loadInto } from '../command/ledger/opening.ts';
import type { PlacedAssignment } from '../domain/directive/cut.ts';
import { toIso, toIsoOrNull } from '../domain/instant.ts';
import { taskForcePlace, unitPlace } from '../domain/organisation/organisation.ts';
import type { DeskBelow } from './contracts.ts';
import { AT_ONCE, onDesks, type ActivityDeps } from './desk-transaction.ts';

export async function issueDesk(deps: ActivityDeps, desk: string): Promise<DeskBelow[]> {
  const mark = await findMark(deps.pool, desk);
  if (mark === null || mark.ended) return [];
  const plan = await findPlan(deps.pool, desk);
  const children = countChildren(plan);
  const issued = await findIssuedIds(deps.pool, desk);
  const missing = plan.filter(({ id }) => !issued.has(id));
  const named = { directive: mark.directive, desks: [desk] };
  for (let first = 0; ; first += AT_ONCE) {
    const part = missing.slice(first, first + AT_ONCE);
    const isLast = first + AT_ONCE >= missing.length;
    await onDesks(deps, named, async (tx, ledger) => {
      const row = ledger.held.desks.get(desk);
      if (!row || row.issued) return;
      await loadInto(
        ledger,
        tx,
        part.map(({ id }) => ({ directive: mark.directive, id })),
      );
      if (mark.node !== null) await loadInto(ledger, tx, [{ directive: mark.directive, id: mark.node }]);
      if (isOver(ledger, mark)) {
        // Cancelled before it was issued: then none of it ever is.
        row.unsettled -= missing.length - first;
        row.issued = true;
        ledger.ask(desk);
        return;
      }
      for (const planned of part) issueOne(ledger, desk, planned, children.get(planned.id) ?? 0);
      if (isLast) row.issued = true;
      ledger.touchDesk(row);
    });
    if (isLast) break;
  }
  return findDesksBelow(deps.pool, desk);
}

/** Direct children in the same desk, by parent. */
function countChildren(plan: readonly PlacedAssignment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { parent } of plan) if (parent !== null) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return counts;
}

function isOver(ledger: Ledger, mark: { directive: string; node: string | null }): boolean {
  if (ledger.held.directives.get(mark.directive)?.standing.phase === 'cancelled') return true;
  const node = mark.node === null ? undefined : ledger.held.rows.get(mark.node);
  return (
    node !== undefined && [node, ...ledger.held.above(node)].some(({ state }) => state.phase === 'cancelled')
  );
}

function issueOne(ledger: Ledger, desk: string, planned: PlacedAssignment, children: number): void {
  if (ledger.held.rows.has(planned.id)) return;
  const directive = ledger.held.directives.get(planned.id.split('.', 1)[0] ?? '');
  if (!directive) throw new Error(`the directive of ${planned.id} is not there`);
  const { id, madeBy, issuedAtMs } = directive.terms;
  const row = ledger.issueRow(
    {
      directive: id,
      id: planned.id,
      rank: planned.rank ?? planned.id,
      desk,
      ownDesk: planned.ownDesk,
      unsettled: planned.ownDesk === null ? children : 0,
    },
    {
      item: planned.item,
      parent: planned.parent,
      taskForce: planned.taskForce,
      unit: planned.unit,
      holder: planned.unit === null ? taskForcePlace(planned.taskForce) : unitPlace(planned.unit),
      node: planned.node,
      dueAt: toIso(planned.dueAt),
      acknowledgeBy: toIsoOrNull(planned.acknowledgeBy),
      basis: planned.basis,
      ...(planned.later ? { carried: planned.later.carried } : {}),
    },
    {
      actor: planned.later?.by ?? madeBy,
      token: null,
      receivedMs: planned.later?.at ?? issuedAtMs ?? ledger.held.nowMs,
      command: null,
    },
  );
  ledger.carry(row);
}

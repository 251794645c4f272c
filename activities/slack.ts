// After a late part has climbed a rung: divides the time left above it anew, and tells the people concerned.
import { findDesksOfAssignments } from '../db/queries/assignment.ts';
import type { Ledger } from '../command/ledger/ledger.ts';
import { clockwork } from '../command/ledger/log.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import { ancestorsOf } from '../domain/code.ts';
import { toIso, type Millis } from '../domain/instant.ts';
import { divideSlack } from '../domain/clock/slack.ts';
import { databaseNow, onDesks, type ActivityDeps } from './desk-transaction.ts';

/** One late part for each node above: its siblings would give the same result. */
export async function divideSlackAbove(
  deps: ActivityDeps,
  about: { directive: string; desk: string; late: readonly string[] },
): Promise<void> {
  const { directive, desk } = about;
  const perNode = new Map(about.late.map((id) => [ancestorsOf(id).at(-1), id] as const));
  const late = [...perNode].flatMap(([node, id]) => (node === undefined ? [] : [id]));
  if (late.length === 0) return;
  const above = [...new Set(late.flatMap(ancestorsOf))];
  const desks = [...new Set([desk, ...(await findDesksOfAssignments(deps.pool, directive, above))])];
  const assignments = late.map((id) => ({ directive, id }));
  await onDesks(deps, { directive, desks, assignments }, (_tx, ledger) => {
    for (const id of late) {
      const row = ledger.held.rows.get(id);
      if (row) divideAbove(ledger, row);
    }
    return Promise.resolve();
  });
}

function divideAbove(ledger: Ledger, row: AssignmentRow): void {
  const nodes = ledger.held.above(row);
  for (const node of [...nodes, row]) ledger.carry(node);
  const { calendar } = ledger.held.directiveOf(row);
  const [top] = nodes;
  const officeDueAt: Millis = top ? ledger.held.parentDueAt(top) : row.state.dueAt;
  const moved = divideSlack(calendar, {
    now: ledger.held.nowMs,
    lateDueAt: row.state.dueAt,
    above: nodes.map(({ state }) => state).reverse(),
    officeDueAt,
  });
  // From the top, so that at no moment anything is due after its parent.
  for (const { id, dueAt } of [...moved].reverse()) {
    const node = ledger.held.rows.get(id);
    if (!node) continue;
    const data = { dueAt: toIso(dueAt), was: toIso(node.state.dueAt), cause: 'slack' as const };
    ledger.append(node, { type: 'rescheduled', data }, clockwork(databaseNow(ledger)));
  }
}

// Fires every due clock of a desk: reminders, escalations, overdue marks; as sets, not one by one.
import { loadDue, type AssignmentRow } from '../db/queries/ledger.ts';
import { findMark } from '../db/queries/desk.ts';
import { loadInto } from '../command/ledger/opening.ts';
import type { Ledger } from '../command/ledger/ledger.ts';
import { clockwork } from '../command/ledger/log.ts';
import { wake } from '../domain/clock/ladder.ts';
import { divideSlackAbove } from './slack.ts';
import { AT_ONCE, databaseNow, onDesks, treat, type ActivityDeps } from './desk-transaction.ts';

/** A desk holds 2,000 assignments: more rounds than this mean a clock that does not move. */
const MAX_ROUNDS = 20;

export async function wakeDesk(deps: ActivityDeps, desk: string): Promise<void> {
  const mark = await findMark(deps.pool, desk);
  if (mark === null || mark.ended) return;
  const late = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const isMore = await onDesks(deps, { directive: mark.directive, desks: [desk] }, async (tx, ledger) => {
      const due = await loadDue(tx, desk, ledger.held.nowMs, AT_ONCE);
      await loadInto(ledger, tx, due);
      for (const { id } of due) {
        const row = ledger.held.rows.get(id);
        if (!row) continue;
        const dueMs = row.nextWakeMs;
        await treat(deps, ledger, row, () => {
          if (wakeOne(ledger, row)) late.add(row.id);
        });
        if (dueMs !== null) deps.onWake?.((databaseNow(ledger) - dueMs) / 1000);
      }
      return due.length === AT_ONCE;
    });
    if (!isMore) break;
  }
  if (late.size > 0) await divideSlackAbove(deps, { directive: mark.directive, desk, late: [...late] });
}

/** Answers whether a late report has climbed a rung: then those who wait for it have less time left. */
function wakeOne(ledger: Ledger, row: AssignmentRow): boolean {
  ledger.carry(row);
  const events = wake(
    row.state,
    ledger.held.wakingOf(row),
    ledger.held.nowMs,
    ledger.held.reachOf(row, ledger.held.nowMs),
  );
  const receivedMs = databaseNow(ledger);
  for (const event of events) ledger.append(row, event, clockwork(receivedMs));
  // Its clock has moved on even where nothing happened.
  ledger.touchRow(row);
  return !row.state.node && events.some(({ type, data }) => type === 'escalated' && data.clock === 'due');
}

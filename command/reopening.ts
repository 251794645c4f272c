// A report is opened again: then the levels above that had sent all up owe theirs again.
import { fallBack } from '../domain/assignment/decide-back.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import { orderCountsAbove, type Posted } from './judge.ts';
import type { Ledger } from './ledger/ledger.ts';

/** Runs in the transaction that opens it, with all desks above locked; from the top, so none is due after its parent. */
export function fallBackAbove(ledger: Ledger, row: AssignmentRow, posted: Posted): void {
  const { command, actor, receivedMs } = posted;
  if (command.verb !== 'reopen') return;
  const opened = { below: row.id, reason: command.reason ?? '' };
  for (const node of ledger.held.above(row)) {
    const event = fallBack(node.state, opened, {
      parentDueAt: ledger.held.parentDueAt(node),
      ordersAbove: orderCountsAbove(ledger, node),
      received: receivedMs,
      calendar: ledger.held.directiveOf(node).calendar,
      clocks: ledger.held.clocksOf(node),
    });
    const by = { actor: actor.person, token: actor.token, receivedMs, command: posted.id };
    if (event) ledger.append(node, event, by);
  }
}

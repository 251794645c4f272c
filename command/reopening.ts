// A report is opened again: then the levels above that had sent all up owe theirs again.
import { earliestDue } from '../domain/assignment/carry.ts';
import { fallBack } from '../domain/assignment/decide-back.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import { orderCounts, type Posted } from './judge.ts';
import type { Ledger } from './ledger/ledger.ts';

/** Runs in the transaction that opens it, with all desks above locked; from the top, so none is due after its parent. */
export function fallBackAbove(ledger: Ledger, row: AssignmentRow, posted: Posted): void {
  const { command, actor, receivedMs } = posted;
  if (command.verb !== 'reopen') return;
  const opened = { below: row.id, reason: command.reason ?? '' };
  for (const node of ledger.held.above(row)) {
    const standing = ledger.held.standingAbove(node);
    const event = fallBack(node.state, opened, {
      parentDueAt: earliestDue(standing),
      ordersAbove: orderCounts(standing),
      received: receivedMs,
      calendar: ledger.held.directiveOf(node).calendar,
      clocks: ledger.held.clocksOf(node),
    });
    const by = { actor: actor.person, token: actor.token, receivedMs, command: posted.id };
    if (event) ledger.append(node, event, by);
  }
}

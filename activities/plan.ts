// When a desk wakes next, stored before its workflow sleeps, so that the sentinel and readers see the same instant.
import { findClock, findMark, hasCorrectionPending, savePlanned } from '../db/queries/desk.ts';
import { findHandedUpAt } from '../db/queries/hand-up.ts';
import { clocksOf, correctionsUntil, type Directive } from '../reading/terms.ts';
import { isOwing } from '../domain/assignment/assignment.ts';
import { nextLookAt } from '../domain/directive/hand-up.ts';
import { DAY_MS, toIso, toIsoOrNull, type Millis } from '../domain/instant.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import type { Next } from './contracts.ts';
import { databaseNow, GRACE_MS, onDesks, type ActivityDeps } from './desk-transaction.ts';

/** The latest next turn where something failed. */
const RETRY_MS = 60_000;
/** When a late correction is judged or withdrawn, the desks that wait for it are asked to look; the hour is for a lost nudge. */
const CORRECTION_MS = 3_600_000;
/** The shortest time between two turns: a busy desk must not starve the others. */
const SHORTEST_MS = 100;
/** Temporal's timers may be longer, but a desk that looks once a month also notices a change whose nudge was lost. */
const LONGEST_MS = 30 * DAY_MS;

export async function planDesk(
  deps: ActivityDeps,
  turn: { desk: string; asked: number; retry: boolean },
): Promise<Next> {
  const mark = await findMark(deps.pool, turn.desk);
  if (mark === null)
    return { ended: true, delayMs: null, again: false, due: false, plannedWake: null, counts: {} };
  const { directive, node } = mark;
  const work = { directive, desks: [turn.desk], assignments: node === null ? [] : [{ directive, id: node }] };
  return onDesks(deps, work, async (tx, ledger) => {
    const now = databaseNow(ledger);
    const { nextMs, counts } = await findClock(tx, turn.desk);
    const terms = ledger.held.directives.get(directive);
    const row = node === null ? undefined : ledger.held.rows.get(node);
    const desk = ledger.held.desks.get(turn.desk);
    const end = terms ? endOf(terms) : null;
    // The desk above counts this one until it is told: if this desk ended before, the desk above would wait for ever.
    const isOver = desk === undefined || (desk.unsettled === 0 && (desk.parent === null || desk.complete));
    const isPast = end !== null && end <= now;
    // A correction handed in within its term counts however late it is approved: its desk, and those above, stay for
    // it.
    const isHeld = isPast && isOver && (await hasCorrectionPending(tx, directive, node));
    // A turn whose roll-up has failed may owe the desk above the last copy: another one ends the desk.
    const ends = isPast && isOver && !isHeld && !turn.retry;
    // Over, but not yet settled below: the desk that settles last asks this one; the minute is for a nudge that was
    // lost.
    const endAt = isPast ? now + (isHeld ? CORRECTION_MS : RETRY_MS) : end;
    const wakes = [nextMs, endAt, turn.retry ? now + RETRY_MS : null];
    if (terms && terms.standing.handedUp > 0 && turn.desk === directive)
      wakes.push(nextLookAt((await findHandedUpAt(tx, directive)) ?? 0, now));
    if (terms && row && row.ownDesk === turn.desk) wakes.push(partialAt(terms, row, ledger.held.nowMs));
    const next = earliest(wakes);
    const saved = await savePlanned(tx, {
      desk: turn.desk,
      // Unissued rows stay asked for, even if this turn was told otherwise before a restore.
      looked: desk?.issued === false ? 0 : turn.asked,
      plannedAt: toIsoOrNull(next),
      endsIfAsked: ends ? turn.asked : null,
    });
    const { ended } = saved;
    const plannedAt = ended ? null : next;
    return {
      ended,
      delayMs:
        plannedAt === null ? null : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, plannedAt + GRACE_MS - now)),
      // A turn that could not even read the mark has looked at nothing: it waits, or it would turn without end.
      again: saved.asked !== saved.looked && turn.asked > 0,
      due: plannedAt !== null && plannedAt + GRACE_MS <= now,
      plannedWake: plannedAt === null ? null : toIso(plannedAt),
      counts,
    };
  });
}

const earliest = (times: readonly (Millis | null)[]): Millis | null => {
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
};

/** After closing a desk stays for corrections; a cancelled one has nothing to stay for. */
function endOf(directive: Directive): Millis | null {
  const { phase, closedAtMs } = directive.standing;
  if (phase === 'cancelled') return closedAtMs ?? 0;
  return phase === 'closed' ? correctionsUntil(directive) : null;
}

/** At its node's due time a desk sends up the reports it has. */
function partialAt(directive: Directive, row: AssignmentRow, nowMs: Millis): Millis | null {
  const { state } = row;
  const { running, rollUp } = clocksOf(directive, state, row.below ?? 0);
  const waits =
    running && rollUp === 'auto' && isOwing(state) && state.copy === null && state.suspended === null;
  return waits && state.dueAt > nowMs ? state.dueAt : null;
}

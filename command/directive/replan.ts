// A changed calendar: plans its open directives again, each in its own transaction; and previews what would move.
import { askDesks } from '../../db/queries/desk.ts';
import { lockDesks } from '../../db/queries/ledger.ts';
import { findDueRule, listDirectivesOf, listOutdated, saveReplanned } from '../../db/queries/replanning.ts';
import { inTransaction, type Db, type Pool } from '../../db/pool.ts';
import { childDue } from '../../domain/policy/margin.ts';
import { resolveDue, workingBetween, type Calendar, type DueRule } from '../../domain/calendar/calendar.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import type { Order } from '../../domain/assignment/order.ts';
import { known } from '../../domain/assignment/retime.ts';
import type { CalendarSource } from '../../reading/calendars.ts';
import { clockwork } from '../ledger/log.ts';
import { movesOf, NO_MOVES, sumMoves, type Moves } from './moving.ts';
import { openLedger } from '../ledger/opening.ts';
import type { Sources } from '../../reading/opening.ts';
import { carryTermsOf, itemDues, type Directive } from '../../reading/terms.ts';

export type ReplanDeps = {
  pool: Pool;
  sources: Sources;
  calendars: CalendarSource;
  nudge(desks: readonly string[]): void;
};

/**
 * The directive's own due times in another calendar; the office keeps the working time it left to the superior. A due
 * time that would be past already stays as it was: a calendar makes no holder late.
 */
function dueIn(
  calendar: Calendar,
  directive: Directive,
  rule: DueRule | null,
  nowMs: Millis,
): { dueAt: Millis; officeDueAt: Millis } {
  const { dueAtMs, officeDueAtMs, receivedAtMs } = directive.terms;
  const was = dueAtMs ?? receivedAtMs;
  const office = officeDueAtMs ?? was;
  const isByRule = rule !== null && typeof rule !== 'string';
  const ruled = isByRule ? known(() => resolveDue(calendar, receivedAtMs, rule)) : null;
  const dueAt = ruled === null || (ruled <= nowMs && nowMs < was) ? was : ruled;
  const marginMs = known(() => workingBetween(directive.calendar, office, was));
  const officeDueAt = marginMs === null ? null : known(() => childDue(calendar, dueAt, marginMs));
  const isOver = officeDueAt === null || (officeDueAt <= nowMs && nowMs < office);
  return { dueAt, officeDueAt: Math.min(isOver ? office : officeDueAt, dueAt) };
}

const orderOf = (directive: Directive, at: Millis): Order => ({
  kind: 'calendar',
  n: directive.standing.orders.length + 1,
  by: null,
  at: toIso(at),
  reason: null,
});

/** Plans one directive with a version of its calendar; nothing where it has been already, or is over. */
async function replanOne(deps: ReplanDeps, id: string, version: number): Promise<void> {
  const nudges = await inTransaction(deps.pool, async (tx) => {
    await lockDesks(tx, [id]);
    const ledger = await openLedger(tx, deps.sources, { directives: [id], desks: [id], assignments: [] });
    const directive = ledger.held.directives.get(id);
    const desk = ledger.held.desks.get(id);
    if (!directive || !desk || directive.standing.phase !== 'open') return [];
    const { terms, standing } = directive;
    if (terms.calendarVersion >= version) return [];
    const calendar = await deps.calendars.at(tx, terms.calendar, version);
    const { dueAt, officeDueAt } = dueIn(calendar, directive, await findDueRule(tx, id), ledger.held.nowMs);
    await saveReplanned(tx, {
      id,
      calendarVersion: version,
      dueAt: toIso(dueAt),
      officeDueAt: toIso(officeDueAt),
      orders: [...standing.orders, orderOf(directive, ledger.held.nowMs)],
    });
    const was = toIso(terms.dueAtMs ?? dueAt);
    const data = { cause: 'calendar' as const, calendar: terms.calendar, version, dueAt: toIso(dueAt), was };
    ledger.appendToDesk(desk, 'rescheduled', data, clockwork(ledger.held.nowMs));
    await ledger.flush(tx);
    return askDesks(tx, { directive: id });
  });
  if (nudges.length > 0) deps.nudge(nudges);
}

/** Directives behind their calendar, up to `limit`; how many there were. Idempotent: by the version each was planned with. */
export async function replanOutdated(deps: ReplanDeps, limit: number): Promise<number> {
  const outdated = await listOutdated(deps.pool, limit);
  for (const { id, version } of outdated) await replanOne(deps, id, version);
  return outdated.length;
}

export type CalendarMoves = {
  moves: Moves;
  directives: { directive: string; was: string; dueAt: string; moves: Moves }[];
  /** There are more than were looked at. */
  more: boolean;
};

/** Directives one preview looks at: some seconds of work. */
const MAX_PREVIEWED = 200;

/** Previews the effect of storing this calendar on everything open under it. */
export async function previewCalendar(
  db: Db,
  sources: Sources,
  about: { id: string; calendar: Calendar; nowMs: Millis },
): Promise<CalendarMoves> {
  const everyVersion = 2 ** 31 - 1;
  const ids = await listDirectivesOf(db, about.id, everyVersion, '', MAX_PREVIEWED + 1);
  const terms = await sources.terms.load(db, ids.slice(0, MAX_PREVIEWED));
  const directives: CalendarMoves['directives'] = [];
  let moves = NO_MOVES;
  for (const directive of terms.values()) {
    const { id, dueAtMs } = directive.terms;
    const { dueAt, officeDueAt } = dueIn(about.calendar, directive, await findDueRule(db, id), about.nowMs);
    const each = await movesOf(db, {
      directive: id,
      officeDueAt,
      itemDueAt: itemDues(directive.terms, about.calendar),
      order: orderOf(directive, about.nowMs),
      terms: { ...carryTermsOf(directive), calendar: about.calendar },
    });
    moves = sumMoves(moves, each);
    directives.push({ directive: id, was: toIso(dueAtMs ?? dueAt), dueAt: toIso(dueAt), moves: each });
  }
  return { moves, directives, more: ids.length > MAX_PREVIEWED };
}

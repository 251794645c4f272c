// The terms of a directive that commands and clocks need, compiled once and kept while its version stands.
import { LRUCache } from 'lru-cache';
import type { Db } from '../db/pool.ts';
import {
  loadStandings,
  loadTerms,
  type DirectiveStanding,
  type DirectiveTerms,
  type StoredItem,
} from '../db/queries/directive.ts';
import { isOwing, type Assignment } from '../domain/assignment/assignment.ts';
import { resolveDue, type Calendar } from '../domain/calendar/calendar.ts';
import type { CarryTerms } from '../domain/assignment/carry.ts';
import type { SendingHand } from '../domain/assignment/decide-report.ts';
import type { DecideContext } from '../domain/assignment/decision.ts';
import { elapsedMs, readDuration, type Millis } from '../domain/instant.ts';
import { compileLadder, type Ladder } from '../domain/policy/rungs.ts';
import type { ClockContext } from '../domain/assignment/clock-context.ts';
import { known } from '../domain/assignment/retime.ts';
import { createCalendarSource, type CalendarSource } from './calendars.ts';

/** The lasting part, shared by every command on the directive. */
export type Compiled = {
  terms: DirectiveTerms;
  calendar: Calendar;
  ladder: Ladder;
  correctionsForMs: number;
  items: ReadonlyMap<string, StoredItem>;
  /** When the office must have an item that is due before the rest. */
  itemDueAt: ReadonlyMap<string, Millis>;
};

/** A directive as a decision sees it: its lasting terms and how far it has come. */
export type Directive = Compiled & { standing: DirectiveStanding };

export type TermsSource = {
  /** Directives by id; an unknown one is missing from the answer. */
  load(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Directive>>;
};

/** Directives kept in memory; forms and policies of the busiest ones, some hundred KB each at most. */
const KEPT = 200;

const compile = (terms: DirectiveTerms, calendar: Calendar): Compiled => ({
  terms,
  calendar,
  ladder: compileLadder(terms.policy),
  correctionsForMs: elapsedMs(readDuration(terms.policy.correctionsFor)),
  items: new Map(terms.items.map((item) => [item.key, item])),
  itemDueAt: itemDues(terms, calendar),
});

/** Calendars by version are the same in every source; one is shared where the process has it anyway. */
export function createTermsSource(calendars: CalendarSource = createCalendarSource()): TermsSource {
  const kept = new LRUCache<string, Compiled>({ max: KEPT });

  return {
    async load(db, ids) {
      const standings = await loadStandings(db, ids);
      const stale = standings.filter(({ id, version }) => kept.get(id)?.terms.version !== version);
      const fresh =
        stale.length === 0
          ? []
          : await loadTerms(
              db,
              stale.map(({ id }) => id),
            );
      const loaded = new Map<string, Compiled>();
      for (const terms of fresh) {
        const calendar = await calendars.at(db, terms.calendar, terms.calendarVersion);
        const compiled = compile(terms, calendar);
        loaded.set(terms.id, compiled);
        // A draft may be thrown away, and another directive take its id and begin at the same version.
        if (terms.issuedAtMs !== null) kept.set(terms.id, compiled);
      }
      return new Map(
        standings.flatMap((standing) => {
          const compiled = loaded.get(standing.id) ?? kept.get(standing.id);
          return compiled ? [[standing.id, { ...compiled, standing }] as const] : [];
        }),
      );
    },
  };
}

/** Due times of items that have their own. */
export function itemDues(
  { items, receivedAtMs }: DirectiveTerms,
  calendar: Calendar,
): ReadonlyMap<string, Millis> {
  return new Map(
    items.flatMap(({ key, due }) => {
      const at = due === undefined ? null : known(() => resolveDue(calendar, receivedAtMs, due));
      return at === null ? [] : [[key, at] as const];
    }),
  );
}

/** When the office must have this item: by its own due time, never after the directive's. */
export function officeDueAt({ terms, itemDueAt }: Compiled, item: string): Millis | null {
  const own = itemDueAt.get(item);
  if (terms.officeDueAtMs === null) return own ?? null;
  return Math.min(terms.officeDueAtMs, own ?? Infinity);
}

/** Until when an approved report may still be corrected; null while the directive is open. */
export function correctionsUntil(directive: Directive): number | null {
  const { closedAtMs } = directive.standing;
  return closedAtMs === null ? null : closedAtMs + directive.correctionsForMs;
}

export function directiveOf(directive: Directive): DecideContext['directive'] {
  const { phase } = directive.standing;
  return { phase: phase === 'draft' ? 'open' : phase, correctionsUntil: correctionsUntil(directive) };
}

export function clocksOf(directive: Directive, assignment: Assignment, below: number): ClockContext {
  const item = directive.items.get(assignment.item);
  return {
    calendar: directive.calendar,
    ladder: directive.ladder,
    running: directive.standing.phase === 'open',
    complete: below === 0,
    // A report that a leader signs does not go up by itself.
    rollUp: asksSignature(directive, assignment) ? 'manual' : (item?.rollUp ?? 'auto'),
  };
}

/** Must a unit's leader sign the reports that leave this assignment? */
export const asksSignature = (directive: Compiled, { item, unit }: Assignment): boolean =>
  unit !== null && directive.items.get(item)?.signOff === 'leader';

/** The hand that sends a merged report up; null where it goes by itself, as all do once the end has been ordered. */
export function handOf(directive: Directive, assignment: Assignment, isLed: boolean): SendingHand {
  const isEnding = assignment.closing !== null || directive.standing.phase === 'closed';
  if (isEnding || clocksOf(directive, assignment, 0).rollUp === 'auto') return null;
  if (asksSignature(directive, assignment) && isLed) return 'signature';
  // A report sent up whole once that needs no signature is restated by itself (api.md §8).
  return isOwing(assignment) ? 'sending' : null;
}

export const carryTermsOf = ({ calendar, ladder, terms }: Compiled): CarryTerms => ({
  calendar,
  ladder,
  receivedAt: terms.receivedAtMs,
});

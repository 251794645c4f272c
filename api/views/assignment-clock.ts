// The clocks of an assignment as a page shows them: what is left in working time, the nearest, and why a light is yellow.
import type { z } from 'zod';
import type { CalendarTerms, ClockFields } from '../../contract/assignment-clock.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { isOwing, owesReceipt, type Assignment } from '../../domain/assignment/assignment.ts';
import { lightOf } from '../../domain/assignment/light.ts';
import { known } from '../../domain/assignment/retime.ts';
import { answerBy } from '../../domain/assignment/waiting.ts';
import { addWorking, workingBetween, type Calendar } from '../../domain/calendar/calendar.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import type { AnswerClock } from '../../domain/policy/rungs.ts';
import { carried, type ViewContext } from './assignment-view.ts';

type Clocks = { [K in keyof typeof ClockFields]: z.output<(typeof ClockFields)[K]> };

function reasonOf(a: Assignment, now: Millis): Clocks['reason'] {
  if (lightOf(a, now) !== 'yellow') return null;
  if (a.presented !== null || a.gathered !== null) return 'toSign';
  if (a.phase === 'returned') return 'returned';
  return owesReceipt(a) && a.acknowledgeBy !== null && a.acknowledgeBy < now ? 'receiptLate' : 'nearDue';
}

const ANSWERS = { review: 'review', decide: 'decision', sign: 'signature' } as const satisfies Record<
  AnswerClock,
  string
>;

function nearestOf({ snapshot }: ViewContext, row: AssignmentRow, a: Assignment): Clocks['nearest'] {
  if (a.suspended !== null) return null;
  const clocks = snapshot.clocksOf(row);
  const running = [
    ...(owesReceipt(a) && a.acknowledgeBy !== null
      ? [{ clock: 'receipt' as const, at: a.acknowledgeBy }]
      : []),
    ...(isOwing(a) ? [{ clock: 'due' as const, at: a.dueAt }] : []),
    ...(Object.keys(ANSWERS) as AnswerClock[]).flatMap((clock) => {
      const at = answerBy(a, clock, clocks)?.at ?? null;
      return at === null ? [] : [{ clock: ANSWERS[clock], at }];
    }),
  ];
  const first = running.sort((x, y) => x.at - y.at)[0];
  return first === undefined ? null : { clock: first.clock, at: toIso(first.at) };
}

const workingLeft = (calendar: Calendar, dueAt: Millis, now: Millis): number | null =>
  known(() => (dueAt < now ? -workingBetween(calendar, dueAt, now) : workingBetween(calendar, now, dueAt)));

/** Does working time run at this instant? Null where the calendar does not know the year. */
const runsNow = (calendar: Calendar, now: Millis): boolean | null =>
  known(() => addWorking(calendar, now, { days: 0, ms: 1 }) === now + 1);

export function assignmentClock(context: ViewContext, row: AssignmentRow): Clocks {
  const { snapshot, now } = context;
  const { terms, calendar } = snapshot.directiveOf(row);
  const state = carried(context, row);
  return {
    clock: {
      calendar: terms.calendar,
      version: terms.calendarVersion,
      workingMsLeft: workingLeft(calendar, state.dueAt, now),
      runsNow: state.suspended === null ? runsNow(calendar, now) : false,
    },
    reason: reasonOf(state, now),
    nearest: nearestOf(context, row, state),
  };
}

/** Years a page may have to reckon in: this one and those beside it. */
const YEARS_AROUND = 1;

/** A calendar without the years no page reckons in. */
export function nearYears(calendar: Calendar, now: Millis): Calendar {
  const year = new Date(now).getUTCFullYear();
  const years = Object.entries(calendar.years).filter(
    ([each]) => Math.abs(Number(each) - year) <= YEARS_AROUND,
  );
  return { ...calendar, years: Object.fromEntries(years) };
}

/** The calendars of these rows, each once. */
export function calendarTerms(
  { snapshot, now }: ViewContext,
  rows: readonly AssignmentRow[],
): CalendarTerms[] {
  const found = new Map<string, CalendarTerms>();
  for (const row of rows) {
    const { terms, calendar } = snapshot.directiveOf(row);
    const { calendar: id, calendarVersion: version } = terms;
    const key = `${id}@${version}`;
    if (!found.has(key)) found.set(key, { id, version, calendar: nearYears(calendar, now) });
  }
  return [...found.values()];
}

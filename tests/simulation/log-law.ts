// Law 6 of design.md §4, read off a desk's log alone: no clock speaks to who owes nothing, and each rung fires once.
import { toMillis, type Millis } from '../../domain/instant.ts';
import type { Clock, Policy } from '../../domain/policy.ts';
import type { Logged } from './row.ts';
import type { Simulation } from './simulation.ts';

/** What a reader of the log knows of one assignment. */
type Known = {
  owes: boolean;
  acknowledged: boolean;
  inReview: boolean;
  dueAt: Millis;
  reported: boolean;
  /** Rungs fired or passed over in this run of each clock, and the last repetition. */
  fired: Partial<Record<Clock, Set<number>>>;
  repeatedAt: Partial<Record<Clock, Millis>>;
};

/** The first rung of a clock that shares the instant of its last: only from there a repetition may follow. */
const rungsOf = (policy: Policy, clock: Clock): number =>
  policy.ladder.filter((rung) => rung.clock === clock).length;

export function clocksSpeakRightly(simulation: Simulation): string[] {
  return [...simulation.desks.values()].flatMap((desk) => {
    const known = new Map<string, Known>();
    return desk.log.flatMap((logged, n) => {
      const what = read(known, logged, simulation.world.policy);
      return what === null
        ? []
        : [`${desk.id}#${n + 1} ${logged.event.type} of ${logged.assignment}: ${what}`];
    });
  });
}

/** Takes one event in; answers what is wrong with it. */
function read(
  all: Map<string, Known>,
  { assignment, event, received, isOver }: Logged,
  policy: Policy,
): string | null {
  if (event.type === 'issued') {
    all.set(assignment, {
      owes: true,
      acknowledged: false,
      inReview: false,
      dueAt: toMillis(event.data.dueAt),
      reported: false,
      fired: {},
      repeatedAt: {},
    });
    return null;
  }
  const a = all.get(assignment);
  if (a === undefined) return 'before its issue';
  switch (event.type) {
    case 'acknowledged':
      a.acknowledged = true;
      return null;
    case 'submitted':
    case 'rolledUp':
    case 'restated': {
      if (event.type !== 'submitted' && !event.data.final) return null;
      const isFirst = !a.reported;
      if (a.owes || a.inReview) begin(a);
      a.reported = true;
      const isHonest = !isFirst || event.data.onTime === received <= a.dueAt;
      return isHonest ? null : 'not on time by receipt';
    }
    case 'corrected':
      begin(a);
      return null;
    case 'returned':
      a.inReview = false;
      a.owes = event.data.correction !== true;
      if (event.data.dueAt !== undefined) {
        a.dueAt = toMillis(event.data.dueAt);
        delete a.fired.due;
        delete a.repeatedAt.due;
      }
      return null;
    case 'approved':
    case 'cancelled':
      a.owes = a.inReview = false;
      return null;
    case 'closed':
      if (event.data.outcome === 'missing') a.owes = false;
      return null;
    case 'receiptOverdue':
      return a.owes && !a.acknowledged && !isOver ? null : 'nobody owes a receipt';
    case 'overdue':
      return a.owes && !isOver ? null : 'nobody owes a report';
    case 'reminded':
      return speaks(a, event.data.clock, isOver);
    case 'escalated': {
      const { clock, rung, of, missed, repeated } = event.data;
      const fired = (a.fired[clock] ??= new Set());
      if (repeated) {
        if (rung !== rungsOf(policy, clock) - 1) return 'only the last rung repeats';
        if (toMillis(of) <= (a.repeatedAt[clock] ?? 0)) return 'repeats twice at one opening';
      }
      for (const index of [rung, ...(missed ?? [])]) {
        if (fired.has(index) && !repeated) return `rung ${index} fires twice`;
        fired.add(index);
      }
      a.repeatedAt[clock] = toMillis(of);
      if (toMillis(of) > received) return 'fires before its time';
      return speaks(a, clock, isOver);
    }
  }
}

/** A report is under review: the review clock begins anew. */
function begin(a: Known): void {
  a.owes = false;
  a.acknowledged = true;
  a.inReview = true;
  delete a.fired.review;
  delete a.repeatedAt.review;
}

function speaks(a: Known, clock: Clock, isOver: boolean): string | null {
  switch (clock) {
    case 'acknowledge':
      return a.owes && !a.acknowledged && !isOver ? null : 'nobody owes a receipt';
    case 'due':
      return a.owes && !isOver ? null : 'nobody owes a report';
    case 'review':
      return a.inReview ? null : 'nobody sits on a review';
    case 'decide':
      return 'nobody has anything to decide';
  }
}

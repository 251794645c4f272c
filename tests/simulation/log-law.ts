// Law 6 of design.md §4, read off a desk's log alone: no clock speaks to who owes nothing, and each rung fires once.
import { subtractWorking } from '../../domain/calendar/calendar.ts';
import { readDuration, toMillis, type Millis } from '../../domain/instant.ts';
import type { Clock, Policy } from '../../domain/policy/policy.ts';
import type { Logged } from './row.ts';
import type { Simulation } from './simulation.ts';
import type { World } from './world.ts';

/** What a reader of the log knows of one assignment. */
type Known = {
  owes: boolean;
  /** A receipt is in, and note has been taken of every amendment. */
  acknowledged: boolean;
  inReview: boolean;
  /** Given back: it is owed, and has been received. */
  givenBack: boolean;
  dueAt: Millis;
  reported: boolean;
  /** Requests that wait for an answer; a report that waits for a signature. */
  asked: Set<string>;
  presented: boolean;
  /** All is in, and a hand is waited for. */
  gathered: boolean;
  /** By whose order its clocks stand still. */
  suspendedBy: Set<string>;
  /** Rungs fired or passed over in this run of each clock, and the last repetition. */
  fired: { [C in Clock]?: Set<number> | undefined };
  repeatedAt: { [C in Clock]?: Millis | undefined };
};

/** The first rung of a clock that shares the instant of its last: only from there a repetition may follow. */
const rungsOf = (policy: Policy, clock: Clock): number =>
  policy.ladder.filter((rung) => rung.clock === clock).length;

export function clocksSpeakRightly(simulation: Simulation): string[] {
  return [...simulation.desks.values()].flatMap((desk) => {
    const known = new Map<string, Known>();
    return desk.log.flatMap((logged, n) => {
      const what = read(known, logged, simulation.world);
      return what === null
        ? []
        : [`${desk.id}#${n + 1} ${logged.event.type} of ${logged.assignment}: ${what}`];
    });
  });
}

function begun(dueAt: Millis): Known {
  return {
    owes: true,
    acknowledged: false,
    inReview: false,
    givenBack: false,
    dueAt,
    reported: false,
    asked: new Set(),
    presented: false,
    gathered: false,
    suspendedBy: new Set(),
    fired: {},
    repeatedAt: {},
  };
}

/** Takes one event in; answers what is wrong with it. */
function read(all: Map<string, Known>, logged: Logged, world: World): string | null {
  const { assignment, event, received, isOver } = logged;
  if (event.type === 'issued') {
    all.set(assignment, begun(toMillis(event.data.dueAt)));
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
      a.gathered = false;
      if (event.type !== 'submitted' && !event.data.final) return null;
      const isFirst = !a.reported;
      // What the issuer has brought is no receipt of the holder's (decision 0016).
      const isBrought = event.type === 'submitted' && event.data.onBehalf === true;
      const { acknowledged } = a;
      if (a.owes || a.inReview) review(a);
      if (isBrought) a.acknowledged = acknowledged;
      a.reported = true;
      const isHonest = !isFirst || event.data.onTime === received <= a.dueAt;
      return isHonest ? null : 'not on time by receipt';
    }
    case 'corrected':
      review(a);
      return null;
    case 'presented':
      a.presented = true;
      restart(a, 'sign');
      return null;
    case 'signed':
      a.presented = a.gathered = false;
      restart(a, 'sign');
      return null;
    case 'gathered':
      a.gathered = true;
      restart(a, 'sign');
      return null;
    case 'withdrawn': {
      const { correction, unsigned } = event.data;
      if (unsigned) {
        a.presented = false;
        restart(a, 'sign');
      } else {
        a.inReview = false;
        a.owes = correction !== true;
      }
      return null;
    }
    case 'reopened': {
      const { was, below, dueAt, acknowledgeBy } = event.data;
      if (below !== undefined) {
        a.owes = true;
        a.inReview = a.givenBack = a.gathered = false;
        if (dueAt !== undefined) moved(a, dueAt);
        if (acknowledgeBy !== undefined) {
          a.acknowledged = false;
          restart(a, 'acknowledge');
        }
        return null;
      }
      if (was === 'approved') {
        a.inReview = true;
        a.owes = false;
        restart(a, 'review');
        if (dueAt !== undefined) moved(a, dueAt);
        if (acknowledgeBy !== undefined) {
          a.acknowledged = false;
          restart(a, 'acknowledge');
        }
        return null;
      }
      a.owes = true;
      a.givenBack = false;
      restart(a, 'due');
      if (dueAt !== undefined) a.dueAt = toMillis(dueAt);
      if (acknowledgeBy !== undefined) restart(a, 'acknowledge');
      return null;
    }
    case 'returned':
      a.inReview = false;
      a.owes = a.givenBack = event.data.correction !== true;
      if (event.data.dueAt !== undefined) moved(a, event.data.dueAt);
      return null;
    case 'extensionRequested':
    case 'transferRequested':
    case 'declined':
      a.asked.add(event.type);
      restart(a, 'decide');
      return null;
    case 'extensionDecided':
      a.asked.delete('extensionRequested');
      restart(a, 'decide');
      if (event.data.dueAt !== undefined && event.data.dueAt !== event.data.was) moved(a, event.data.dueAt);
      return null;
    case 'transferred':
      a.asked.delete('transferRequested');
      a.asked.delete('declined');
      restart(a, 'decide');
      restart(a, 'sign');
      if (!event.data.ruled) a.acknowledged = true;
      else if (a.owes && !a.givenBack) {
        a.acknowledged = false;
        restart(a, 'acknowledge');
      }
      return null;
    case 'transferDeclined':
      a.asked.delete('transferRequested');
      restart(a, 'decide');
      return null;
    case 'declineDecided':
      a.asked.delete('declined');
      restart(a, 'decide');
      return null;
    case 'suspended':
      a.suspendedBy.add(event.data.carried?.of ?? assignment);
      return null;
    case 'resumed':
      a.suspendedBy.delete(event.data.of);
      if (event.data.dueAt !== undefined) a.dueAt = toMillis(event.data.dueAt);
      return null;
    case 'rescheduled':
      if (event.data.dueAt !== event.data.was) moved(a, event.data.dueAt);
      if (event.data.acknowledgeBy !== undefined) restart(a, 'acknowledge');
      return null;
    case 'amended':
      if (event.data.dueAt !== undefined && event.data.dueAt !== event.data.was) moved(a, event.data.dueAt);
      if (event.data.acknowledgeBy !== undefined) {
        a.acknowledged = false;
        restart(a, 'acknowledge');
      }
      return null;
    case 'approved':
    case 'cancelled':
      settle(a, event.type === 'approved');
      return null;
    case 'closed':
      if (event.data.outcome === 'missing') settle(a, false);
      return null;
    case 'decomposed':
      a.presented = a.gathered = false;
      return null;
    case 'progressed':
    case 'partAdded':
    case 'urged':
    case 'commented':
    case 'shared':
      return null;
    case 'receiptOverdue':
      return silent(a) ?? (a.owes && !a.acknowledged && !isOver ? null : 'nobody owes a receipt');
    case 'overdue':
      return silent(a) ?? (a.owes && !isOver ? null : 'nobody owes a report');
    case 'reminded': {
      const { before, clock } = event.data;
      if (before !== undefined) {
        const at = subtractWorking(world.calendar, a.dueAt, readDuration(before));
        if (at > received || received >= a.dueAt) return 'a reminder of another due time';
      }
      return speaks(a, clock, isOver);
    }
    case 'escalated': {
      const { clock, rung, of, missed, repeated, manual } = event.data;
      const fired = (a.fired[clock] ??= new Set());
      if (manual) {
        if (fired.has(rung)) return `rung ${rung} is taken twice`;
        for (let index = 0; index <= rung; index += 1) fired.add(index);
        a.repeatedAt[clock] = toMillis(of);
        return speaks(a, clock, isOver);
      }
      if (repeated) {
        if (rung !== rungsOf(world.policy, clock) - 1) return 'only the last rung repeats';
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

function restart(a: Known, clock: Clock): void {
  a.fired = { ...a.fired, [clock]: undefined };
  a.repeatedAt = { ...a.repeatedAt, [clock]: undefined };
}

/** A new due time, and the ladder from its foot. */
function moved(a: Known, dueAt: string): void {
  a.dueAt = toMillis(dueAt);
  restart(a, 'due');
}

/** A report is under review: the review clock begins anew, and what was asked for is void. */
function review(a: Known): void {
  a.owes = false;
  a.acknowledged = true;
  a.inReview = true;
  a.givenBack = false;
  a.presented = a.gathered = false;
  a.asked.clear();
  restart(a, 'review');
}

/** What has changed since an approved copy still waits to be sent after it. */
function settle(a: Known, isApproved: boolean): void {
  a.owes = a.inReview = a.presented = false;
  a.gathered &&= isApproved;
  a.asked.clear();
  a.suspendedBy.clear();
}

const silent = (a: Known): string | null => (a.suspendedBy.size > 0 ? 'its clocks stand still' : null);

function speaks(a: Known, clock: Clock, isOver: boolean): string | null {
  const still = silent(a);
  if (still !== null) return still;
  switch (clock) {
    case 'acknowledge':
      return a.owes && !a.acknowledged && !isOver ? null : 'nobody owes a receipt';
    case 'due':
      return a.owes && !isOver ? null : 'nobody owes a report';
    case 'review':
      return a.inReview ? null : 'nobody sits on a review';
    case 'decide':
      return a.asked.size > 0 && !isOver ? null : 'nobody has anything to decide';
    case 'sign':
      return a.presented || a.gathered ? null : 'nothing waits for a signature';
  }
}

// Runs the clocks of one assignment: wakes it whenever it asks to be woken, and notes what happened when.
import { evolve } from '../../domain/assignment/evolve.ts';
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { NewEvent } from '../../domain/assignment/happening.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { nextWake, wake, type WakeContext } from '../../domain/clock/ladder.ts';
import type { Reached } from '../../domain/policy/reach.ts';
import { wallOf } from './sample-assignment.ts';

/** Reaches the posts by their names. */
export const byName = (targets: readonly string[]): Reached => ({ notified: [...targets] });

export type Rung = { state: Assignment; events: NewEvent[] };

export function wokenAt(state: Assignment, context: WakeContext, now: Millis): Rung {
  const events = wake(state, context, now, byName);
  return {
    events,
    state: events.reduce((a, event) => evolve(a, { ...event, at: toIso(now), actor: null }), state),
  };
}

/** An event in one line, as in `2026-11-23 11:05 escalated acknowledge 0`. */
export function lineOf(event: NewEvent, now: Millis): string {
  const words: (string | number | undefined)[] = [wallOf(now), event.type];
  if (event.type === 'escalated') words.push(event.data.clock, event.data.rung);
  if (event.type === 'reminded') words.push(event.data.clock, event.data.before);
  if (event.type === 'escalated' && event.data.repeated) words.push('again');
  if (event.type === 'escalated' && event.data.missed) words.push(`missed ${event.data.missed.join()}`);
  return words.filter((word) => word !== undefined).join(' ');
}

/** More wakes than any test needs: beyond this a clock does not move on. */
const MAX_WAKES = 1000;

/** Everything that happens until `end`, each wake at the instant asked for. */
export function runUntil(
  start: Assignment,
  context: WakeContext,
  end: Millis,
): { lines: string[]; state: Assignment } {
  const lines: string[] = [];
  let state = start;
  for (let wakes = 0; wakes < MAX_WAKES; wakes += 1) {
    const now = nextWake(state, context);
    if (now === null || now > end) return { lines, state };
    const woken = wokenAt(state, context, now);
    if (woken.events.length === 0) throw new Error(`asked to be woken at ${wallOf(now)} for nothing`);
    lines.push(...woken.events.map((event) => lineOf(event, now)));
    state = woken.state;
  }
  throw new Error('the clock does not move on');
}

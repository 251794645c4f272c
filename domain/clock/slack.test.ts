// Promises of the live budget: what is left above a late part is divided fairly, never past what stands above.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, inStage, wallOf } from '../../tests/support/sample-assignment.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { divideSlack } from './slack.ts';

const { work, always } = builtInCalendars;
const level = (id: string, dueAt: number, changes: Partial<Assignment> = {}): Assignment => ({
  ...inStage('acknowledged', { node: true }),
  id,
  dueAt,
  basis: { by: 'margin', ms: 0 },
  ...changes,
});
/** A community due at 14:00, its street at 15:30, its task force at 16:30, the office at 17:15. */
const STREET = level('street', at('2026-11-24 15:30'));
const FORCE = level('force', at('2026-11-24 16:30'));
const chain = {
  lateDueAt: at('2026-11-24 14:00'),
  above: [STREET, FORCE],
  officeDueAt: at('2026-11-24 17:15'),
};
const walls = (moved: { id: string; dueAt: number }[]): string[] =>
  moved.map(({ id, dueAt }) => `${id} ${wallOf(dueAt)}`);

describe('the slack above a late part', () => {
  it('is divided in the proportions it had: half an hour late, 165 of 195 minutes are left', () => {
    const moved = divideSlack(work, { ...chain, now: at('2026-11-24 14:30') });
    expect(walls(moved)).toEqual(['street 2026-11-24 15:46', 'force 2026-11-24 16:36']);
  });

  it('moves nothing at the due time itself, nor once no time is left', () => {
    expect(divideSlack(work, { ...chain, now: at('2026-11-24 14:00') })).toEqual([]);
    expect(divideSlack(work, { ...chain, now: at('2026-11-24 17:15') })).toEqual([]);
    expect(divideSlack(work, { ...chain, now: at('2026-11-24 18:30') })).toEqual([]);
  });

  it('stops below a due time given by hand, and at who owes nothing any more', () => {
    const now = at('2026-11-24 14:30');
    const byHand = { ...FORCE, basis: { by: 'instant' as const } };
    expect(walls(divideSlack(work, { ...chain, now, above: [STREET, byHand] }))).toEqual([
      'street 2026-11-24 15:42',
    ]);
    const reported = { ...STREET, phase: 'submitted' as const };
    expect(divideSlack(work, { ...chain, now, above: [reported, FORCE] })).toEqual([]);
  });

  it('never makes a level due earlier than it was, nor after the one above it', () => {
    const gaps = fc.array(fc.nat({ max: 600 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: -60, max: 6_000 }), fc.boolean(), (minutes, lateBy, isWork) => {
        const calendar = isWork ? work : always;
        let dueAt = chain.lateDueAt;
        const dues = minutes.map((gap) => (dueAt += gap * 60_000));
        const above = dues.slice(0, -1).map((due, n) => level(`level ${n}`, due));
        const officeDueAt = dues.at(-1) ?? dueAt;
        const now = chain.lateDueAt + lateBy * 60_000;
        const moved = new Map(
          divideSlack(calendar, { now, lateDueAt: chain.lateDueAt, above, officeDueAt }).map(
            ({ id, dueAt: due }) => [id, due],
          ),
        );
        const after = [...above.map(({ id, dueAt: due }) => moved.get(id) ?? due), officeDueAt];
        after.forEach((due, n) => {
          expect(due).toBeGreaterThanOrEqual(dues[n] ?? 0);
          expect(due).toBeLessThanOrEqual(after[n + 1] ?? Infinity);
        });
      }),
    );
  });
});

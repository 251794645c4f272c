// Laws of carry over random trees and random orders: nothing due after what is above it, nothing twice, whenever it is taken in.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at } from '../../tests/support/sample-assignment.ts';
import { SmallTree, TREE } from '../../tests/support/small-tree.ts';
import type { Assignment } from './assignment.ts';
import { carry, carriedState } from './carry.ts';
import { ancestorsOf } from '../code.ts';
import { toIso } from '../instant.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const minutes = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max }).map((n) => n * MINUTE_MS);
const nodes = fc.constantFrom(...TREE);
/** Those with something below them. */
const ABOVE = TREE.slice(0, 3);

/** One step of the tree's life, and how much time has passed before it. */
type Step = { waited: number; take: (tree: SmallTree) => void };

const suspendingOf = (ids: fc.Arbitrary<string>): fc.Arbitrary<Step['take']> =>
  fc.tuple(ids, minutes(2_880)).map(([id, ms]) => (tree: SmallTree) => {
    tree.command(id, { verb: 'suspend', until: toIso(tree.now + ms), reason: 'flood' });
  });
const resumingOf = (ids: fc.Arbitrary<string>): fc.Arbitrary<Step['take']> =>
  ids.map((id) => (tree: SmallTree) => {
    tree.command(id, { verb: 'resume' });
  });
const extendingOf = (ids: fc.Arbitrary<string>): fc.Arbitrary<Step['take']> =>
  fc.tuple(ids, minutes(1_440)).map(([id, ms]) => (tree: SmallTree) => {
    tree.extend(id, ms);
  });
/** By hand, anywhere between now and the time of the level above. */
const reschedulingOf = (ids: fc.Arbitrary<string>): fc.Arbitrary<Step['take']> =>
  fc.tuple(ids, fc.integer({ min: 1, max: 100 })).map(([id, percent]) => (tree: SmallTree) => {
    const left = tree.parentDueAt(id) - tree.now;
    const due = toIso(tree.now + Math.round((left * percent) / 100));
    tree.command(id, { verb: 'reschedule', due, reason: 'flood' });
  });
const [suspending, resuming, extending] = [suspendingOf(nodes), resumingOf(nodes), extendingOf(nodes)];
const rescheduling = reschedulingOf(nodes);
const taking = nodes.map((id) => (tree: SmallTree) => {
  tree.take(id);
});
const waking = nodes.map((id) => (tree: SmallTree) => {
  tree.wake(id);
});
const amending = fc
  .tuple(
    fc.option(fc.record({ due: minutes(7_200), margins: fc.array(fc.nat(4 * HOUR_MS), { maxLength: 4 }) }), {
      nil: undefined,
    }),
    fc.nat(5),
  )
  .map(([change, amendment]) => (tree: SmallTree) => {
    if (change !== undefined) tree.office.dueAt = at('2026-11-23 12:00') + change.due;
    tree.order({ kind: 'amend', amendment, ...(change ? { margins: change.margins } : {}) });
  });
const recalculating = fc.constant((tree: SmallTree) => {
  tree.order({ kind: 'calendar' });
});
const ending = fc.tuple(nodes, fc.constantFrom('cancel', 'close')).map(([id, verb]) => (tree: SmallTree) => {
  tree.command(id, verb === 'cancel' ? { verb: 'cancel', reason: 'over' } : { verb: 'close' });
});

const stepsOf = (...takes: fc.Arbitrary<Step['take']>[]): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ waited: minutes(600), take: fc.oneof(...takes) }), { maxLength: 25 });

/** Dues within a working week, none after that of the level above. */
const dues = fc
  .tuple(minutes(6_000), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }))
  .map(([window, parts]) => {
    const first = at('2026-11-23 12:00') + window;
    const out = [first];
    TREE.forEach((id, n) => {
      const above = ancestorsOf(id).at(-1);
      const parent = (above === undefined ? first : out[TREE.indexOf(above) + 1]) ?? first;
      const from = at('2026-11-23 11:00');
      out.push(Math.round(from + (parts[n] ?? 0) * (parent - from)));
    });
    return out;
  });

describe('law 2: nothing is due after what is above it', () => {
  it('in any tree, after any orders, taken in in any order', () => {
    const steps = stepsOf(
      suspending,
      resuming,
      extending,
      extending,
      rescheduling,
      taking,
      waking,
      amending,
      recalculating,
      ending,
    );
    fc.assert(
      fc.property(dues, steps, (from, happening) => {
        const tree = new SmallTree(from);
        for (const { waited, take } of happening) {
          tree.now += waited;
          take(tree);
          for (const id of TREE) {
            const shown = tree.shown(id);
            const isSettled = ['approved', 'cancelled', 'missing'].includes(shown.phase);
            if (!isSettled) expect(shown.dueAt).toBeLessThanOrEqual(tree.parentDueAt(id));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('carry', () => {
  it('of what has been taken in already is nothing, after any orders', () => {
    const steps = stepsOf(
      suspending,
      resuming,
      extending,
      rescheduling,
      amending,
      recalculating,
      ending,
      waking,
    );
    fc.assert(
      fc.property(dues, steps, (from, happening) => {
        const tree = new SmallTree(from);
        for (const { waited, take } of happening) {
          tree.now += waited;
          take(tree);
        }
        for (const id of TREE) {
          const once = tree.shown(id);
          expect(carry(once, tree.above(id), tree.terms)).toEqual([]);
          expect(carriedState(once, tree.above(id), tree.terms)).toBe(once);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes to the same whether each order is taken in as it is given or all of them at the end', () => {
    // The office’s time is far away, so that nothing is cut short by it: what is left is the orders themselves.
    const far = [at('2026-12-30 17:00'), at('2026-12-01 10:00')];
    const rest = ['2026-11-30 10:00', '2026-11-27 10:00', '2026-11-27 09:00', '2026-11-26 10:00'].map(at);
    const above = fc.constantFrom(...ABOVE);
    const steps = stepsOf(
      suspendingOf(above),
      suspendingOf(above),
      resumingOf(above),
      extendingOf(above),
      reschedulingOf(above),
    );
    const alike = ({ dueAt, suspended, pausedMs, taken, acknowledgeBy, carried, phase }: Assignment) => ({
      dueAt,
      suspended,
      pausedMs,
      taken,
      acknowledgeBy,
      carried,
      phase,
    });
    fc.assert(
      fc.property(steps, (happening) => {
        const [late, prompt] = [new SmallTree([...far, ...rest]), new SmallTree([...far, ...rest])];
        for (const { waited, take } of happening) {
          for (const tree of [late, prompt]) {
            tree.now += waited;
            // A node that gives orders is awake; the leaves below hear of them at once, or only at the end.
            for (const id of ABOVE) tree.wake(id);
            take(tree);
            if (tree === prompt) for (const id of TREE) tree.take(id);
          }
        }
        for (const id of TREE) expect(alike(late.shown(id))).toEqual(alike(prompt.shown(id)));
      }),
      { numRuns: 1_000 },
    );
  });
});

// The nine laws of design.md §4, checked after every step of random runs of a whole directive on the pure core.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countsAddUp,
  dueInTime,
  figuresOfLeaves,
  nothingForgotten,
  oneHolder,
  placesKept,
  repeatable,
  type Law,
} from './laws.ts';
import { clocksSpeakRightly } from './log-law.ts';
import { Simulation } from './simulation.ts';
import { steps, take } from './steps.ts';
import { createWorld, worldSeeds } from './world.ts';

/** Sequences a law; a failure prints its seed and path, which SIMULATION_SEED and the path in fast-check repeat. */
const RUNS = Number(process.env['SIMULATION_RUNS'] ?? 500);
const SEED = process.env['SIMULATION_SEED'];

/** `settled`: the law binds once the desks have looked, not between a command and their turn. */
function holds(law: Law, moment: 'always' | 'settled' = 'always'): void {
  fc.assert(
    fc.property(worldSeeds, steps, (seed, taken) => {
      const simulation = new Simulation(createWorld(seed));
      expect(law(simulation)).toEqual([]);
      for (const step of taken) {
        take(simulation, step);
        if (moment === 'settled') simulation.advance(0, false);
        expect(law(simulation)).toEqual([]);
      }
    }),
    { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  );
}

describe('in any run of a directive', () => {
  it('law 1: every assignment has exactly one holder, at every event', () => {
    holds(oneHolder);
  });

  it('law 2: a child’s due time is never after its parent’s', () => {
    holds(dueInTime);
  });

  it('law 3: figures are merged from the leaves below, each once, in the version its issuer approved last', () => {
    holds(figuresOfLeaves, 'settled');
  });

  it('law 4: counts sum to the total, coverage is true at every node, and desks count what is unsettled', () => {
    holds(countsAddUp, 'settled');
  });

  it('law 5: nothing unsettled is forgotten, neither by its holder nor by the issuer who sits on a review', () => {
    holds(nothingForgotten, 'settled');
  });

  it('law 6: no reminder or escalation after the report is in, each rung once, on time by receipt', () => {
    holds(clocksSpeakRightly);
  });

  it('law 7: folding the log gives the row, and doing anything again changes nothing', () => {
    holds(repeatable);
  });

  it('law 9: nobody reads or moves what is outside their place in the tree', () => {
    holds(placesKept);
  });
});

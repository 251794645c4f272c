// One random run after another: every law is asked after every step; what breaks one is shrunk and told with its seed.
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { chainsHold } from './chain-law.ts';
import {
  countsAddUp,
  dueInTime,
  figuresOfLeaves,
  nothingForgotten,
  oneHolder,
  placesKept,
  repeatable,
  versionsRise,
  type Law,
} from './laws.ts';
import { clocksSpeakRightly } from './log-law.ts';
import { SEED } from '../support/seed.ts';
import { Simulation } from './simulation.ts';
import { steps, take } from './steps.ts';
import { createWorld, worldSeeds } from './world.ts';

/** Sequences a file; two files make the whole. Fewer for a quick look. */
const RUNS = Number(process.env['SIMULATION_RUNS'] ?? 5_000);

/** Laws that hold between a command and the desks' turn too, by number. */
const ALWAYS: Readonly<Record<number, Law>> = {
  1: oneHolder,
  2: dueInTime,
  6: clocksSpeakRightly,
  7: repeatable,
  9: placesKept,
};
/** As law 3: between a command and the desks' turn figures are read as well. */
const READ: Readonly<Record<number, Law>> = { 3: versionsRise };
/** Laws that bind once the desks have looked. */
const SETTLED: Readonly<Record<number, Law>> = { 3: figuresOfLeaves, 4: countsAddUp, 5: nothingForgotten };
/** The chain covers the whole log: once at the end says as much as after each step. */
const AT_THE_END: Readonly<Record<number, Law>> = { 8: chainsHold };

function broken(simulation: Simulation, laws: Readonly<Record<number, Law>>): Record<string, string[]> {
  const answers = Object.entries(laws).map(([n, law]) => [`law ${n}`, law(simulation)] as const);
  return Object.fromEntries(answers.filter(([, problems]) => problems.length > 0));
}

/** `settling`: the desks look after every step, and all laws are asked; else only those that always hold. */
export function runAll(settling: boolean): void {
  // To standard error: what a run prints of itself goes by.
  process.stderr.write(`${RUNS} sequences, SIMULATION_SEED=${SEED}\n`);
  fc.assert(
    fc.property(worldSeeds, steps, (world, taken) => {
      const simulation = new Simulation(createWorld(world));
      for (const step of taken) {
        take(simulation, step);
        expect(broken(simulation, READ)).toEqual({});
        if (settling) simulation.advance(0, false);
        expect(broken(simulation, settling ? { ...ALWAYS, ...SETTLED } : ALWAYS)).toEqual({});
      }
      expect(broken(simulation, AT_THE_END)).toEqual({});
    }),
    { numRuns: RUNS, seed: SEED },
  );
}

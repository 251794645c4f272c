// The nine laws of design.md §4 in random runs of a whole directive whose desks look after every step.
import { describe, it } from '@jest/globals';
import { runAll } from './run.ts';

describe('in any run of a directive whose desks keep up', () => {
  it('the nine laws hold after every step', () => {
    runAll(true);
  }, 900_000);
});

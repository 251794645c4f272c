// Laws 1, 2, 6, 7, 8 and 9 of design.md §4 in random runs whose desks lag behind what is ordered and reported.
import { describe, it } from '@jest/globals';
import { runAll } from './run.ts';

describe('in any run of a directive whose desks lag behind', () => {
  it('custody, due times, clocks, the log, its chain and the walls hold after every step', () => {
    runAll(false);
  }, 900_000);
});

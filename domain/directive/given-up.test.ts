// Promises of the numbers cancelled directives give up.
import { expect, it } from '@jest/globals';
import { givenUp } from './given-up.ts';

it('says that it was cancelled, and counts those of one number', () => {
  const taken = new Set(['L-1']);
  const names = [1, 2, 3].map(() => {
    const name = givenUp('L-1', taken);
    taken.add(name);
    return name;
  });
  expect(names).toEqual(['L-1（撤销）', 'L-1（撤销2）', 'L-1（撤销3）']);
});

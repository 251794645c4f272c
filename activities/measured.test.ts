// Promises of measured activities: results are unchanged; times and failures are reported.
import { expect, it } from '@jest/globals';
import { CancelledFailure } from '@temporalio/common';
import { measured } from './measured.ts';

const seen: [string, boolean][] = [];
const activities = measured(
  {
    double: (n: number) => Promise.resolve(n * 2),
    fail: (): Promise<never> => Promise.reject(new Error('no')),
    end: (): Promise<never> => Promise.reject(new CancelledFailure('the worker ends')),
  },
  (activity, seconds, failed) => {
    expect(seconds).toBeGreaterThanOrEqual(0);
    seen.push([activity, failed]);
  },
);

it('passes on what goes in and comes out, and takes no cancellation for a failure', async () => {
  expect(await activities.double(4)).toBe(8);
  await expect(activities.fail()).rejects.toThrow('no');
  await expect(activities.end()).rejects.toThrow('the worker ends');
  expect(seen).toEqual([
    ['double', false],
    ['fail', true],
  ]);
});

// Promises about slots.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createSlots } from './slots.ts';

it('are never more in use than there are, and none is lost by a fault', async () => {
  const slots = createSlots(3);
  let [underWay, most, done] = [0, 0, 0];
  for (let n = 0; n < 20; n += 1) {
    await slots.free();
    slots.start(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await pause(n % 4);
      underWay -= 1;
      done += 1;
      if (n === 5) throw new Error('a fault');
    });
  }
  await expect(slots.idle()).rejects.toThrow('a fault');
  expect([most, done, underWay]).toEqual([3, 20, 0]);
});

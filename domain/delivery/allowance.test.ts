// Promises about a robot's allowance.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BURST, takeAllowance } from './allowance.ts';

it('lets no more than 20 messages fall into any minute, and always lets some', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 100, maxLength: 300 });
  fc.assert(
    fc.property(pauses, (waits) => {
      const sent: number[] = [];
      let [now, fullAt] = [0, 0];
      for (const wait of waits) {
        now += wait;
        const taken = takeAllowance(fullAt, now);
        if (taken.granted) {
          sent.push(now);
          ({ fullAt } = taken);
        } else expect(takeAllowance(fullAt, now + taken.afterMs).granted).toBe(true);
      }
      expect(sent.length).toBeGreaterThanOrEqual(BURST);
      for (const at of sent)
        expect(sent.filter((each) => each >= at && each < at + 60_000).length).toBeLessThanOrEqual(20);
    }),
  );
});

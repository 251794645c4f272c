// The stream's ids: written and read back, and an id we never wrote is not read.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compareTransactions,
  eventsAfter,
  notificationsAfter,
  readPosition,
  writePosition,
  type Position,
} from './stream-position.ts';

const transaction = {
  epoch: fc.integer({ min: 1, max: 1000 }),
  tx: fc.bigInt({ min: 3n, max: 10n ** 17n }).map(String),
};
const position: fc.Arbitrary<Position> = fc.oneof(
  fc.record({ kind: fc.constant('below' as const), ...transaction }),
  fc.record({
    kind: fc.constant('event' as const),
    ...transaction,
    desk: fc.constantFrom('volunteer-sites', 'd.sites.TF-ZY', 'd.sites.TF-ZY.DD~2', 'a_b.c'),
    seq: fc.nat(),
  }),
  fc.record({ kind: fc.constant('notification' as const), ...transaction, id: fc.nat() }),
);

describe('a position in the stream', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(position, (each) => {
        expect(readPosition(writePosition(each))).toEqual(each);
      }),
    );
  });

  it.each([
    '',
    '0',
    'x.1.2',
    'b.1',
    'b.1.2.3',
    'n.1.2',
    'e.1.2.3',
    'e.1.2.x.d',
    'n.1.2.3.d',
    'b.1.-2',
    'b.9999999999.1',
    'e.1.2.3.d;--',
  ])('%j is none', (text) => {
    expect(readPosition(text)).toBeNull();
  });

  it('orders transactions as numbers, by epoch first', () => {
    expect(compareTransactions({ epoch: 1, tx: '9' }, { epoch: 1, tx: '10' })).toBeLessThan(0);
    expect(compareTransactions({ epoch: 2, tx: '9' }, { epoch: 1, tx: '10' })).toBeGreaterThan(0);
    expect(compareTransactions({ epoch: 1, tx: '9' }, { epoch: 1, tx: '9' })).toBe(0);
  });

  it('within a transaction has the events before the notifications', () => {
    const afterEvent: Position = { kind: 'event', epoch: 1, tx: '7', desk: 'd', seq: 4 };
    expect(eventsAfter(afterEvent)).toEqual({ epoch: 1, tx: '7', desk: 'd', seq: 4 });
    expect(notificationsAfter(afterEvent)).toEqual({ epoch: 1, tx: '7', id: 0 });
    const afterNotification: Position = { kind: 'notification', epoch: 1, tx: '7', id: 9 };
    expect(eventsAfter(afterNotification)).toEqual({ epoch: 1, tx: '8', desk: '', seq: -1 });
    expect(notificationsAfter(afterNotification)).toEqual({ epoch: 1, tx: '7', id: 9 });
  });
});

// Promises of the times a directive is given: a wrong month or year shows, by its place and with the limits.
import { describe, expect, it } from '@jest/globals';
import { at } from '../../tests/support/sample-assignment.ts';
import { DirectiveRequest } from './directive.ts';
import { wordsOf } from '../failure.ts';
import { faultsOfGivenTimes } from './given-times.ts';

const NOW = at('2026-11-23 10:35');
const request = (changes: object): DirectiveRequest =>
  DirectiveRequest.parse({
    number: '1',
    title: 't',
    due: { workdays: 1, at: '17:30' },
    items: [{ key: 'i', title: 't', dispatch: [{ taskForce: 'TF' }] }],
    ...changes,
  });
const faults = (changes: object, isCopied = false): string[] =>
  faultsOfGivenTimes(request(changes), NOW, isCopied).map(({ path, code }) => `${path} ${code}`);
const iso = (wall: string): string => `${wall.replace(' ', 'T')}:00+08:00`;

describe('the receipt', () => {
  it.each([
    ['2026-10-24 10:35', []],
    ['2026-10-23 10:34', ['receivedAt OUT_OF_RANGE']],
    ['2026-12-24 10:35', []],
    ['2026-12-24 10:36', ['receivedAt OUT_OF_RANGE']],
    ['2025-11-23 10:35', ['receivedAt OUT_OF_RANGE']],
  ])('of %s', (wall, expected) => {
    expect(faults({ receivedAt: iso(wall) })).toEqual(expected);
  });

  it('is not after the due time', () => {
    const due = iso('2026-11-24 17:30');
    expect(faults({ due, receivedAt: iso('2026-11-24 17:30') })).toEqual([]);
    expect(faults({ due, receivedAt: iso('2026-11-24 17:31') })).toEqual(['receivedAt OUT_OF_RANGE']);
  });
});

describe('a due time', () => {
  const deep = (due: string): object => ({
    items: [
      {
        key: 'i',
        title: 't',
        dispatch: [
          {
            taskForce: 'TF',
            receivers: [
              { unit: 'DD', receivers: [{ unit: 'DD-1', due }] },
              { group: 'street', due },
            ],
          },
          { taskForce: 'TG', due, receivers: { group: 'street', due } },
        ],
      },
    ],
  });

  it('lies neither before now nor more than ten years away, at any place', () => {
    for (const due of [iso('2026-11-23 10:34'), iso('2036-11-24 10:36')]) {
      expect(faults({ due })).toEqual(['due OUT_OF_RANGE']);
      expect(faults(deep(due))).toEqual([
        'items[0].dispatch[0].receivers[0].receivers[0].due OUT_OF_RANGE',
        'items[0].dispatch[0].receivers[1].due OUT_OF_RANGE',
        'items[0].dispatch[1].due OUT_OF_RANGE',
        'items[0].dispatch[1].receivers.due OUT_OF_RANGE',
      ]);
    }
    expect(faults({ due: iso('2036-11-23 10:35') })).toEqual([]);
  });

  it('is no span that is longer in any calendar', () => {
    expect(faults({ due: { within: 'PT200000H' } })).toEqual(['due OUT_OF_RANGE']);
    expect(faults({ due: { within: 'P3653D' } })).toEqual([]);
  });

  it('of a copied draft may have passed, but is never ten years away', () => {
    expect(faults({ due: iso('2025-11-23 10:34') }, true)).toEqual([]);
    expect(faults({ due: iso('2086-11-23 10:34') }, true)).toEqual(['due OUT_OF_RANGE']);
  });

  it('names the limits as people read them', () => {
    const [fault] = faultsOfGivenTimes(request({ due: iso('2025-11-23 10:34') }), NOW, false);
    expect(fault && wordsOf(fault, 'zh')).toBe('超出范围（2026-11-23 10:35 至 2036-11-23 10:35）');
  });
});

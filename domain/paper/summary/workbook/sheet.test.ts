// Promises about sheets as data: names every spreadsheet takes, columns and days as it counts them, no cell too long.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnNameFromZero, createSheetNames, dayNumber, instantNumber, textCell } from './sheet.ts';
import { levelsWithin } from './size.ts';

describe('the names of sheets', () => {
  it('are short, legal and never alike, for any titles', () => {
    const wanted = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('汇总', '汇总', 'History', "'a'", '', '[x]:*?/\\', '甲'.repeat(40)),
    );
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 20 }), (all) => {
        const names = all.map(createSheetNames());
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(all.length);
        for (const name of names) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(31);
          expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^\s|\s$/);
          expect(name.toLowerCase()).not.toBe('history');
          expect(name.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe('cells', () => {
  it('are named and dated as a spreadsheet does', () => {
    expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnNameFromZero)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
      'XFD',
    ]);
    expect(dayNumber('1900-03-01')).toBe(61);
    expect(dayNumber('2026-11-24')).toBe(46_350);
    expect(instantNumber('2026-11-24T09:30:59.999Z')).toBeCloseTo(46_350 + 17.5 / 24, 9);
  });

  it('hold no more than a spreadsheet reads', () => {
    expect(String(textCell('长'.repeat(100_000)).value)).toHaveLength(32_767);
    expect(textCell('=1+1')).toEqual({ value: '=1+1', look: 'text' });
  });
});

describe('the levels that fit', () => {
  it.each([
    [[1, 12, 36], 100, 3],
    [[1, 12, 36], 40, 2],
    [[1, 12, 36], 12, 1],
    [[2_000], 10, 1],
    [[], 10, 0],
  ])('of %j within %i rows are %i', (counts, rows, levels) => {
    expect(levelsWithin(counts, rows)).toBe(levels);
  });
});

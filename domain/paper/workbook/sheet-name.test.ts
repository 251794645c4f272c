// Promises of sheet names: allowed, and no two alike.
import { expect, it } from '@jest/globals';
import { sheetName } from './sheet-name.ts';

it('makes any labels into names a spreadsheet takes, no two alike', () => {
  const taken = new Set<string>();
  const names = [
    '明细',
    '明细',
    '点位:清单/[1]*?\\',
    "'",
    'History',
    '字'.repeat(40),
    '字'.repeat(40),
    `${'x'.repeat(30)}😀`,
    '',
  ].map((label) => {
    const name = sheetName(label, taken);
    taken.add(name.toLowerCase());
    return name;
  });
  expect(names.slice(0, 5)).toEqual(['明细', '明细_2', '点位 清单 1', '_', '_History']);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name.length).toBeLessThanOrEqual(31);
    expect(name).toMatch(/^[^[\]:*?/\\']+$/);
    expect(name.isWellFormed()).toBe(true);
  }
});

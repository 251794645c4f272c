// Promises of printed sheets: never below seven points, on the smallest paper that allows it.
import { describe, expect, it } from '@jest/globals';
import { printPage } from './print-page.ts';

const columns = (n: number, width = 15): number[] => Array.from({ length: n }, () => width);

describe('the page of a sheet', () => {
  it.each([
    ['a narrow form stands upright', columns(4), true, { paper: 'A4', isLandscape: false, scale: null }],
    ['a table lies on its side', columns(8), false, { paper: 'A4', isLandscape: true, scale: null }],
    ['a wide one is printed on A3', columns(14), false, { paper: 'A3', isLandscape: true, scale: null }],
    ['a wider one on several', columns(40), false, { paper: 'A3', isLandscape: true, scale: 85 }],
  ])('%s', (_, widths, isUpright, page) => {
    expect(printPage(widths, { smallest: 10, isUpright })).toMatchObject(page);
  });

  it('says how many columns the first of several has', () => {
    const { columnsOnFirst, scale } = printPage([0, ...columns(60)], { smallest: 9 });
    expect(scale).not.toBeNull();
    expect(columnsOnFirst).toBeGreaterThan(5);
    expect(columnsOnFirst).toBeLessThan(20);
  });

  it('has no letters below seven points, with any content', () => {
    for (let n = 1; n <= 80; n += 1) {
      const widths = columns(n, 22);
      const { scale, paper, isLandscape } = printPage(widths, { smallest: 9 });
      const room = paper === 'A3' ? 1_133 : isLandscape ? 784 : 537;
      const share = scale === null ? Math.min(1, room / (n * (22 * 5.7 + 4))) : scale / 100;
      expect(9 * share).toBeGreaterThanOrEqual(7);
    }
  });
});

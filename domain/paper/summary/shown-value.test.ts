// Promises of values as they are shown: rounded by their field, as spreadsheets round, and never changed into another figure.
import { describe, expect, it } from '@jest/globals';
import { numberText, percentText, shownText } from './shown-value.ts';

describe('a number that is shown', () => {
  it.each([
    [1.005, 2, '1.01'],
    [1234567.891234, 2, '1,234,567.89'],
    [0.5, 0, '1'],
    [2.5, 0, '3'],
    [-1.005, 2, '-1.01'],
    [-0.004, 2, '0.00'],
    [12, 2, '12.00'],
    [999999.995, 2, '1,000,000.00'],
    [0.000001, 6, '0.000001'],
    [0.000001, 3, '0.000'],
    [1e12, 1, '1,000,000,000,000.0'],
    [12.345678, undefined, '12.345678'],
  ])('%d with %s decimals is %s', (value, decimals, text) => {
    expect(numberText(value, decimals)).toBe(text);
  });

  it.each([
    [0.855, 0, '86%'],
    [0.85125, 2, '85.13%'],
    [0.5, 1, '50.0%'],
    [0.123456, undefined, '12.3456%'],
  ])('as a percentage %d with %s decimals is %s', (value, decimals, text) => {
    expect(percentText(value, decimals)).toBe(text);
  });

  it('is written with the decimals of its field or column', () => {
    const about = { language: 'zh' as const, files: {} };
    const column = { key: 'n', label: '数', required: false };
    expect(shownText({ ...column, type: 'number', decimals: 1 }, 3.14159, about)).toBe('3.1');
    expect(shownText({ ...column, type: 'percent', decimals: 0 }, 0.856, about)).toBe('86%');
    expect(shownText({ ...column, type: 'number' }, 3.14159, about)).toBe('3.14159');
  });
});

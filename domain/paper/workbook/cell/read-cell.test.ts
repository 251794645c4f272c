// Promises of reading one cell: an entry with one meaning is taken, one with two meanings is sent back.
import { describe, expect, it } from '@jest/globals';
import { Field } from '../../../form/field.ts';
import type { Cell } from './cell.ts';
import { readCell } from './read-cell.ts';
import { slotsOf } from './slot.ts';

/** The value, `!CODE`, or undefined for an empty cell. */
function said(asked: object, cell: Cell | undefined): unknown {
  const [slot] = slotsOf(Field.parse({ key: 'k', label: 'k', ...asked }));
  if (!slot) throw new Error('no slot');
  const read = readCell(slot, cell);
  if (read === null) return undefined;
  return 'value' in read ? read.value : `!${read.misread.code}`;
}

const cases = (asked: object, all: [Cell, unknown][]): void => {
  it.each(all)('%j is %j', (cell, value) => {
    expect(said(asked, cell)).toEqual(value);
  });
};

describe('a number', () => {
  cases({ type: 'number' }, [
    [1.5, 1.5],
    ['1,234', 1234],
    ['1,234,567.25', 1234567.25],
    [' １２３．５ ', 123.5],
    ['\u22125', -5],
    ['+7', 7],
    ['1,23', '!NOT_A_NUMBER'],
    ['1.234,5', '!NOT_A_NUMBER'],
    ['12 个', '!NOT_A_NUMBER'],
    ['1 000', '!NOT_A_NUMBER'],
    ['1e5', '!NOT_A_NUMBER'],
    ['50%', '!NOT_A_NUMBER'],
    [true, '!NOT_A_NUMBER'],
    [{ date: 45170 }, '!NOT_A_NUMBER'],
    [{ formula: '1+1' }, '!CELL_FORMULA'],
    [{ formula: '1+1', result: 2 }, 2],
    [{ formula: 'DISPIMG("a",1)', result: '=DISPIMG("a",1)' }, '!CELL_PICTURE'],
    ['(12)', -12],
    ['（1,200）', -1200],
    ['(-12)', '!NOT_A_NUMBER'],
    ['￥150,000.50', 150000.5],
    ['-', '!NOTHING_WRITTEN'],
    ['／', '!NOTHING_WRITTEN'],
    ['无', '!NOTHING_WRITTEN'],
    [{ percent: 0.85 }, '!NOT_A_NUMBER'],
    [{ time: 0.354 }, '!NOT_A_NUMBER'],
    [{ error: '#N/A' }, '!CELL_ERROR'],
    // A sum pasted as a value: the cell shows 0.3.
    [0.1 + 0.2, 0.3],
    [123456789012.12346, 123456789012.12346],
    [0.1234567, 0.1234567],
    ['  ', undefined],
  ]);
});

describe('a whole number', () => {
  cases({ type: 'integer' }, [
    [3.5, '!NOT_AN_INTEGER'],
    ['3.0', 3],
    [2.9999999999999996, 3],
  ]);
});

describe('a percentage', () => {
  cases({ type: 'percent' }, [
    [0.896847, 0.896847],
    ['89.6847%', 0.896847],
    ['100％', 1],
    ['0.5', 0.5],
    ['85.5 %', 0.855],
    [{ percent: 0.855 }, 0.855],
    [{ percent: 1 }, 1],
    ['1', '!PERCENT_UNCLEAR'],
    [1, '!PERCENT_UNCLEAR'],
    [85, '!PERCENT_WITHOUT_SIGN'],
    ['85', '!PERCENT_WITHOUT_SIGN'],
    [{ percent: 85 }, '!PERCENT_WITHOUT_SIGN'],
  ]);
});

describe('a date', () => {
  cases({ type: 'date' }, [
    [{ date: 45170 }, '2023-09-01'],
    [{ date: 45170.75 }, '2023-09-01'],
    [{ date: 1 }, '1900-01-01'],
    [{ date: 60 }, '!NOT_A_DATE'],
    [{ date: 61 }, '1900-03-01'],
    ['2023-9-1', '2023-09-01'],
    ['2023/09/01', '2023-09-01'],
    ['2023年9月1日', '2023-09-01'],
    ['2023年9月1号', '2023-09-01'],
    ['2023 年 9 月 1 日', '2023-09-01'],
    ['2023/9/1 0:00:00', '2023-09-01'],
    ['2023-09-01T00:00:00', '2023-09-01'],
    ['2023-9-10:00', '!NOT_A_DATE'],
    ['2023/9/1 8:30', '!NOT_A_DATE'],
    [{ time: 0.35 }, '!NOT_A_DATE'],
    ['/', '!NOTHING_WRITTEN'],
    [20230901, '2023-09-01'],
    ['2023-02-30', '!NOT_A_DATE'],
    ['9/1/2023', '!NOT_A_DATE'],
    [45170, '!NOT_A_DATE'],
    [2023, '!NOT_A_DATE'],
  ]);
});

describe('yes or no', () => {
  cases({ type: 'boolean' }, [
    ['是', true],
    [' 否 ', false],
    ['Yes', true],
    [false, false],
    [1, '!NOT_YES_OR_NO'],
    ['对', true],
    ['√', true],
    ['有', true],
    ['是的', true],
    ['Y', true],
    ['×', false],
    ['无', false],
    ['N', false],
    ['-', '!NOTHING_WRITTEN'],
    ['大概', '!NOT_YES_OR_NO'],
  ]);
});

describe('a choice', () => {
  cases({ type: 'choice', options: ['1', '早', ' 早 ', 'TRUE'] }, [
    ['早', '早'],
    [' 早 ', ' 早 '],
    ['  早', '!NOT_AN_OPTION'],
    [1, '1'],
    [true, 'TRUE'],
    ['晚', '!NOT_AN_OPTION'],
  ]);
});

describe('an option', () => {
  cases({ type: 'choice', options: ['全天', '08:30', '08:30-17:30'] }, [
    ['08：30', '08:30'],
    ['8:30', '08:30'],
    ['08:30–17:30', '08:30-17:30'],
    ['8:30-17:30', '08:30-17:30'],
    ['８：３０ ～ １７：３０', '08:30-17:30'],
    [{ time: 0.3541666666666667 }, '08:30'],
    ['全 天', '全天'],
    ['18:30', '!NOT_AN_OPTION'],
    ['-', '!NOTHING_WRITTEN'],
  ]);
});

describe('the field’s own unit', () => {
  cases({ type: 'integer', unit: '人' }, [
    ['12850人', 12850],
    ['12,850 人', 12850],
    ['12850个', '!NOT_A_NUMBER'],
    ['¥12', '!NOT_A_NUMBER'],
  ]);
  cases({ type: 'number', unit: '%' }, [
    ['85%', 85],
    [{ percent: 0.85 }, 85],
  ]);
});

describe('a text', () => {
  cases({ type: 'text' }, [
    ['=1+1', '=1+1'],
    [' 两边 ', ' 两边 '],
    [13800138000, '13800138000'],
    [{ date: 45170 }, '!CELL_NOT_TEXT'],
    [{ time: 0.3541666666666667 }, '!CELL_NOT_TEXT'],
    [{ percent: 0.85 }, '!CELL_NOT_TEXT'],
    [330108199001011300, '!CELL_DIGITS_LOST'],
    [123456789012345, '123456789012345'],
    [1 / 3, '!CELL_DIGITS_LOST'],
    ['无', '无'],
  ]);
});

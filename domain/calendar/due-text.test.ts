// The sentence of a due time, against times of day a person can reckon.
import { describe, expect, test } from '@jest/globals';
import type { Calendar } from './calendar.ts';
import { dueText } from './due-text.ts';

const work: Calendar = {
  hours: [
    ['08:30', '12:00'],
    ['13:30', '17:30'],
  ],
  everyDay: false,
  roundTheClock: false,
  years: { 2026: { holidays: ['2026-10-01'], workdays: ['2026-11-29'], halfDays: [] } },
  event: null,
};
const always: Calendar = { ...work, roundTheClock: true };
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const said = (dueAt: string, now: string, calendar: Calendar | null = work, language: 'zh' | 'en' = 'zh') =>
  dueText(calendar, { dueAt: at(dueAt), suspendedUntil: null }, at(now), language);

describe('a due time to come', () => {
  test('counts minutes below an hour', () => {
    expect(said('2026-11-30T16:00', '2026-11-30T15:20')).toBe('今天 16:00 前，还有 40 分钟');
    expect(said('2026-11-30T16:00', '2026-11-30T15:20', work, 'en')).toBe('by 16:00 today, 40 minutes left');
  });

  test('counts half working hours, without the break and the night, rounded down', () => {
    expect(said('2026-12-01T17:30', '2026-11-30T17:29')).toBe('明天 17:30 前，还有 7.5 个工作小时');
    expect(said('2026-11-30T14:00', '2026-11-30T11:10')).toBe('今天 14:00 前，还有 1 个工作小时');
    expect(said('2026-12-01T14:00', '2026-11-30T11:00', work, 'en')).toBe(
      'by 14:00 tomorrow, 9 working hours left',
    );
  });

  test('counts working days beyond sixteen hours, and names the day', () => {
    expect(said('2026-12-04T17:30', '2026-11-30T09:00')).toBe('12月4日（周五）17:30 前，还有 4 个工作日');
    expect(said('2026-12-04T17:30', '2026-11-30T09:00', work, 'en')).toBe(
      'by 17:30 on Fri 4 Dec, 4 working days left',
    );
  });

  test('says from when time runs, where it does not run now', () => {
    expect(said('2026-12-01T14:00', '2026-11-30T20:00')).toBe(
      '明天 14:00 前（明天 08:30 起计时，4 个工作小时）',
    );
    expect(said('2026-11-30T14:00', '2026-11-30T12:30')).toBe('今天 14:00 前（今天 13:30 起计时，30 分钟）');
  });

  test('round the clock says hours and days without work', () => {
    expect(said('2026-12-01T02:00', '2026-11-30T20:00', always)).toBe('明天 02:00 前，还有 6 个小时');
    expect(said('2026-12-04T20:00', '2026-11-30T20:00', always)).toBe('12月4日（周五）20:00 前，还有 4 天');
  });

  test('says that a Sunday is worked', () => {
    expect(said('2026-11-29T16:00', '2026-11-29T15:30')).toBe('今天（调休上班）16:00 前，还有 30 分钟');
  });

  test('says nothing of working time that is not known', () => {
    expect(said('2027-01-04T16:00', '2026-12-31T15:30')).toBe('2027年1月4日（周一）16:00 前');
    expect(said('2026-12-04T17:30', '2026-11-30T09:00', null)).toBe('12月4日（周五）17:30 前');
  });

  test('outside hours, with no working time left, says the time alone', () => {
    expect(said('2026-11-30T20:00', '2026-11-30T18:00')).toBe('今天 20:00 前');
  });
});

describe('a due time that has passed', () => {
  test('counts working hours and minutes', () => {
    expect(said('2026-11-30T14:00', '2026-11-30T15:20')).toBe('今天 14:00 到期，已逾期 1 小时 20 分');
    expect(said('2026-11-30T14:00', '2026-11-30T15:20', work, 'en')).toBe(
      'due 14:00 today, 1 h 20 min overdue',
    );
    expect(said('2026-11-27T17:20', '2026-11-29T09:00')).toBe('前天 17:20 到期，已逾期 40 分');
  });

  test('is late before any working time has passed', () => {
    expect(said('2026-11-30T17:30', '2026-11-30T19:00')).toBe('今天 17:30 到期，已逾期');
  });

  test('counts days after sixteen hours', () => {
    expect(said('2026-11-23T17:30', '2026-11-30T17:30')).toBe(
      '11月23日（周一）17:30 到期，已逾期 6 个工作日',
    );
  });
});

test('a suspended clock says until when', () => {
  const due = { dueAt: at('2026-11-30T14:00'), suspendedUntil: at('2026-12-02T09:00') };
  expect(dueText(work, due, at('2026-11-30T10:00'), 'zh')).toBe('已挂起至 后天 09:00');
  expect(dueText(work, due, at('2026-11-30T10:00'), 'en')).toBe('suspended until 09:00 on Wed 2 Dec');
});

// Promises about what a report takes over: only what is offered, as it is offered, and marked with where it comes from.
import { describe, expect, it } from '@jest/globals';
import { takeOver, type Carrying } from './carried.ts';
import type { Prefill } from './prefill.ts';

const from = { at: '2026-11-20T00:00:00.000Z', assignment: 'd.i.TF.S1' };
const PREFILL: Prefill = {
  n: { value: 7, ...from },
  who: { value: { name: '张', phone: '138' }, ...from },
  list: { value: [{ place: '一号门', seats: 3 }], ...from },
};
const take = (given: Partial<Carrying>): ReturnType<typeof takeOver> =>
  takeOver(PREFILL, { values: {}, rows: {}, carried: [], unchanged: false, ...given });
const found = (given: Partial<Carrying>): string[] =>
  take(given).faults.map(({ path, code }) => `${path} ${code}`);

describe('a report', () => {
  it('takes nothing over by itself', () => {
    expect(take({ values: { n: 7 } })).toEqual({ values: { n: 7 }, rows: {}, carried: {}, faults: [] });
  });

  it('marks what it takes over with where it comes from, given again or not', () => {
    const who = { phone: '138', name: '张' };
    expect(take({ values: { who }, carried: ['who', 'n', 'list'] })).toEqual({
      values: { who, n: 7 },
      rows: { list: [{ place: '一号门', seats: 3 }] },
      carried: { who: from, n: from, list: from },
      faults: [],
    });
  });

  it('is told which mark is not true', () => {
    expect(found({ values: { n: 8 }, carried: ['n', 'm', 'constructor'] })).toEqual([
      'carried[0] CARRIED_DIFFERS',
      'carried[1] NOTHING_TO_CARRY',
      'carried[2] NOTHING_TO_CARRY',
    ]);
    expect(found({ rows: { list: [] }, carried: ['list'] })).toEqual(['carried[0] CARRIED_DIFFERS']);
  });

  it('says in one act that nothing has changed but what it gives', () => {
    expect(take({ values: { n: 8, who: null }, unchanged: true })).toEqual({
      values: { n: 8, who: { name: '张', phone: '138' } },
      rows: { list: [{ place: '一号门', seats: 3 }] },
      carried: { who: from, list: from },
      faults: [],
    });
    const nothing = takeOver({}, { values: {}, rows: {}, carried: [], unchanged: true });
    expect(nothing.faults.map(({ path, code }) => `${path} ${code}`)).toEqual(['unchanged NOTHING_TO_CARRY']);
  });

  it('keeps what it was given as it was', () => {
    const values = Object.freeze({ who: null });
    take({ values, unchanged: true });
    expect(values).toEqual({ who: null });
  });
});

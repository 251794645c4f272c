// Promises about figures over time: what adds up is added exactly, what stands at a moment never is, order says nothing.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Field } from '../form/field.ts';
import { differsIn, overTime, refusalOverTime, usualWay, WAYS, type Period } from './over-time.ts';

const field = (more: object): Field =>
  Field.parse({ key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow', ...more });
const periods = (...values: (number | null)[]): Period[] =>
  values.map((value, at) => ({ directive: `d${at}`, at, value }));

describe('a figure over time', () => {
  it('of a flow is the sum, of a snapshot the last one, unless something else is asked', () => {
    expect(usualWay(field({}))).toBe('sum');
    expect(usualWay(field({ timeAxis: 'snapshot' }))).toBe('last');
    expect(usualWay(field({ aggregate: 'mean', timeAxis: undefined }))).toBe('last');
  });

  it('is 0.3 of 0.1 and 0.2, and leaves out who said nothing', () => {
    const told = periods(0.1, null, 0.2);
    expect(WAYS.map((as) => overTime(told, as))).toEqual([0.3, 0.15, 0.1, 0.2, 0.2]);
    expect(overTime(periods(5, null), 'last')).toBe(5);
  });

  it('is null where no period has a figure, never 0', () => {
    for (const as of WAYS) {
      expect(overTime([], as)).toBeNull();
      expect(overTime(periods(null, null), as)).toBeNull();
    }
  });

  it('is never the sum of snapshots, nor of what does not say whether it adds up', () => {
    expect(refusalOverTime(field({ timeAxis: 'snapshot' }), 'sum')).toBe('SNAPSHOT_NOT_SUMMED');
    expect(refusalOverTime(field({ aggregate: 'mean', timeAxis: undefined }), 'sum')).toBe(
      'TIME_AXIS_NOT_STATED',
    );
    for (const as of ['mean', 'min', 'max', 'last'] as const)
      expect(refusalOverTime(field({ timeAxis: 'snapshot' }), as)).toBeNull();
    for (const as of WAYS) expect(refusalOverTime(field({}), as)).toBeNull();
  });

  it('is of merged numbers alone', () => {
    expect(refusalOverTime(field({ aggregate: 'none' }), 'last')).toBe('NOT_MERGED');
    expect(refusalOverTime(field({ type: 'text', aggregate: 'concat' }), 'last')).toBe('NO_NUMBER_OVER_TIME');
  });

  it('is of one kind in all periods', () => {
    expect(differsIn(field({}), field({ label: '另一个名字', max: 7 }))).toBeNull();
    expect(differsIn(field({}), field({ type: 'number' }))).toBe('type');
    expect(differsIn(field({ unit: '人' }), field({ unit: '万人' }))).toBe('unit');
    expect(differsIn(field({}), field({ timeAxis: 'snapshot' }))).toBe('timeAxis');
    expect(differsIn(field({}), field({ aggregate: 'max' }))).toBe('aggregate');
  });

  it('does not depend on the order the periods are named in', () => {
    const value = fc.option(
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000),
      { nil: null },
    );
    const told = fc.uniqueArray(
      fc.record({ directive: fc.stringMatching(/^[a-d]{1,3}$/), at: fc.nat(5), value }),
      {
        selector: ({ directive }) => directive,
      },
    );
    fc.assert(
      fc.property(told, fc.constantFrom(...WAYS), fc.infiniteStream(fc.nat()), (all, as, chance) => {
        const mixed = all
          .map((each) => ({ each, by: chance.next().value as number }))
          .sort((a, b) => a.by - b.by)
          .map(({ each }) => each);
        expect(overTime(mixed, as)).toBe(overTime(all, as));
      }),
    );
  });

  it('adds up in any grouping', () => {
    const amount = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1e6);
    fc.assert(
      fc.property(fc.array(amount, { minLength: 2, maxLength: 20 }), fc.nat(), (values, cut) => {
        const at = 1 + (cut % (values.length - 1));
        const parts = [values.slice(0, at), values.slice(at)].map((part) =>
          overTime(periods(...part), 'sum'),
        );
        expect(overTime(periods(...parts), 'sum')).toBe(overTime(periods(...values), 'sum'));
      }),
    );
  });
});

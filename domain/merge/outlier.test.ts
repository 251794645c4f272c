// Which numbers are called outliers, and which are not.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Form } from '../form/field.ts';
import {
  compareStandings,
  outliersAmong,
  USUAL_THRESHOLDS,
  type Looked,
  type Outlier,
  type Thresholds,
} from './outlier.ts';

const FORM = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer' },
    { key: 'money', label: '金额', type: 'number' },
    { key: 'rate', label: '率', type: 'percent' },
    { key: 'word', label: '话', type: 'text' },
  ],
});

type Given = Partial<Omit<Looked, 'last'>> & { last?: Record<string, number> };
const report = (assignment: string, values: Looked['values'], more: Given = {}): Looked => ({
  group: '1',
  alerts: [],
  ...more,
  assignment,
  values,
  last: Object.fromEntries(
    Object.entries(more.last ?? {}).map(([key, value]) => [
      key,
      { value, at: '2026-01-01T00:00:00.000Z', assignment: 'before' },
    ]),
  ),
});
const among = (reports: Looked[], thresholds: Partial<Thresholds> = {}): Outlier[] =>
  outliersAmong(FORM, reports, { ...USUAL_THRESHOLDS, ...thresholds }).map(({ outlier }) => outlier);
const told = (found: Outlier[]): string[] =>
  found.map(({ assignment, field, kind }) => `${assignment} ${field} ${kind}`);

describe('a jump', () => {
  const jumps = (
    field: string,
    value: number,
    last: number,
    thresholds: Partial<Thresholds> = {},
  ): unknown => {
    const [found] = among([report('a', { [field]: value }, { last: { [field]: last } })], thresholds);
    return found?.kind === 'jump' ? found.change : undefined;
  };

  it.each<[string, number, number, unknown]>([
    ['n', 15, 10, 0.5],
    ['n', 14, 10, undefined],
    ['n', 5, 10, -0.5],
    ['n', 1, 5, undefined], // four fewer may be chance
    ['n', 10, 5, 1],
    ['n', 5, 0, null],
    ['n', 4, 0, undefined],
    ['n', 10, 10, undefined],
    ['n', -15, -10, -0.5],
    ['money', 3, 1.5, 1],
    ['money', 1.5, 0.75, undefined],
    ['rate', 0.15, 0.1, 0.5],
    ['rate', 0.35, 0.3, undefined],
    ['rate', 0.14, 0.09, 0.555556],
    ['n', 1e12, 1e-6, 1e18 - 1],
  ])('of %s to %d from %d is %s', (field, value, last, change) => {
    expect(jumps(field, value, last)).toEqual(change);
  });

  it('is as great as the reviewer says', () => {
    expect(jumps('n', 13, 10, { jump: 0.3, least: 3 })).toBe(0.3);
    expect(jumps('n', 13, 10, { jump: 0.31, least: 3 })).toBeUndefined();
    expect(jumps('n', 2, 1, { least: 0 })).toBe(1);
    expect(jumps('rate', 0.04, 0.01, { least: 0 })).toBeUndefined();
  });

  it('needs both numbers', () => {
    expect(
      among([
        report('a', { n: null }, { last: { n: 100 } }),
        report('b', { n: 100 }),
        report('c', { word: 'x' }, { last: { word: 3 } }),
      ]),
    ).toEqual([]);
  });
});

describe('a stranger among siblings', () => {
  const siblings = (...numbers: number[]): Looked[] => numbers.map((n, at) => report(`u${at}`, { n }));

  it('is measured against the others alone', () => {
    expect(among(siblings(10, 12, 11, 9, 13, 40))).toEqual([
      {
        assignment: 'u5',
        field: 'n',
        label: '数',
        value: 40,
        kind: 'zScore',
        mean: 11,
        deviation: 1.581139,
        z: 18.34121,
        siblings: 5,
      },
    ]);
  });

  it('needs at least five others', () => {
    expect(among(siblings(10, 12, 11, 9, 40))).toEqual([]);
  });

  it('stands apart from others that all say the same', () => {
    expect(among(siblings(2, 2, 2, 2, 2, 7))).toMatchObject([{ assignment: 'u5', deviation: 0, z: null }]);
    expect(among(siblings(2, 2, 2, 2, 2, 6))).toEqual([]);
  });

  it('is looked for within one level only', () => {
    const parted = siblings(10, 12, 11, 9, 13, 40).map((each, at) => ({ ...each, group: String(at % 2) }));
    expect(among(parted)).toEqual([]);
  });

  it('is found beside great numbers that differ a little, and by a number that outweighs all', () => {
    const great = [0, 1, 2, 3, 4, 5, 6, 500].map((n) => 1e11 + n);
    expect(told(among(siblings(...great)))).toEqual(['u7 n zScore']);
    const [far] = among(siblings(1, 2, 3, 4, 5, 6, 1e12));
    expect(far).toMatchObject({ assignment: 'u6', mean: 3.5, deviation: 1.870829 });
  });

  it('agrees with the textbook', () => {
    const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(numbers, (all) => {
        const [strange, doubtful] = [new Set<string>(), new Set<string>()];
        all.forEach((value, at) => {
          const rest = all.filter((_, other) => other !== at);
          const mean = rest.reduce((sum, x) => sum + x, 0) / rest.length;
          const deviation = Math.sqrt(rest.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (rest.length - 1));
          const [z, from] = [Math.abs(value - mean) / deviation, Math.abs(value - mean)];
          // A value exactly on the threshold may fall to either side.
          if (Math.abs(z - 3) < 1e-6 || Math.abs(from - 5) < 1e-6) doubtful.add(`u${at}`);
          else if (z > 3 && from > 5) strange.add(`u${at}`);
        });
        const found = among(siblings(...all)).map(({ assignment }) => assignment);
        expect(found.filter((each) => !doubtful.has(each)).sort()).toEqual([...strange].sort());
      }),
    );
  });
});

describe('the list', () => {
  it('puts what the form calls alarming first, then what is furthest over its threshold', () => {
    const found = among([
      report('a', { n: 20 }, { last: { n: 10 } }),
      report('b', { n: 100 }, { last: { n: 10 } }),
      report('c', { word: '急' }, { alerts: ['word'] }),
    ]);
    expect(told(found)).toEqual(['c word alert', 'b n jump', 'a n jump']);
    expect(found[0]).toEqual({ assignment: 'c', field: 'word', label: '话', value: '急', kind: 'alert' });
  });

  it('does not depend on the order of the reports, and no two stand at one place', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), {
      minLength: 7,
      maxLength: 20,
    });
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (numbers, random) => {
        const reports = numbers.map(([n, last], at) =>
          report(`u${at}`, { n }, { last: { n: last }, alerts: n > 50 ? ['n'] : [] }),
        );
        const shuffled = reports
          .map((each) => ({ each, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const [one, other] = [reports, shuffled].map((all) => outliersAmong(FORM, all, USUAL_THRESHOLDS));
        expect(told(other?.map(({ outlier }) => outlier) ?? [])).toEqual(
          told(one?.map(({ outlier }) => outlier) ?? []),
        );
        one?.forEach((each, at) => {
          const before = one[at - 1];
          if (before) expect(compareStandings(before.standing, each.standing)).toBeLessThan(0);
        });
      }),
    );
  });
});

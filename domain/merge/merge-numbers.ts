// Merging numbers and dates: sum, mean, weighted mean, extremes, count, last. Divided once, at the end.
import { millionths, numberOf, plus, quotient, times, ZERO } from '../exact.ts';
import type {
  CountPart,
  ExtremePart,
  LastPart,
  Latest,
  Measure,
  SumPart,
  RunningMerge,
  WeightedPart,
} from './merge-part.ts';
import { compareText, compareValues, numberIn, valueOf } from './merge-part.ts';
import type { Json } from '../form/value.ts';

function tallySum(): RunningMerge<SumPart> {
  let n = 0;
  let sum = ZERO;
  return {
    add(part) {
      n += part.n;
      sum = plus(sum, part.sum);
    },
    part: () => ({ n, sum }),
  };
}

export const sum: Measure<SumPart> = {
  of(field, report) {
    const value = numberIn(report, field.key);
    return value === null ? { n: 0, sum: ZERO } : { n: 1, sum: millionths(value) };
  },
  tally: tallySum,
  finish: (part) => (part.n === 0 ? null : numberOf(part.sum)),
};

export const mean: Measure<SumPart> = {
  ...sum,
  finish: (part) => (part.n === 0 ? null : numberOf(quotient(part.sum, part.n))),
};

/** A report counts with its weight; one without value or weight does not count. Weights summing to 0 have no mean. */
export const weightedMean: Measure<WeightedPart> = {
  of(field, report) {
    const by = typeof field.aggregate === 'object' && 'weightedMean' in field.aggregate && field.aggregate;
    const value = numberIn(report, field.key);
    const weight = by ? numberIn(report, by.weightedMean) : null;
    if (value === null || weight === null) return { n: 0, sum: ZERO, weight: ZERO };
    const weighted = millionths(weight);
    return { n: 1, sum: times(millionths(value), weighted), weight: weighted };
  },
  tally() {
    let n = 0;
    let sum = ZERO;
    let weight = ZERO;
    return {
      add(part) {
        n += part.n;
        sum = plus(sum, part.sum);
        weight = plus(weight, part.weight);
      },
      part: () => ({ n, sum, weight }),
    };
  },
  finish: (part) => (part.n === 0 || part.weight === 0 ? null : numberOf(quotient(part.sum, part.weight))),
};

export const count: Measure<CountPart> = {
  of: (field, report) => ({ n: valueOf(report, field.key) === null ? 0 : 1 }),
  tally() {
    let n = 0;
    return {
      add(part) {
        n += part.n;
      },
      part: () => ({ n }),
    };
  },
  finish: (part) => (part.n === 0 ? null : part.n),
};

function extreme(sign: 1 | -1): Measure<ExtremePart> {
  return {
    of: (field, report) => ({ value: valueOf(report, field.key) }),
    tally() {
      let best: Json = null;
      return {
        add({ value }) {
          if (value !== null && (best === null || compareValues(value, best) * sign > 0)) best = value;
        },
        part: () => ({ value: best }),
      };
    },
    finish: (part) => part.value,
  };
}

export const min = extreme(-1);
export const max = extreme(1);

/** Later report first; the rest only settles ties, so that the order of merging never shows. */
const isLater = (a: Latest, b: Latest): boolean =>
  (compareText(a.at, b.at) || compareText(a.assignment, b.assignment) || compareValues(a.value, b.value)) > 0;

export const last: Measure<LastPart> = {
  of(field, report, source) {
    const value = valueOf(report, field.key);
    return { latest: value === null ? null : { at: source.at ?? '', assignment: source.assignment, value } };
  },
  tally() {
    let latest: Latest | null = null;
    return {
      add(part) {
        if (part.latest && (latest === null || isLater(part.latest, latest))) latest = part.latest;
      },
      part: () => ({ latest }),
    };
  },
  finish: (part) => part.latest?.value ?? null,
};

// Outliers for a reviewer: numbers that jump, numbers unlike their siblings', and values the form itself calls alarming.
import type { Field, Form } from '../form/field.ts';
import { isNumeric } from '../form/field-kind.ts';
import { valueOf } from './merge-part.ts';
import type { Json } from '../form/value.ts';

/** `least` is the change that counts at all, in the field's own unit; null: by the field's type. */
export type Thresholds = { jump: number; z: number; least: number | null };

/**
 * Half as much again, or half as little; three standard deviations, beyond which 3 of 1,000 honest values lie. Counts
 * below 5 and shares below 5 points differ from each other by chance.
 */
export const USUAL_THRESHOLDS: Thresholds = { jump: 0.5, z: 3, least: null };
const LEAST = { integer: 5, number: 1, percent: 0.05 } as const;

/** Fewer siblings do not show what is usual. */
const FEWEST_OTHERS = 5;
/** 0.35 − 0.3 is a little less than 0.05. */
const ROUNDING = 1e-9;

/** An approved value of an earlier report, and which. */
export type EarlierValue = { value: number; at: string; assignment: string };

/** One report, as the search for outliers reads it. */
export type Looked = {
  assignment: string;
  /** Only reports of one group are siblings. */
  group: string;
  values: Readonly<Record<string, Json>>;
  /** By field key, as far as there is one the reader may see. */
  last: Readonly<Record<string, EarlierValue>>;
  /** Keys of the fields whose `alertIf` holds. */
  alerts: readonly string[];
};

export type Outlier = { assignment: string; field: string; label: string; value: Json } & (
  | { kind: 'alert' }
  /** `change` is relative to the last value; null where that was 0. */
  | { kind: 'jump'; last: EarlierValue; change: number | null }
  /** Against the other `siblings`: their mean and standard deviation; `z` is null where they all say the same. */
  | { kind: 'zScore'; mean: number; deviation: number; z: number | null; siblings: number }
);

/** Where an outlier stands in the list: alerts first, then by how far it is over its threshold. */
export type OutlierStanding = readonly [
  rank: number,
  excess: number,
  assignment: string,
  field: string,
  kind: string,
];
export type FoundOutlier = { outlier: Outlier; standing: OutlierStanding };

/** Worst first; the rest of the standing only keeps the order total. */
export function compareStandings(a: OutlierStanding, b: OutlierStanding): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return b[1] - a[1];
  for (const at of [2, 3, 4] as const) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  return 0;
}

export function outliersAmong(
  form: Form,
  reports: readonly Looked[],
  thresholds: Thresholds,
): FoundOutlier[] {
  const groups = Map.groupBy(reports, ({ group }) => group);
  const found = form.fields.flatMap((field) => [
    ...reports.flatMap((report) => alertOf(field, report)),
    ...reports.flatMap((report) => jumpOf(field, report, thresholds)),
    ...[...groups.values()].flatMap((siblings) => strangersAmong(field, siblings, thresholds)),
  ]);
  return found.sort((a, b) => compareStandings(a.standing, b.standing));
}

const about = (field: Field, report: Looked) => ({
  assignment: report.assignment,
  field: field.key,
  label: field.label,
  value: valueOf(report, field.key),
});

const standingOf = ({ assignment, field, kind }: Outlier, excess: number): OutlierStanding => [
  kind === 'alert' ? 0 : 1,
  excess,
  assignment,
  field,
  kind,
];

function alertOf(field: Field, report: Looked): FoundOutlier[] {
  if (!report.alerts.includes(field.key)) return [];
  const outlier: Outlier = { ...about(field, report), kind: 'alert' };
  return [{ outlier, standing: standingOf(outlier, 0) }];
}

/** The change that counts in a field of numbers; null for any other. */
function leastOf({ type }: Field, { least }: Thresholds): number | null {
  if (type === 'percent') return LEAST.percent;
  return type === 'integer' || type === 'number' ? (least ?? LEAST[type]) : null;
}

function jumpOf(field: Field, report: Looked, thresholds: Thresholds): FoundOutlier[] {
  const least = leastOf(field, thresholds);
  const value = valueOf(report, field.key);
  const last = Object.hasOwn(report.last, field.key) ? report.last[field.key] : undefined;
  if (least === null || typeof value !== 'number' || !last) return [];
  const by = value - last.value;
  if (by === 0 || Math.abs(by) < least - ROUNDING) return [];
  const change = last.value === 0 ? null : by / Math.abs(last.value);
  if (change !== null && Math.abs(change) < thresholds.jump - ROUNDING) return [];
  const outlier: Outlier = {
    ...about(field, report),
    kind: 'jump',
    last,
    change: change === null ? null : rounded(change),
  };
  return [
    {
      outlier,
      standing: standingOf(outlier, change === null ? times(by, least) : times(change, thresholds.jump)),
    },
  ];
}

/** How many times over: both positive, and 1 where nothing is too little. */
const times = (size: number, limit: number): number =>
  limit === 0 ? Math.abs(size) : Math.abs(size) / limit;

/** Each number against the others alone: one that is far off widens no measure it is measured by. */
function strangersAmong(field: Field, siblings: readonly Looked[], thresholds: Thresholds): FoundOutlier[] {
  const least = leastOf(field, thresholds);
  if (least === null || !isNumeric(field.type)) return [];
  const given = siblings.flatMap((report) => {
    const value = valueOf(report, field.key);
    return typeof value === 'number' ? [{ report, value }] : [];
  });
  const others = given.length - 1;
  if (others < FEWEST_OTHERS) return [];
  // From the middle of all, so that no digits are lost where great numbers differ a little.
  const middle = given.reduce((sum, { value }) => sum + value / given.length, 0);
  const sum = given.reduce((total, { value }) => total + (value - middle), 0);
  const squares = given.reduce((total, { value }) => total + (value - middle) ** 2, 0);
  // Subtracting a value that outweighs all others leaves too few digits: then the others are gone through one by one.
  const spreadWithout = (report: Looked): number => {
    const rest = given.filter((each) => each.report !== report);
    const mean = rest.reduce((total, each) => total + each.value / others, 0);
    return rest.reduce((total, each) => total + (each.value - mean) ** 2, 0);
  };
  return given.flatMap(({ report, value }): FoundOutlier[] => {
    const own = value - middle;
    const mean = (sum - own) / others;
    const spread = Math.max(0, squares - own ** 2 - others * mean ** 2);
    const from = own - mean;
    if (from === 0 || Math.abs(from) < least - ROUNDING) return [];
    const deviation = Math.sqrt(
      (isDoubtful(spread, squares) ? spreadWithout(report) : spread) / (others - 1),
    );
    const z = deviation === 0 ? null : from / deviation;
    if (z !== null && Math.abs(z) < thresholds.z - ROUNDING) return [];
    const outlier: Outlier = {
      ...about(field, report),
      kind: 'zScore',
      mean: rounded(mean + middle),
      deviation: rounded(deviation),
      z: z === null ? null : rounded(z),
      siblings: others,
    };
    return [
      { outlier, standing: standingOf(outlier, z === null ? times(from, least) : times(z, thresholds.z)) },
    ];
  });
}

const isDoubtful = (spread: number, squares: number): boolean => spread <= squares * 1e-6;

/** To be read, not reckoned with. */
const rounded = (x: number): number => (Math.abs(x) < 1e9 ? Math.round(x * 1e6) / 1e6 : x);

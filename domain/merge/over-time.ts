// One figure over several periods: a flow adds up, of a snapshot the last one counts (api.md §7, the second axis).
import type { Field } from '../form/field.ts';
import { aggregateName, isNumeric } from '../form/field-kind.ts';
import { isSensitive } from '../form/masking.ts';
import { AGGREGATE_TABLE } from './aggregate-table.ts';
import type { FailureCode } from '../failure.ts';
import type { Millis } from '../instant.ts';
import { millionths, numberOf, plus, quotient, ZERO } from '../exact.ts';
import type { Exact } from '../exact-number.ts';

export const WAYS = ['sum', 'mean', 'min', 'max', 'last'] as const;
export type TimeWay = (typeof WAYS)[number];

/** The figure of one directive, null where nothing has been reported; a period is told by when it was issued. */
export type Period = { directive: string; at: Millis; value: number | null };

/** Unless asked otherwise a flow is added up; of a snapshot, or a field without a time axis, the last one counts. */
export const usualWay = ({ timeAxis }: Pick<Field, 'timeAxis'>): TimeWay =>
  timeAxis === 'flow' ? 'sum' : 'last';

/** Why a field has no such figure over time; null where it has. */
export function refusalOverTime(field: Field, as: TimeWay): FailureCode | null {
  if (!isNumeric(field.type)) return 'NO_NUMBER_OVER_TIME';
  if (!AGGREGATE_TABLE[aggregateName(field.aggregate)].overTime) return 'NOT_MERGED';
  if (isSensitive(field) && aggregateName(field.aggregate) !== 'count') return 'SENSITIVE_OVER_TIME';
  if (as !== 'sum' || field.timeAxis === 'flow') return null;
  return field.timeAxis === 'snapshot' ? 'SNAPSHOT_NOT_SUMMED' : 'TIME_AXIS_NOT_STATED';
}

/** How one directive's field differs from the first one's: then their figures are not of one kind. */
export function differsIn(first: Field, other: Field): string | null {
  if (first.type !== other.type) return 'type';
  if ((first.unit ?? '') !== (other.unit ?? '')) return 'unit';
  if (first.timeAxis !== other.timeAxis) return 'timeAxis';
  return aggregateName(first.aggregate) === aggregateName(other.aggregate) ? null : 'aggregate';
}

/** Periods without a figure are no zeros: they are left out; null where none has one. */
export function overTime(periods: readonly Period[], as: TimeWay): number | null {
  const told = periods.filter((period): period is Period & { value: number } => period.value !== null);
  const [first] = told;
  if (!first) return null;
  switch (as) {
    case 'sum':
      return numberOf(total(told));
    case 'mean':
      return numberOf(quotient(total(told), told.length));
    case 'min':
      return told.reduce((least, { value }) => Math.min(least, value), first.value);
    case 'max':
      return told.reduce((most, { value }) => Math.max(most, value), first.value);
    case 'last':
      return told.reduce((last, each) => (isLater(each, last) ? each : last), first).value;
  }
}

const total = (told: readonly { value: number }[]): Exact =>
  told.reduce<Exact>((sum, { value }) => plus(sum, millionths(value)), ZERO);

/** Of two issued in one instant the one of the greater id, so that the order they are named in does not matter. */
export const isLater = (a: Omit<Period, 'value'>, b: Omit<Period, 'value'>): boolean =>
  a.at === b.at ? a.directive > b.directive : a.at > b.at;

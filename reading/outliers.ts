// The outliers among the reports at a place of the tree, as one reader may know them.
import { setImmediate as breath } from 'node:timers/promises';
import { findTables, listEarlierValues, listReports, type ReportRow } from '../db/queries/outlier.ts';
import { loadTerms } from '../db/queries/directive.ts';
import type { Db } from '../db/pool.ts';
import { alertReads, alertsOf, type TakenReport } from '../domain/form/alert.ts';
import { isNumeric } from '../domain/form/field-kind.ts';
import type { Form } from '../domain/form/field.ts';
import { compiledOf, type CompiledForm, type Last } from '../domain/form/form.ts';
import {
  outliersAmong,
  type EarlierValue,
  type FoundOutlier,
  type Looked,
  type Thresholds,
} from '../domain/merge/outlier.ts';
import { asksSensitive, maskedReport, sensitiveKeys } from '../domain/form/masking.ts';
import { findSeenAmong, type Viewer } from './gate.ts';
import { refusing } from '../domain/refusal-thrown.ts';
import { findClearAmong } from './sensitive.ts';

/** One reviewer's reach with room to spare; a reviewer higher up asks at the nodes below. */
export const MOST_REPORTS = 2_000;
/** Reports whose tables are in memory at once. */
const TABLES_AT_ONCE = 20;
/** Steps of all alerts of one answer together, some 3 s; an alert still undecided then is not shown. */
const ALERT_STEPS = 60_000_000;

export type OutliersAsked = { directive: string; node: string; form: Form; reported: boolean };

/** Worst first, with the version looked at of each report and its unit. */
export async function findOutliers(
  db: Db,
  place: OutliersAsked,
  viewer: Viewer,
  thresholds: Thresholds,
): Promise<{ found: FoundOutlier[]; reports: Map<string, ReportRow> }> {
  const compiled = compiledOf(place.form);
  const reads = alertReads(compiled);
  const shown = compiled.alerts.map(({ field }) => field);
  const numbers = place.form.fields.filter(({ type }) => isNumeric(type)).map(({ key }) => key);
  const keys = [...new Set([...numbers, ...reads.values, ...shown])];
  const reports = await listReports(db, { ...place, keys, limit: MOST_REPORTS + 1 });
  if (reports.length > MOST_REPORTS) throw refusing('TOO_MANY_REPORTS', { params: { max: MOST_REPORTS } });
  const last = await lastSeen(db, place.form, [...new Set([...numbers, ...reads.last])], reports, viewer);
  const alerts = await alertsIn(db, place, compiled, reports, last);
  const clear = asksSensitive(place.form)
    ? await findClearAmong(
        db,
        viewer,
        reports.map(({ id }) => id),
      )
    : null;
  /** What is masked is no number: it neither stands out nor says what is usual. */
  const seen = (id: string, values: ReportRow['values']): unknown =>
    clear === null || clear.has(id) ? values : maskedReport(place.form, { values }).values;
  const looked = reports.map(({ id, values }): Looked => ({
    assignment: id,
    // An id is a path: as many parts, as deep.
    group: String(id.split('.').length),
    values: seen(id, values) as TakenReport['values'],
    last: numbersOf(last.get(id) ?? {}),
    alerts: alerts.get(id) ?? [],
  }));
  return {
    found: outliersAmong(place.form, looked, thresholds),
    reports: new Map(reports.map((report) => [report.id, report])),
  };
}

type Known = Record<string, Omit<EarlierValue, 'value'> & { value: unknown }>;

/**
 * Of each report the last approved values of its unit that the reader may see. This reviewer must not learn a value the
 * unit told another office, not even by its distance from the value under review.
 */
async function lastSeen(
  db: Db,
  form: Form,
  keys: readonly string[],
  reports: readonly ReportRow[],
  viewer: Viewer,
): Promise<Map<string, Known>> {
  const typed = form.fields.filter(({ key }) => keys.includes(key)).map(({ key, type }) => ({ key, type }));
  const asked = reports.flatMap(({ id, unit }) => (unit === null ? [] : [{ id, unit }]));
  if (typed.length === 0 || asked.length === 0) return new Map();
  const rows = await listEarlierValues(db, asked, typed);
  const earlier = [...new Set(rows.map(({ assignment }) => assignment))];
  const seen = await findSeenAmong(db, viewer, earlier);
  const isSecret = await secretIn(db, form, earlier);
  const clear = isSecret === null ? null : await findClearAmong(db, viewer, earlier);
  const last = new Map<string, Known>();
  for (const { asked: id, assignment, at, values } of rows) {
    if (!seen.has(assignment)) continue;
    const known = last.get(id) ?? {};
    last.set(id, known);
    // Newest first.
    for (const [key, value] of Object.entries(values))
      if (
        !Object.hasOwn(known, key) &&
        (clear?.has(assignment) !== false || isSecret?.(assignment, key) !== true)
      )
        known[key] = { value, at: at.toISOString(), assignment };
  }
  return last;
}

/** By the form that asks now, or by the one that asked then; null where neither calls anything sensitive. */
async function secretIn(
  db: Db,
  form: Form,
  assignments: readonly string[],
): Promise<((assignment: string, key: string) => boolean) | null> {
  const placeOf = (id: string): string => id.split('.').slice(0, 2).join('.');
  const directives = [...new Set(assignments.map((id) => id.slice(0, id.indexOf('.'))))];
  const terms = directives.length === 0 ? [] : await loadTerms(db, directives);
  const then = new Map(
    terms.flatMap(({ id, items }) =>
      items.map((item): [string, ReadonlySet<string>] => [`${id}.${item.key}`, sensitiveKeys(item.form)]),
    ),
  );
  const now = sensitiveKeys(form);
  if ([now, ...then.values()].every(({ size }) => size === 0)) return null;
  return (assignment, key) => now.has(key) || then.get(placeOf(assignment))?.has(key) === true;
}

const numbersOf = (known: Known): Record<string, EarlierValue> =>
  Object.fromEntries(
    Object.entries(known).flatMap(([key, { value, ...rest }]) =>
      typeof value === 'number' ? [[key, { value, ...rest }]] : [],
    ),
  );

async function alertsIn(
  db: Db,
  { directive }: OutliersAsked,
  compiled: CompiledForm,
  reports: readonly ReportRow[],
  last: ReadonlyMap<string, Known>,
): Promise<Map<string, string[]>> {
  const alerts = new Map<string, string[]>();
  if (compiled.alerts.length === 0 || reports.length === 0) return alerts;
  const { tables } = alertReads(compiled);
  const steps = Math.floor(ALERT_STEPS / reports.length);
  for (let from = 0; from < reports.length; from += TABLES_AT_ONCE) {
    const some = reports.slice(from, from + TABLES_AT_ONCE);
    const rows = tables.length === 0 ? null : await findTables(db, directive, some, tables);
    for (const { id, values } of some) {
      const taken = { values, rows: rows?.get(id) ?? {} } as TakenReport;
      const found = alertsOf(compiled, taken, valuesOf(last.get(id) ?? {}), steps);
      if (found.length > 0) alerts.set(id, found);
    }
    // Others are answered between.
    await breath();
  }
  return alerts;
}

const valuesOf = (known: Known): Last =>
  Object.fromEntries(Object.entries(known).map(([key, { value }]) => [key, value])) as Last;

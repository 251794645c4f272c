// The workbook of one assignment's report: made with the values known already, and judged when it comes back.
import { digestOf } from '../../reading/chain.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { findSubmission, sent } from '../../db/queries/submission.ts';
import { relate, type Actor } from '../../domain/access/relation.ts';
import { isRefusal, wordsOf, type Fault, type FailureCode, type Language } from '../../domain/failure.ts';
import type { Form } from '../../domain/form/field.ts';
import {
  compiledOf,
  judgeReport,
  type CompiledForm,
  type Json,
  type Last,
  type Row,
} from '../../domain/form/form.ts';
import { toIso, whenText } from '../../domain/instant.ts';
import { nameOf } from '../../domain/organisation/organisation.ts';
import type { CellProblem } from '../../domain/paper/workbook/findings.ts';
import type { WorkbookMark } from '../../domain/paper/workbook/marker.ts';
import { createPlaces } from '../../domain/paper/workbook/report/place.ts';
import { misfitOf, reportSheets, type Filled } from '../../domain/paper/workbook/report/report-sheets.ts';
import type { ReportReading } from '../../domain/paper/workbook/report/read-report.ts';
import type { RouteDeps } from '../deps.ts';
import { Refused, refused } from '../errors.ts';
import { prefillFor, readByRules } from '../../reading/prefill.ts';
import type { WorkbookReader } from '../../ooxml/workbook/reading/reader.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';

export type Problem = { cell: string | null; path: string; code: FailureCode; message: string };

/** A cell that was taken for something it does not say letter by letter; `formula`: its stored result was taken. */
export type CellTakenAs = { cell: string; path: string; written: string; read: unknown; formula?: true };

export type Judged = {
  values: Record<string, Json>;
  rows: Record<string, Row[]>;
  /** The text of the cell for explanations, for each rule that asked for one. */
  explanations: Record<string, string>;
  note?: string;
  problems: Problem[];
  warnings: Problem[];
  readings: CellTakenAs[];
};

/** As many as an error answer names. */
const MAX_PROBLEMS = 1000;

/** For readers who see the row: `NO_FORM` where there is nothing to fill in. */
export function formOfItem(snapshot: Snapshot, { directive, state }: AssignmentRow): Form {
  const form = snapshot.directiveOf({ directive }).items.get(state.item)?.form;
  if (!form) throw refused('NO_FORM');
  return form;
}

/** The last report there is; one that waits for its signature is its holder's alone. */
function lastVersion(deps: RouteDeps, snapshot: Snapshot, row: AssignmentRow, actor: Actor): number {
  const { holder } = relate(snapshot.directory, actor.person, snapshot.standingOf(row), deps.now());
  return Math.max(row.state.current, holder ? (row.state.presented?.version ?? 0) : 0);
}

const markOf = (row: AssignmentRow, form: Form, version: number): WorkbookMark => ({
  kind: 'report',
  assignment: row.id,
  version,
  form: digestOf(form),
});

/** The name of a workbook in the refusal that it was sent in for another task. */
export const calledAs = ({ title, item, unit }: { title: string; item: string; unit: string }): string =>
  `“${title} · ${item}”${unit}`;

/** The reported values; before the first report, those that may be taken over from other assignments. */
async function filledOf(
  deps: RouteDeps,
  row: AssignmentRow,
  actor: Actor,
  compiled: CompiledForm,
  version: number,
): Promise<Filled> {
  if (version > 0) {
    const found = await findSubmission(deps.pool, sent(row.directive, row.id), version);
    const content = (found?.content ?? {}) as Partial<Filled> & { explanations?: Record<string, string> };
    const { values = {}, rows = {} } = content;
    return { values, rows, explanation: saidBefore(content) };
  }
  const offers = Object.entries(await prefillFor(deps, row.state, actor, compiled));
  const isTable = new Set(compiled.form.fields.filter(({ type }) => type === 'table').map(({ key }) => key));
  const of = (tables: boolean): [string, unknown][] =>
    offers.filter(([key]) => isTable.has(key) === tables).map(([key, { value }]) => [key, value]);
  return {
    values: Object.fromEntries(of(false)),
    rows: Object.fromEntries(of(true)) as Filled['rows'],
    carried: new Map(offers.map(([key, { at }]) => [key, (whenText(at) ?? at).slice(0, 10)])),
  };
}

export async function reportWorkbook(
  deps: RouteDeps,
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  language: Language,
): Promise<Buffer> {
  const form = formOfItem(snapshot, row);
  const version = lastVersion(deps, snapshot, row, actor);
  const filled = await filledOf(deps, row, actor, compiledOf(form), version);
  const misfit = misfitOf(form, filled);
  if (misfit !== null) throw refused('TOO_LONG_FOR_A_CELL', { params: { value: misfit } });
  const { state } = row;
  const { terms, items } = snapshot.directiveOf(row);
  const heading = {
    title: terms.title,
    number: terms.number,
    item: items.get(state.item)?.title ?? state.item,
    unit: nameOf(snapshot.directory, state.holder),
    due: whenText(toIso(state.dueAt)) ?? '',
  };
  const mark = { ...markOf(row, form, version), about: calledAs(heading) };
  return writeWorkbook(reportSheets({ form, heading, mark, filled, language }));
}

/** Reads it and judges it as a submit would; nothing is kept of it. */
export async function judgeWorkbook(
  deps: RouteDeps & { reader: WorkbookReader },
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  { bytes, language }: { bytes: Buffer; language: Language },
): Promise<Judged> {
  const form = formOfItem(snapshot, row);
  const compiled = compiledOf(form);
  const mark = markOf(row, form, lastVersion(deps, snapshot, row, actor));
  const reading = await deps.reader.read(bytes, { kind: 'report', form, mark });
  if (isRefusal(reading)) throw new Refused(reading);
  const found = await readByRules(deps.pool, row.state, compiled, false);
  const last = Object.fromEntries(found.map(({ key, value }) => [key, value])) as Last;
  return judgedReading(compiled, reading, last, language);
}

export function judgedReading(
  compiled: CompiledForm,
  reading: ReportReading,
  last: Last,
  language: Language,
): Judged {
  const cellOf = createPlaces(compiled.form, reading, (rule) => readsOf(compiled, rule));
  const judged = judgedBy(compiled, reading, last, { language, cellOf });
  return { ...judged, warnings: [...judged.warnings, ...problemsOf(reading.remarks, language)] };
}

/** The problems found while reading, in words; a last one says that there are more than the bound. */
export function problemsOf(found: readonly CellProblem[], language: Language): Problem[] {
  return bounded(
    found.map(({ cell, path, code, params }) => ({
      cell,
      path,
      code,
      message: wordsOf(params ? { code, params } : { code }, language),
    })),
    language,
  );
}

function bounded(problems: Problem[], language: Language): Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const more = { code: 'MORE_PROBLEMS' as const, params: { max: MAX_PROBLEMS } };
  const last = { cell: null, path: '', code: more.code, message: wordsOf(more, language) };
  return [...problems.slice(0, MAX_PROBLEMS), last];
}

type Read = Pick<ReportReading, 'values' | 'rows' | 'problems' | 'saying' | 'readings'>;

/** The values read, judged, and each problem at its cell. */
export function judgedBy(
  compiled: CompiledForm,
  reading: Read,
  last: Last,
  { language, cellOf }: { language: Language; cellOf: (path: string) => string | null },
): Judged {
  const { values, rows, faults, warnings } = judgeReport(compiled, reading, last);
  const explanations = explained(faults, reading.saying.explanation);
  const problem = (fault: Fault, cell: string | null): Problem => ({
    cell,
    path: fault.path,
    code: fault.code,
    message: wordsOf(fault, language),
  });
  // An unreadable value is named once, by the text in its cell, and not again as missing.
  const named = new Set(reading.problems.map(({ path }) => path));
  const others = faults.filter(
    ({ path }) => !named.has(path) && !Object.hasOwn(explanations, path.replace(EXPLANATION, '')),
  );
  return {
    values,
    rows,
    explanations,
    ...(reading.saying.note === '' ? {} : { note: reading.saying.note }),
    problems: bounded(
      [
        ...reading.problems.map((each) => problem(each, each.cell)),
        ...others.map((fault) => problem(fault, cellOf(fault.path))),
      ],
      language,
    ),
    warnings: warnings.map((fault) => problem(fault, cellOf(fault.path))),
    readings: reading.readings,
  };
}

const EXPLANATION = /^explanations\./;

/** One cell explains every fault of its report that asks for an explanation. */
function explained(faults: readonly Fault[], text: string): Record<string, string> {
  if (text === '') return {};
  return Object.fromEntries(
    faults.flatMap(({ path, code }) =>
      code === 'EXPLANATION_REQUIRED' ? [[path.replace(EXPLANATION, ''), text]] : [],
    ),
  );
}

/** The explanation given before where rules asked for it; empty where explanations differ. */
export function saidBefore(content: { explanations?: Record<string, string> }): string {
  const texts = [...new Set(Object.values(content.explanations ?? {}))];
  return texts.length === 1 ? (texts[0] ?? '') : '';
}

export const readsOf = ({ rules }: CompiledForm, key: string): ReadonlySet<string> =>
  new Set(rules.find(({ rule }) => rule.key === key)?.check.reads.fields);

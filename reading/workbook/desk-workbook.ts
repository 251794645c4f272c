// The workbook of a desk: made of all units below that report themselves, and judged unit by unit when it comes back.
import { digestOf } from '../chain.ts';
import { isClearTo, seenSubmission } from '../sensitive.ts';
import type { Snapshot } from '../snapshot.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { findSubmissions, type SubmissionRow } from '../../db/queries/submission.ts';
import { listLeaves } from '../../db/queries/tally.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { isOwing } from '../../domain/assignment/assignment.ts';
import { whenText, toIso } from '../../domain/instant.ts';
import { isRefusal, wordsOf, type FailureCode, type Language } from '../../domain/failure.ts';
import { same } from '../../domain/form/difference.ts';
import { MAX_ROWS } from '../../domain/form/field-kind.ts';
import type { Form } from '../../domain/form/field.ts';
import { compiledOf, needsLast, type CompiledForm, type Last } from '../../domain/form/form.ts';
import { codeOf, nameOf } from '../../domain/organisation/organisation.ts';
import { MAX_UNITS, unitLabels } from '../../domain/paper/workbook/desk/desk-layout.ts';
import { createDeskPlaces } from '../../domain/paper/workbook/desk/desk-place.ts';
import { deskSheets, rowsIn, type DeskUnit } from '../../domain/paper/workbook/desk/desk-sheets.ts';
import type { WorkbookMark } from '../../domain/paper/workbook/marker.ts';
import type { DeskEntry } from '../../domain/paper/workbook/desk/collected-units.ts';
import { tablesOf } from '../../domain/paper/workbook/report/report-layout.ts';
import { misfitOf } from '../../domain/paper/workbook/report/report-sheets.ts';
import { readByRules } from '../prefill.ts';
import type { ReadingDeps } from '../opening.ts';
import { readSnapshot } from '../seen-row.ts';
import { formOfItem } from './report-workbook.ts';
import {
  calledAs,
  judgedBy,
  problemsOf,
  readsOf,
  saidBefore,
  type Judged,
  type Problem,
} from '../../domain/paper/workbook/report/judged-report.ts';
import type { WorkbookOpener } from '../../domain/paper/workbook/reading-asked.ts';
import type { SheetPlan } from '../../domain/paper/workbook/sheet-plan.ts';
import { refusing, RefusalThrown } from '../../domain/refusal-thrown.ts';

type Said = Pick<DeskUnit, 'values' | 'rows' | 'explanation'>;
/** `said`: as the reader of the workbook sees it; a unit further down than directly below is masked. */
type Leaf = {
  row: AssignmentRow;
  unit: string;
  unitName: string;
  label: string;
  said: Said;
  isClear: boolean;
};

/** One unit's row, judged by itself. `alreadyIn`: it equals the unit's last report, and the unit owes nothing more. */
export type JudgedUnit = {
  assignment: string;
  unit: string;
  unitName: string;
  /** On the first sheet; null where only tables say something of the unit. */
  row: number | null;
  values: Judged['values'];
  rows: Judged['rows'];
  explanations: Judged['explanations'];
  note?: string;
  problems: Problem[];
  warnings: Problem[];
  readings: Judged['readings'];
  alreadyIn: boolean;
};

/** `problems`: of rows that belong to no unit; `warnings`: of cells written where nothing is asked. */
export type JudgedDesk = { items: JudgedUnit[]; problems: Problem[]; warnings: Problem[] };

/** Reports that came in since are told unit by unit, so the workbook as a whole has no version. */
const markOf = ({ id }: AssignmentRow, form: Form): WorkbookMark => ({
  kind: 'desk',
  assignment: id,
  version: 0,
  form: digestOf(form),
});

/** All leaves below the node, with their reports so far; 422 where there are more than one workbook holds. */
async function leavesOf(
  deps: ReadingDeps,
  { directive, id }: AssignmentRow,
  { person }: Actor,
  form: Form,
): Promise<Leaf[]> {
  const ids = await listLeaves(deps.pool, { directive, id }, MAX_UNITS + 1);
  if (ids.length > MAX_UNITS) throw refusing('TOO_MANY', { params: { max: MAX_UNITS } });
  const below = await readSnapshot(
    deps,
    deps.pool,
    ids.map((leaf) => ({ directive, id: leaf })),
  );
  const { directory, rows } = below;
  const viewer = { directory, person, now: deps.now() };
  const leaves = ids.flatMap((leaf) => rows.get(leaf) ?? []);
  const named = leaves.map(({ id: assignment, state }) => ({
    assignment,
    code: codeOf(state.holder),
    name: nameOf(directory, state.holder),
  }));
  const labels = unitLabels(named);
  const wanted = leaves.map(({ id: leaf, state }) => ({ directive, id: leaf, version: state.current }));
  const sent = await findSubmissions(
    deps.pool,
    wanted.filter(({ version }) => version > 0),
  );
  const clear = new Set(
    leaves.filter((row) => isClearTo(viewer, below.standingOf(row))).map((row) => row.id),
  );
  const seen = (submission: SubmissionRow): SubmissionRow =>
    seenSubmission(form, submission, clear.has(submission.assignment));
  const said = new Map(
    sent.map((submission) => [
      submission.assignment,
      seen(submission).content as Partial<Said> & { explanations?: Record<string, string> },
    ]),
  );
  return leaves.map((row, at) => {
    const content = said.get(row.id) ?? {};
    const { values = {}, rows: tables = {} } = content;
    return {
      row,
      unit: named[at]?.code ?? '',
      unitName: named[at]?.name ?? '',
      label: labels.get(row.id) ?? row.id,
      isClear: clear.has(row.id),
      said: { values, rows: tables, explanation: saidBefore(content) },
    };
  });
}

/** The sheets of all units below, to fill in. */
export async function deskWorkbook(
  deps: ReadingDeps,
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  language: Language,
): Promise<SheetPlan[]> {
  const form = formOfItem(snapshot, row);
  const leaves = await leavesOf(deps, row, actor, form);
  const units = leaves.map(({ row: { id, state }, label, said }): DeskUnit => ({
    assignment: id,
    label,
    version: state.current,
    ...said,
  }));
  for (const unit of units) {
    const misfit = misfitOf(form, unit);
    if (misfit !== null)
      throw refusing('TOO_LONG_FOR_A_CELL', { params: { value: `${unit.label} ${misfit}` } });
  }
  if (tablesOf(form).some(({ key }) => rowsIn(units, key) > MAX_ROWS))
    throw refusing('TOO_MANY', { params: { max: MAX_ROWS } });
  const { terms, items } = snapshot.directiveOf(row);
  const heading = {
    title: terms.title,
    number: terms.number,
    item: items.get(row.state.item)?.title ?? row.state.item,
    due: whenText(toIso(row.state.dueAt)) ?? '',
  };
  const about = calledAs({ ...heading, unit: nameOf(snapshot.directory, row.state.holder) });
  return deskSheets({ form, heading, mark: { ...markOf(row, form), about }, units, language });
}

/** Reads it and judges each unit's row as a submit would; nothing is kept of it. */
export async function judgeDesk(
  deps: ReadingDeps & { reader: WorkbookOpener },
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  { bytes, language }: { bytes: Buffer; language: Language },
): Promise<JudgedDesk> {
  const form = formOfItem(snapshot, row);
  const compiled = compiledOf(form);
  const reading = await deps.reader.read(bytes, { kind: 'desk', form, mark: markOf(row, form) });
  if (isRefusal(reading)) throw new RefusalThrown(reading);
  const leaves = new Map((await leavesOf(deps, row, actor, form)).map((leaf) => [leaf.row.id, leaf]));
  const placeOf = createDeskPlaces(form, reading.columns, (rule) => readsOf(compiled, rule));
  const problems = problemsOf(reading.problems, language);
  const items: JudgedUnit[] = [];
  for (const entry of reading.entries) {
    const cellOf = (path: string): string | null => placeOf(entry, path);
    const said = (code: FailureCode, value = ''): Problem => ({
      cell: cellOf('unit'),
      path: 'unit',
      code,
      message: wordsOf({ code, params: { value } }, language),
    });
    const leaf = leaves.get(entry.assignment);
    if (!leaf) {
      // Handed on, cancelled, or never below this node.
      problems.push(said('UNKNOWN_UNIT', entry.assignment));
      continue;
    }
    const last = await lastOf(deps, leaf, compiled);
    const judged = judgedBy(compiled, entry, last, { language, cellOf });
    const { problems: own } = judged;
    // Values that were masked when the workbook was made are refused as values, and yet they say nothing new.
    const is = leaf.isClear ? judged : entry;
    const alreadyIn = !isOwing(leaf.row.state) && saysTheSame(form, leaf.said, entry.problems, is);
    const isOutdated = entry.version !== leaf.row.state.current;
    items.push({
      assignment: entry.assignment,
      unit: leaf.unit,
      unitName: leaf.unitName,
      row: entry.at > 0 ? entry.at : null,
      ...judged,
      problems: alreadyIn ? [] : isOutdated ? [said('WORKBOOK_OUTDATED'), ...own] : own,
      alreadyIn,
    });
  }
  return { items, problems, warnings: problemsOf(reading.remarks, language) };
}

async function lastOf(deps: ReadingDeps, { row }: Leaf, compiled: CompiledForm): Promise<Last> {
  if (needsLast(compiled).length === 0) return {};
  const found = await readByRules(deps.pool, row.state, compiled, false);
  return Object.fromEntries(found.map(({ key, value }) => [key, value])) as Last;
}

/** Files are in no workbook, so they are no difference. */
function saysTheSame(
  form: Form,
  was: Said,
  problems: DeskEntry['problems'],
  is: Pick<DeskEntry, 'values' | 'rows'>,
): boolean {
  const files = new Set(form.fields.filter(({ type }) => type === 'file').map(({ key }) => key));
  const filled = (of: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(of).filter(
        ([key, value]) => !files.has(key) && !(Array.isArray(value) && value.length === 0),
      ),
    );
  return (
    problems.length === 0 &&
    same(filled(was.values), filled(is.values)) &&
    same(filled(was.rows), filled(is.rows))
  );
}

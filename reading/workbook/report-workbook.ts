// The workbook of one assignment's report: made with the values known already, and judged when it comes back.
import { digestOf } from '../chain.ts';
import { isClearTo, seenSubmission } from '../sensitive.ts';
import type { Snapshot } from '../snapshot.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { findSubmission, sent } from '../../db/queries/submission.ts';
import { relate, type Actor } from '../../domain/access/relation.ts';
import { isRefusal, type Language } from '../../domain/failure.ts';
import type { Form } from '../../domain/form/field.ts';
import { compiledOf, type CompiledForm, type Last } from '../../domain/form/form.ts';
import { toIso, whenText } from '../../domain/instant.ts';
import { nameOf } from '../../domain/organisation/organisation.ts';
import type { WorkbookMark } from '../../domain/paper/workbook/marker.ts';
import { misfitOf, reportSheets, type Filled } from '../../domain/paper/workbook/report/report-sheets.ts';
import { prefillFor, readByRules } from '../prefill.ts';
import type { ReadingDeps } from '../opening.ts';
import type { WorkbookOpener } from '../../domain/paper/workbook/reading-asked.ts';
import {
  calledAs,
  judgedReading,
  saidBefore,
  type Judged,
} from '../../domain/paper/workbook/report/judged-report.ts';
import type { SheetPlan } from '../../domain/paper/workbook/sheet-plan.ts';
import { refusing, RefusalThrown } from '../../domain/refusal-thrown.ts';

/** For readers who see the row: `NO_FORM` where there is nothing to fill in. */
export function formOfItem(snapshot: Snapshot, { directive, state }: AssignmentRow): Form {
  const form = snapshot.directiveOf({ directive }).items.get(state.item)?.form;
  if (!form) throw refusing('NO_FORM');
  return form;
}

/** The last report there is; one that waits for its signature is its holder's alone. */
function lastVersion(deps: ReadingDeps, snapshot: Snapshot, row: AssignmentRow, actor: Actor): number {
  const { holder } = relate(snapshot.directory, actor.person, snapshot.standingOf(row), deps.now());
  return Math.max(row.state.current, holder ? (row.state.presented?.version ?? 0) : 0);
}

const markOf = (row: AssignmentRow, form: Form, version: number): WorkbookMark => ({
  kind: 'report',
  assignment: row.id,
  version,
  form: digestOf(form),
});

/** The reported values; before the first report, those that may be taken over from other assignments. */
async function filledOf(
  deps: ReadingDeps,
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  compiled: CompiledForm,
  version: number,
): Promise<Filled> {
  if (version > 0) {
    const found = await findSubmission(deps.pool, sent(row.directive, row.id), version);
    const viewer = { directory: snapshot.directory, person: actor.person, now: deps.now() };
    const isClear = isClearTo(viewer, snapshot.standingOf(row));
    const seen = found && seenSubmission(compiled.form, found, isClear);
    const content = (seen?.content ?? {}) as Partial<Filled> & { explanations?: Record<string, string> };
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

/** The sheets to fill in, with what is known already. */
export async function reportWorkbook(
  deps: ReadingDeps,
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  language: Language,
): Promise<SheetPlan[]> {
  const form = formOfItem(snapshot, row);
  const version = lastVersion(deps, snapshot, row, actor);
  const filled = await filledOf(deps, snapshot, row, actor, compiledOf(form), version);
  const misfit = misfitOf(form, filled);
  if (misfit !== null) throw refusing('TOO_LONG_FOR_A_CELL', { params: { value: misfit } });
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
  return reportSheets({ form, heading, mark, filled, language });
}

/** Reads it and judges it as a submit would; nothing is kept of it. */
export async function judgeWorkbook(
  deps: ReadingDeps & { reader: WorkbookOpener },
  snapshot: Snapshot,
  row: AssignmentRow,
  actor: Actor,
  { bytes, language }: { bytes: Buffer; language: Language },
): Promise<Judged> {
  const form = formOfItem(snapshot, row);
  const compiled = compiledOf(form);
  const mark = markOf(row, form, lastVersion(deps, snapshot, row, actor));
  const reading = await deps.reader.read(bytes, { kind: 'report', form, mark });
  if (isRefusal(reading)) throw new RefusalThrown(reading);
  const found = await readByRules(deps.pool, row.state, compiled, false);
  const last = Object.fromEntries(found.map(({ key, value }) => [key, value])) as Last;
  return judgedReading(compiled, reading, last, language);
}

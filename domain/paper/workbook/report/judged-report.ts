// A workbook's report judged against its form: its values, and each problem in words at its cell.
import { wordsOf, type Fault, type FailureCode, type Language } from '../../../failure.ts';
import { judgeReport, type CompiledForm, type Json, type Last, type Row } from '../../../form/form.ts';
import type { CellProblem } from '../findings.ts';
import { createPlaces } from './place.ts';
import type { ReportReading } from './read-report.ts';

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

/** The name of a workbook in the refusal that it was sent in for another task. */
export const calledAs = ({ title, item, unit }: { title: string; item: string; unit: string }): string =>
  `“${title} · ${item}”${unit}`;

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

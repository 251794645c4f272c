// The sheet of figures: a row a place, below each the places it is merged from, totals as formulas over them.
import type { Language } from '../../../failure.ts';
import { absentWords } from '../absent.ts';
import { countedIn, type SummaryBranch, type BranchCoverage } from '../branch.ts';
import { figureColumns, kindText, type FigureColumn } from './figure-column.ts';
import { coverageLine, sourceLine, type ItemFigures, type SummaryFigures } from '../figures.ts';
import {
  emptyCell,
  textCell,
  type SummaryCell,
  type CellLook,
  type SummarySheet,
  type SheetRow,
} from './sheet.ts';
import { ABSENCES, KINDS, say } from '../summary-words.ts';
import type { TotalledRows } from './total-formula.ts';
import { absenceOf, isLate, type Basis } from '../standing.ts';

/** Name, kind, standing; then the fields. */
const NAME = 0;
const KIND = 1;
const LEADING = 3;

/** A row of the table before it has cells; a total knows how many rows below are its own. */
type Line = {
  branch: SummaryBranch;
  kind: keyof typeof KINDS;
  depth: number;
  below: Line[];
};

export function figureSheet(
  figures: SummaryFigures,
  item: ItemFigures,
  about: { name: string; language: Language },
): SummarySheet {
  const { language } = about;
  const columns = figureColumns({ form: item.form, language, files: item.files });
  const width = LEADING + columns.length;
  const head = headRows(figures, item, { language, columns, width });
  const lines = item.isWhole ? linesOf(item.root, 0) : [aloneOf(item)];
  const rows = lines.map((line, index) =>
    rowOf(line, { columns, language, figures, at: head.rows.length + index + 1 }),
  );
  return {
    name: about.name,
    widths: [24, 9, 32, ...columns.map((column) => column.width)],
    frozen: { rows: head.rows.length, columns: LEADING },
    headRows: 2,
    merged: head.merged,
    rows: [...head.rows, ...rows],
  };
}

/** Every line after the one it is merged into; a cancelled report is on no line of figures. */
function linesOf(branch: SummaryBranch, depth: number): Line[] {
  const line: Line = { branch, kind: kindOf(branch), depth, below: [] };
  // The one line of a place that is cut includes its holder's own part.
  if (branch.kind === 'node' && branch.report !== null && !branch.isCut) {
    line.below.push({ branch, kind: 'own', depth: depth + 1, below: [] });
  }
  for (const child of branch.children) {
    const { standing, coverage } = child;
    const isGone = standing?.phase === 'cancelled' && coverage.expected === 0 && child.report === null;
    if (!isGone) line.below.push(...linesOf(child, depth + 1));
  }
  return [line, ...line.below];
}

/** A shared result has no rows below it, and lists the collected values itself. */
const aloneOf = ({ root, whole }: ItemFigures): Line => ({
  branch: { ...root, values: whole.values },
  kind: root.kind === 'leaf' ? 'report' : 'collapsed',
  depth: 0,
  below: [],
});

function kindOf(branch: SummaryBranch): Line['kind'] {
  if (branch.kind === 'leaf') return 'report';
  return branch.isCut ? 'collapsed' : 'total';
}

function rowOf(
  line: Line,
  about: { columns: FigureColumn[]; language: Language; figures: SummaryFigures; at: number },
): SheetRow {
  const { branch, kind, depth } = line;
  const { columns, language, figures } = about;
  const isTotal = kind === 'total' || kind === 'collapsed';
  const name = kind === 'own' ? say('ownPart', language, { name: branch.name }) : branch.name;
  const absence = kind === 'report' && branch.standing ? absenceOf(branch.standing, figures.basis) : null;
  const look: CellLook = isTotal ? 'total' : absence === null ? 'text' : absenceLook(absence);
  const block = blockOf(line, { columns, language, at: about.at });
  return {
    depth,
    cells: [
      textCell(`${'　'.repeat(depth)}${name}`, look),
      textCell(kindText(kind, language), look),
      textCell(standingText(line, figures, language), look),
      ...columns.map((column, index): SummaryCell => {
        if (isTotal)
          return column.total(
            branch.values,
            block && { ...block, column: LEADING + index, weights: weightsOf(column, columns) },
          );
        if (absence !== null || branch.report === null)
          return textCell(say(absence === 'waiting' ? 'waiting' : 'missing', language), look);
        return column.cell(branch.report);
      }),
    ],
  };
}

const absenceLook = (absence: string): CellLook => (absence === 'waiting' ? 'waiting' : 'missing');

/** Where the weights of a weighted mean stand; a masked one cannot be counted with. */
function weightsOf({ field: { aggregate } }: FigureColumn, columns: readonly FigureColumn[]): number | null {
  if (typeof aggregate === 'string' || !('weightedMean' in aggregate)) return null;
  const at = columns.findIndex(({ field }) => field.key === aggregate.weightedMean && !field.sensitive);
  return at === -1 ? null : LEADING + at;
}

function blockOf(
  line: Line,
  { language, at }: { columns: FigureColumn[]; language: Language; at: number },
): Omit<TotalledRows, 'column' | 'weights'> | null {
  if (line.below.length === 0 || line.kind === 'collapsed') return null;
  return {
    first: at + 1,
    last: at + line.below.length,
    kinds: KIND,
    totalWord: KINDS.total[language],
    isNested: line.below.some(({ kind }) => kind === 'total'),
    isCut: line.below.some(({ kind }) => kind === 'collapsed'),
    yes: say('yes', language),
    no: say('no', language),
  };
}

function standingText({ branch, kind }: Line, figures: SummaryFigures, language: Language): string {
  const { standing, coverage } = branch;
  if (kind === 'own') return '';
  if (kind !== 'report' || standing === null) return shareText(coverage, figures.basis, language);
  return standingWords(standing, figures, language);
}

/** `计入 33/36`: how many of those expected are in the figures. */
export const shareText = (coverage: BranchCoverage, basis: Basis, language: Language): string =>
  say('counted', language, { counted: countedIn(coverage, basis), expected: coverage.expected });

/** `未报（未签收，已逾期）`, `待审核`, `审核通过`. */
export function standingWords(
  standing: NonNullable<SummaryBranch['standing']>,
  { basis, at }: { basis: Basis; at: string },
  language: Language,
): string {
  const absence = absenceOf(standing, basis);
  if (absence === null) return say(standing.approved > 0 ? 'approved' : 'reported', language);
  if (absence === 'waiting' || absence === 'cancelled') return ABSENCES[absence][language];
  const late = isLate(standing, Date.parse(at)) ? [say('late', language)] : [];
  const why = [ABSENCES[absence][language], ...late].join(language === 'zh' ? '，' : ', ');
  return `${say('missing', language)}${language === 'zh' ? `（${why}）` : ` (${why})`}`;
}

function headRows(
  figures: SummaryFigures,
  item: ItemFigures,
  { language, columns, width }: { language: Language; columns: FigureColumn[]; width: number },
): { rows: SheetRow[]; merged: SummarySheet['merged'] } {
  const hasMasked = item.masked.length > 0;
  const absent = absentWords(item, figures.basis, language);
  const lines = [
    sourceLine(figures, language),
    `${coverageLine(item.root.coverage, language)}${language === 'zh' ? '。' : '. '}${say(item.final ? 'final' : 'notFinal', language)}`,
    ...(absent === '' ? [] : [absent]),
    ...(item.isWhole ? [say('formulaNote', language)] : [say('sharedNote', language)]),
    ...(item.isCut && item.isWhole ? [say('cutLevels', language, { level: item.levels })] : []),
    ...(hasMasked ? [say('maskedNote', language)] : []),
  ];
  const rows: SheetRow[] = [
    { cells: [textCell(say('merged', language, { title: item.title }), 'title')] },
    ...lines.map((line) => ({ cells: [textCell(line, 'line')] })),
  ];
  const merged = rows.map((_, row) => ({ row, from: NAME, to: width - 1 }));
  const labels = columns.map((column, index) =>
    columns[index - 1]?.field.key === column.field.key ? '' : column.label,
  );
  columns.forEach(({ field }, from) => {
    const to = columns.findLastIndex((other) => other.field.key === field.key);
    if (labels[from] !== '' && to > from)
      merged.push({ row: rows.length, from: LEADING + from, to: LEADING + to });
  });
  rows.push(
    {
      cells: [
        ...(['unit', 'kind', 'standing'] as const).map((word) => textCell(say(word, language), 'head')),
        ...labels.map((label) => (label === '' ? emptyCell('head') : textCell(label, 'head'))),
      ],
    },
    {
      cells: [
        ...Array.from({ length: LEADING }, () => emptyCell('head')),
        ...columns.map(({ detail }) => textCell(detail, 'head')),
      ],
    },
  );
  return { rows, merged };
}

// Writes sheets from plain data as a workbook: looks, formulas with their results, panes, print setup.
import {
  Workbook,
  type Alignment,
  type Borders,
  type Fill,
  type Font,
  type Worksheet,
} from '@cj-tech-master/excelts';
import { printPage } from '../../../domain/paper/workbook/print-page.ts';
import { heightOfTexts, type TextInCell } from '../../../domain/paper/workbook/row-height.ts';
import { paperOf } from './print-setup.ts';
import type { SummaryCell, CellLook, SummarySheet } from '../../../domain/paper/summary/workbook/sheet.ts';

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

type Style = { font: Partial<Font>; alignment: Partial<Alignment>; fill?: Fill; isBare?: true };

const FONT = { name: '宋体', size: 11 };
const TEXT: Style = { font: FONT, alignment: { vertical: 'middle', wrapText: true } };
/** Colours stay light: figures on them are read in print. */
const LOOKS: Readonly<Record<CellLook, Style>> = {
  title: {
    font: { name: '黑体', size: 16, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    isBare: true,
  },
  line: { font: { ...FONT, size: 10 }, alignment: { vertical: 'middle', wrapText: true }, isBare: true },
  head: {
    font: { ...FONT, name: '黑体' },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    fill: solid('FFE7ECF3'),
  },
  total: { font: { ...FONT, bold: true }, alignment: TEXT.alignment, fill: solid('FFF4F6F9') },
  figure: TEXT,
  text: TEXT,
  missing: { ...TEXT, font: { ...FONT, color: { argb: 'FFB00020' } }, fill: solid('FFFDE2E0') },
  waiting: { ...TEXT, font: { ...FONT, color: { argb: 'FF7A5200' } }, fill: solid('FFFFF4CF') },
  differing: { ...TEXT, fill: solid('FFFFEB9C') },
  masked: { ...TEXT, font: { ...FONT, color: { argb: 'FF808080' } } },
};

const THIN = { style: 'thin', color: { argb: 'FFB8BFCA' } } as const;
const RULED: Partial<Borders> = { top: THIN, left: THIN, bottom: THIN, right: THIN };

/** Groups of rows a spreadsheet can fold. */
const MAX_OUTLINE = 7;
/** The smallest letters of a sheet, in points. */
const SMALLEST = 10;

export async function renderWorkbook(
  sheets: readonly SummarySheet[],
  about: { creator: string },
): Promise<Buffer> {
  const workbook = new Workbook();
  workbook.creator = about.creator;
  const styleFor = createStyles();
  for (const sheet of sheets) fill(workbook.addWorksheet(sheet.name), sheet, styleFor);
  // The library's own second check costs as much as the writing; the tests check instead.
  return Buffer.from(await workbook.xlsx.writeBuffer({ validate: false }));
}

function fill(to: Worksheet, sheet: SummarySheet, styleFor: (cell: SummaryCell) => CellStyle): void {
  const { frozen, widths, rows } = sheet;
  to.views = [{ state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows, zoomScale: 100 }];
  // A total is above its parts; deeper than any group, so that none opens folded.
  to.properties.outlineLevelRow = MAX_OUTLINE + 1;
  to.properties.outlineProperties = { summaryBelow: false, summaryRight: false };
  const page = printPage(widths, { smallest: SMALLEST });
  to.pageSetup = {
    ...to.pageSetup,
    ...paperOf(page),
    printTitlesRow: `${frozen.rows - sheet.headRows + 1}:${frozen.rows}`,
    printTitlesColumn: 'A:A',
    horizontalCentered: page.scale === null,
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
  };
  to.headerFooter.oddFooter = '&C&P / &N';
  widths.forEach((width, index) => {
    to.getColumn(index + 1).width = width;
  });
  const spans = spansOf(sheet, page.columnsOnFirst);
  rows.forEach((row, index) => {
    const line = to.getRow(index + 1);
    if (row.depth !== undefined && row.depth > 0) line.outlineLevel = Math.min(MAX_OUTLINE, row.depth);
    row.cells.forEach((cell, at) => {
      write(line.getCell(at + 1), cell, styleFor(cell));
    });
    const over = spans.get(index) ?? [];
    line.height = heightOfTexts(row.cells.flatMap((cell, at) => textIn(cell, at, { over, widths })));
  });
  for (const [row, over] of spans)
    for (const { from, last } of over) to.mergeCells(row + 1, from + 1, row + 1, last + 1);
}

type Span = { from: number; last: number };

/** By row. The edge of the first page does not cut the cells above the heads in two. */
function spansOf({ merged, frozen, headRows }: SummarySheet, columnsOnFirst: number): Map<number, Span[]> {
  const spans = new Map<number, Span[]>();
  for (const { row, from, to } of merged) {
    const isAbove = row < frozen.rows - headRows;
    const last = isAbove ? Math.max(from, Math.min(to, columnsOnFirst - 1)) : to;
    spans.set(row, [...(spans.get(row) ?? []), { from, last }]);
  }
  return spans;
}

/** Numbers are not wrapped, and a formula's result is a number or a word. */
function textIn(
  { value, look, formula }: SummaryCell,
  at: number,
  { over, widths }: { over: readonly Span[]; widths: readonly number[] },
): TextInCell[] {
  if (typeof value !== 'string' || formula !== undefined) return [];
  const { last } = over.find(({ from }) => from === at) ?? { last: at };
  const width = widths.slice(at, last + 1).reduce((sum, each) => sum + each, 0);
  return [{ text: value, width, points: LOOKS[look].font.size ?? FONT.size }];
}

type CellStyle = ReturnType<ReturnType<Worksheet['getRow']>['getCell']>['style'];

/** One object for each kind of cell: equal looks are written once, and looked up instead of compared. */
function createStyles(): (cell: SummaryCell) => CellStyle {
  const known = new Map<string, CellStyle>();
  return (cell) => {
    const isNumber = typeof cell.value === 'number';
    const key = `${cell.look} ${isNumber} ${cell.format ?? ''}`;
    const style = known.get(key) ?? styleOf(cell, isNumber);
    known.set(key, style);
    return style;
  };
}

function styleOf({ look, format }: SummaryCell, isNumber: boolean): CellStyle {
  const { font, alignment, fill: behind, isBare } = LOOKS[look];
  return {
    font,
    alignment: isNumber ? { ...alignment, horizontal: 'right', wrapText: false } : alignment,
    ...(behind ? { fill: behind } : {}),
    ...(isBare === true ? {} : { border: RULED }),
    ...(format === undefined ? {} : { numFmt: format }),
  };
}

function write(
  to: ReturnType<ReturnType<Worksheet['getRow']>['getCell']>,
  cell: SummaryCell,
  style: CellStyle,
): void {
  if (cell.formula !== undefined) to.value = { formula: cell.formula, result: cell.value ?? '' };
  else if (cell.value !== null) to.value = cell.value;
  to.style = style;
}

// Sheets as plain data written out as a workbook: looks, formulas with what they come to, panes, print setup.
import {
  Workbook,
  type Alignment,
  type Borders,
  type Fill,
  type Font,
  type Worksheet,
} from '@cj-tech-master/excelts';
import type { Cell, Look, Sheet } from '../../domain/summary/workbook/sheet.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

type Style = { font: Partial<Font>; alignment: Partial<Alignment>; fill?: Fill; isBare?: true };

const FONT = { name: '宋体', size: 11 };
const TEXT: Style = { font: FONT, alignment: { vertical: 'middle', wrapText: true } };
/** Colours stay light: figures on them are read in print. */
const LOOKS: Readonly<Record<Look, Style>> = {
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
/** A title has a line of its own height; other heads grow with what is in them. */
const TITLE_HEIGHT = 30;
const LINE_HEIGHT = 16;

export async function renderWorkbook(sheets: readonly Sheet[], about: { creator: string }): Promise<Buffer> {
  const workbook = new Workbook();
  workbook.creator = about.creator;
  const styleFor = createStyles();
  for (const sheet of sheets) fill(workbook.addWorksheet(sheet.name), sheet, styleFor);
  // Its own second look costs as much as the writing; the tests look.
  return Buffer.from(await workbook.xlsx.writeBuffer({ validate: false }));
}

function fill(to: Worksheet, sheet: Sheet, styleFor: (cell: Cell) => CellStyle): void {
  const { frozen, widths, rows, merged } = sheet;
  to.views = [{ state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows, zoomScale: 100 }];
  // A total stands above what it is made of; deeper than any group, so that none opens folded.
  to.properties.outlineLevelRow = MAX_OUTLINE + 1;
  to.properties.outlineProperties = { summaryBelow: false, summaryRight: false };
  to.pageSetup = {
    ...to.pageSetup,
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `1:${frozen.rows}`,
    horizontalCentered: true,
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
  };
  to.headerFooter.oddFooter = '&C&P / &N';
  widths.forEach((width, index) => {
    to.getColumn(index + 1).width = width;
  });
  rows.forEach((row, index) => {
    const line = to.getRow(index + 1);
    if (row.depth !== undefined && row.depth > 0) line.outlineLevel = Math.min(MAX_OUTLINE, row.depth);
    row.cells.forEach((cell, at) => {
      write(line.getCell(at + 1), cell, styleFor(cell));
    });
    const height = heightOf(row.cells);
    if (height !== null) line.height = height;
  });
  for (const { row, from, to: last } of merged) to.mergeCells(row + 1, from + 1, row + 1, last + 1);
}

/** Merged cells do not grow by themselves, and heads have as many lines as they are given. */
function heightOf(cells: readonly Cell[]): number | null {
  const look = cells[0]?.look;
  if (look === 'title') return TITLE_HEIGHT;
  if (look === 'line') return LINE_HEIGHT;
  if (look !== 'head') return null;
  const lines = Math.max(...cells.map(({ value }) => String(value ?? '').split('\n').length));
  return LINE_HEIGHT * (lines + 1);
}

type CellStyle = ReturnType<ReturnType<Worksheet['getRow']>['getCell']>['style'];

/** One object a kind of cell: what is the same is written once, and looked up instead of compared. */
function createStyles(): (cell: Cell) => CellStyle {
  const known = new Map<string, CellStyle>();
  return (cell) => {
    const isNumber = typeof cell.value === 'number';
    const key = `${cell.look} ${isNumber} ${cell.format ?? ''}`;
    const style = known.get(key) ?? styleOf(cell, isNumber);
    known.set(key, style);
    return style;
  };
}

function styleOf({ look, format }: Cell, isNumber: boolean): CellStyle {
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
  cell: Cell,
  style: CellStyle,
): void {
  if (cell.formula !== undefined) to.value = { formula: cell.formula, result: cell.value ?? '' };
  else if (cell.value !== null) to.value = cell.value;
  to.style = style;
}

// How the cells of a workbook look, and which input the spreadsheet accepts in them.
import type { DataValidation, PageSetup, Style } from '@cj-tech-master/excelts';
import type {
  Allowed,
  Format,
  Look,
  SheetPlan,
  Validation,
} from '../../../domain/paper/workbook/sheet-plan.ts';
import { printPage, type PrintPage } from '../../../domain/paper/workbook/print-page.ts';
import { paperOf } from './print-setup.ts';
import { LISTS_SHEET } from '../../../domain/paper/workbook/marker.ts';

const FONT = '宋体';
const LINE = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const BOX = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const fill = (argb: string): Style['fill'] => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

const FORMATS: Readonly<Record<Format, string>> = {
  // As text: a leading = and leading zeros stay text.
  text: '@',
  integer: '0',
  number: 'General',
  percent: '0.00%',
  date: 'yyyy-mm-dd',
};

const LOOKS: Readonly<Record<Exclude<Look, 'input'>, Partial<Style>>> = {
  title: {
    font: { name: FONT, size: 16, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
  },
  line: { font: { name: FONT, size: 11 }, alignment: { vertical: 'middle', wrapText: true } },
  note: {
    font: { name: FONT, size: 10, color: { argb: 'FFC00000' } },
    alignment: { vertical: 'middle', wrapText: true },
  },
  header: {
    font: { name: FONT, size: 11, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    fill: fill('FFDCE6F1'),
    border: BOX,
  },
  label: {
    font: { name: FONT, size: 11 },
    alignment: { vertical: 'middle', wrapText: true },
    border: BOX,
  },
  hint: {
    font: { name: FONT, size: 9, color: { argb: 'FF595959' } },
    alignment: { vertical: 'middle', wrapText: true },
    border: BOX,
  },
  hidden: { font: { name: FONT, size: 9 }, numFmt: '@' },
};

const STYLES = new Map<string, Partial<Style>>();

/**
 * One object for each look: the writer recognises a style by identity, and would otherwise compare a hundred thousand
 * of them.
 */
export function styleOf(look: Look, format: Format = 'text', decimals?: number): Partial<Style> {
  const name = `${look} ${format} ${decimals ?? ''}`;
  const known = STYLES.get(name);
  if (known) return known;
  const made = newStyle(look, format, decimals);
  STYLES.set(name, made);
  return made;
}

/** An input cell is the only kind that is not locked. */
function newStyle(look: Look, format: Format, decimals: number | undefined): Partial<Style> {
  if (look !== 'input') return { ...LOOKS[look], protection: { locked: true } };
  return { ...columnStyle(format, decimals), fill: fill('FFFFF9E0'), border: BOX };
}

/** For a whole column of input cells: cells below the last written row are unlocked too. */
export const columnStyle = (format: Format, decimals?: number): Partial<Style> => ({
  font: { name: FONT, size: 11 },
  alignment: { vertical: 'middle', wrapText: format === 'text' },
  numFmt: numberFormat(format, decimals),
  protection: { locked: false },
});

/** How many decimals are shown; further typed decimals are kept. */
function numberFormat(format: Format, decimals: number | undefined): string {
  if (decimals === undefined || (format !== 'number' && format !== 'percent')) return FORMATS[format];
  const shown = decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
  return format === 'percent' ? `${shown}%` : shown;
}

/** The first day after the spreadsheets' false leap day of 1900: 1900-03-01. */
const FIRST_DATE = 61;

function ruleOf(allowed: Allowed): DataValidation {
  switch (allowed.kind) {
    case 'list': {
      const { column, count } = allowed;
      return { type: 'list', formulae: [`${LISTS_SHEET}!$${column}$1:$${column}$${Math.max(1, count)}`] };
    }
    case 'integer':
      return { type: 'whole', operator: 'between', formulae: [allowed.min, allowed.max] };
    case 'number':
      return { type: 'decimal', operator: 'between', formulae: [allowed.min, allowed.max] };
    case 'date':
      return { type: 'date', operator: 'greaterThanOrEqual', formulae: [FIRST_DATE] };
    case 'length':
      return { type: 'textLength', operator: 'lessThanOrEqual', formulae: [allowed.max] };
  }
}

/** The user may dismiss the warning: the form's own check counts characters as people do, a spreadsheet does not. */
export const validationFor = ({ allowed, title, text }: Validation): DataValidation => ({
  ...ruleOf(allowed),
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: allowed.kind === 'length' || allowed.kind === 'date' ? 'warning' : 'stop',
  errorTitle: title,
  error: text,
});

/** The head is repeated, and on pages beside each other also the first visible column, which names the row. */
export function printedPage({ headRows, isList }: SheetPlan, page: PrintPage): Partial<PageSetup> {
  return {
    ...paperOf(page),
    ...(headRows > 0 ? { printTitlesRow: `2:${headRows}` } : {}),
    ...(isList && page.scale !== null ? { printTitlesColumn: FIRST_SEEN } : {}),
  };
}

/** In a list the first column is hidden. */
const FIRST_SEEN = 'B:B';

/** The smallest letters on a sheet to fill in, those of hints. */
const SMALLEST = 9;

export const printPageOf = ({ columns, isList }: SheetPlan): PrintPage =>
  printPage(
    columns.map(({ width, isHidden }) => (isHidden ? 0 : width)),
    { smallest: SMALLEST, isUpright: !isList },
  );

// Writes a planned workbook as xlsx, a few rows at a time, so that a long table does not stop other requests.
import { WritableStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { WorkbookWriter, type WorksheetWriter } from '@cj-tech-master/excelts';
import type { PlannedRow, SheetPlan } from '../../../domain/paper/workbook/sheet-plan.ts';
import type { PrintPage } from '../../../domain/paper/workbook/print-page.ts';
import { heightOf } from '../../../domain/paper/workbook/row-height.ts';
import { columnStyle, printedPage, printPageOf, styleOf, validationFor } from './sheet-look.ts';

/** Cells between two pauses for other work: some three milliseconds. */
const CELLS_AT_ONCE = 500;

export async function writeWorkbook(sheets: readonly SheetPlan[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const stream = new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk) });
  const workbook = new WorkbookWriter({ stream, useStyles: true, useSharedStrings: true });
  for (const sheet of sheets) await writeSheet(workbook, sheet);
  await workbook.commit();
  return Buffer.concat(chunks);
}

async function writeSheet(workbook: WorkbookWriter, plan: SheetPlan): Promise<void> {
  const page = printPageOf(plan);
  const sheet = workbook.addWorksheet(plan.name, {
    state: plan.isHidden ? 'veryHidden' : 'visible',
    pageSetup: printedPage(plan, page),
    views: plan.headRows > 0 ? [{ state: 'frozen', ySplit: plan.headRows, showGridLines: plan.isList }] : [],
  });
  plan.columns.forEach(({ width, isHidden, input, decimals }, index) => {
    const column = sheet.getColumn(index + 1);
    column.width = width;
    column.hidden = isHidden === true;
    if (input) column.style = columnStyle(input, decimals);
  });
  // Without a password: it prevents mistakes, it keeps no one out, and a password costs seconds to hash.
  await sheet.protect(undefined, {
    formatColumns: true,
    formatRows: true,
    insertRows: plan.isList,
    deleteRows: plan.isList,
    sort: plan.isList,
  });
  for (const validation of plan.validations)
    sheet.dataValidations.add(validation.range, validationFor(validation));
  let cells = 0;
  for (const row of plan.rows) {
    cells += row.cells.length;
    writeRow(sheet, row, plan, page);
    if (cells < CELLS_AT_ONCE) continue;
    cells = 0;
    await turn();
  }
  sheet.commit();
}

function writeRow(
  sheet: WorksheetWriter,
  { at, cells, isHidden }: PlannedRow,
  plan: SheetPlan,
  { columnsOnFirst }: PrintPage,
): void {
  const row = sheet.getRow(at);
  row.hidden = isHidden === true;
  if (!plan.isHidden) row.height = heightOf(cells, plan.columns, columnsOnFirst);
  for (const { column, value, look, format, decimals, span = 1 } of cells) {
    const cell = row.getCell(column);
    if (value !== null) cell.value = value;
    cell.style = styleOf(look, format, decimals);
    // The edge of the first page does not cut the cells above the heads in two.
    const last = Math.min(column + span - 1, Math.max(column, columnsOnFirst));
    if (last > column) sheet.mergeCells(at, column, at, last);
  }
  row.commit();
}

// The sheets of a workbook, read from untrusted bytes. Throws `UnreadableWorkbook` and nothing else.
import type { Sheet } from '../../../domain/paper/workbook/cell/cell.ts';
import { readStyles } from './cell-styles.ts';
import { readSharedStrings } from './shared-strings.ts';
import { newBudget, readSheetCells } from './sheet-cells.ts';
import { readWorkbookParts } from './workbook-parts.ts';
import { openWorkbook } from './workbook-zip.ts';

export async function readSheets(bytes: Buffer): Promise<Sheet[]> {
  const parts = await openWorkbook(bytes);
  const { sheets, strings, styles, is1904 } = await readWorkbookParts(parts);
  const context = {
    strings: await readSharedStrings(parts, strings),
    styles: await readStyles(parts, styles),
    is1904,
    budget: newBudget(),
  };
  const read: Sheet[] = [];
  for (const sheet of sheets) read.push(await readSheetCells(parts, sheet, context));
  return read;
}

// Sheets added beside ours: their content is not handed in, and each is named once.
import { cellName, isBlankCell, type Cell, type Sheet } from './cell/cell.ts';
import type { CellProblem } from './findings.ts';
import { markerColumn } from './marker.ts';

/** Sheets beyond these are not named. */
const MOST = 20;

export function addedSheets(sheets: readonly Sheet[]): CellProblem[] {
  const told: CellProblem[] = [];
  for (const sheet of sheets) {
    if (told.length === MOST) break;
    if (markerColumn(sheet) > 0) continue;
    const first = firstWritten(sheet);
    const [pasted] = sheet.pasted ?? [];
    if (first)
      told.push({
        cell: `${sheet.name}!${first.at}`,
        path: '',
        code: 'CELL_NOT_HANDED_IN',
        params: { value: wordsOfCell(first.cell) },
      });
    else if (pasted !== undefined)
      told.push({ cell: `${sheet.name}!${pasted}`, path: '', code: 'CELL_PICTURE' });
  }
  return told;
}

/** From above, then from the left. */
function firstWritten(sheet: Sheet): { at: string; cell: Cell } | null {
  let found: { row: number; column: number; cell: Cell } | null = null;
  for (const [row, cells] of sheet.rows)
    for (const [column, cell] of cells)
      if (!isBlankCell(cell) && (!found || row < found.row || (row === found.row && column < found.column)))
        found = { row, column, cell };
  return found && { at: cellName(found.row, found.column), cell: found.cell };
}

const wordsOfCell = (cell: Cell): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim().slice(0, 100) : '…';

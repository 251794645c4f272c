// What is to be written out, as plain data that can go to another thread.
import type { OfficialDocument } from '../../domain/summary/document/document.ts';
import type { Sheet } from '../../domain/summary/workbook/sheet.ts';
import { renderDocument } from './official-document.ts';
import { renderWorkbook } from './xlsx.ts';

export type Rendering = { sheets: Sheet[]; creator: string } | { document: OfficialDocument };

export const render = (rendering: Rendering): Promise<Buffer> =>
  'sheets' in rendering
    ? renderWorkbook(rendering.sheets, { creator: rendering.creator })
    : renderDocument(rendering.document);

/** Cells of it, or paragraphs: what its writing costs. */
export function sizeOf(rendering: Rendering): number {
  if ('sheets' in rendering)
    return rendering.sheets.reduce((sum, { rows, widths }) => sum + rows.length * widths.length, 0);
  return rendering.document.blocks.reduce(
    (sum, block) => sum + ('table' in block ? block.table.rows.length * block.table.columns.length : 1),
    0,
  );
}

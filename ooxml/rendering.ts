// A file to be written, as plain data that can go to another thread.
import type { OfficialDocument } from '../domain/paper/summary/document/document.ts';
import type { SummarySheet } from '../domain/paper/summary/workbook/sheet.ts';
import { renderDocument } from './document/writing/official-document.ts';
import { renderWorkbook } from './workbook/writing/xlsx.ts';

export type Rendering = { sheets: SummarySheet[]; creator: string } | { document: OfficialDocument };

export const render = (rendering: Rendering): Promise<Buffer> =>
  'sheets' in rendering
    ? renderWorkbook(rendering.sheets, { creator: rendering.creator })
    : renderDocument(rendering.document);

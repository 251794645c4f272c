// The hidden cells of a workbook: the kind of each sheet, and the purpose of the whole.
import { refuse, type Refusal } from '../../failure.ts';
import { cellAt, type Sheet } from './cell/cell.ts';
import type { PlannedRow, SheetPlan } from './sheet-plan.ts';

/** Written into every workbook; rises when the layout changes so that older workbooks no longer fit. */
const FORMAT = '1';

const PREFIX = 'zhuanban.';
export const REPORT_MARKER = `${PREFIX}report`;
export const DESK_MARKER = `${PREFIX}desk`;
export const UNITS_MARKER = `${PREFIX}units`;
export const LISTS_MARKER = `${PREFIX}lists`;
const MARK_MARKER = `${PREFIX}mark`;
export const tableMarker = (key: string): string => `${PREFIX}table.${key}`;

/** Names of hidden sheets: formulas of drop-down lists mention them, so they are the same in every language. */
export const LISTS_SHEET = 'zhuanban_lists';
export const UNITS_SHEET = 'zhuanban_units';
const MARK_SHEET = 'zhuanban_mark';

/**
 * The purpose of a workbook. `form` is a digest of the questions, `version` the number of the last report then:
 * filled in after a change of either, it would answer another question or undo a later report.
 */
export type WorkbookMark = {
  kind: string;
  assignment: string;
  version: number;
  form: string;
  /** Its name, told where it is sent in for another assignment: title and unit. */
  about?: string;
};

const FIELDS = ['format', 'kind', 'assignment', 'version', 'form', 'about'] as const;

export function markSheet(mark: WorkbookMark): SheetPlan {
  const said: Record<(typeof FIELDS)[number], string> = {
    ...mark,
    format: FORMAT,
    version: String(mark.version),
    about: mark.about ?? '',
  };
  const rows = [MARK_MARKER, ...FIELDS].map((field, index): PlannedRow => ({
    at: index + 1,
    cells: [
      { column: 1, value: field, look: 'hidden' },
      ...(index === 0
        ? []
        : [{ column: 2, value: said[field as (typeof FIELDS)[number]], look: 'hidden' as const }]),
    ],
  }));
  return {
    name: MARK_SHEET,
    isHidden: true,
    columns: [],
    rows,
    validations: [],
    headRows: 0,
    isList: false,
  };
}

/** Columns that may have been added before ours. */
const MOST_BEFORE = 10;

/** The column with a sheet's mark; 0 where it has none. */
export function markerColumn(sheet: Sheet): number {
  for (let column = 1; column <= MOST_BEFORE; column += 1) {
    const said = cellAt(sheet, 1, column);
    if (typeof said === 'string' && said.startsWith(PREFIX)) return column;
  }
  return 0;
}

/** The sheets with our marks by their kind; a copied sheet is given once more, under `copies`. */
export function markedSheets(sheets: readonly Sheet[]): { byMarker: Map<string, Sheet>; copies: Sheet[] } {
  const byMarker = new Map<string, Sheet>();
  const copies: Sheet[] = [];
  for (const sheet of sheets) {
    const marker = cellAt(sheet, 1, markerColumn(sheet));
    if (typeof marker !== 'string') continue;
    if (byMarker.has(marker)) copies.push(sheet);
    else byMarker.set(marker, sheet);
  }
  return { byMarker, copies };
}

/** Is the workbook the one that is asked for now? Null where it is. */
export function refusalOfMark(byMarker: ReadonlyMap<string, Sheet>, asked: WorkbookMark): Refusal | null {
  const sheet = byMarker.get(MARK_MARKER);
  const said = (field: (typeof FIELDS)[number]): string => {
    const found = sheet ? cellAt(sheet, FIELDS.indexOf(field) + 2, 2) : undefined;
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  if (!sheet || said('assignment') === '') return refuse('WORKBOOK_UNKNOWN');
  if (said('assignment') !== asked.assignment || said('kind') !== asked.kind)
    return refuse('WORKBOOK_OF_ANOTHER', {
      params: { value: (said('about') || titleIn(byMarker) || said('assignment')).slice(0, 300) },
    });
  if (said('format') !== FORMAT || said('form') !== asked.form) return refuse('WORKBOOK_OF_ANOTHER_FORM');
  return said('version') === String(asked.version) ? null : refuse('WORKBOOK_OUTDATED');
}

/** As it stands above the fields: older workbooks have no `about`. */
function titleIn(byMarker: ReadonlyMap<string, Sheet>): string {
  const [report, desk] = [byMarker.get(REPORT_MARKER), byMarker.get(DESK_MARKER)];
  const title = report ? cellAt(report, 2, 1) : desk ? cellAt(desk, 2, 2) : undefined;
  return typeof title === 'string' && title.trim() !== '' ? `“${title.trim()}”` : '';
}

/** A column, a row or a sheet was moved, removed or added: the places of values are no longer certain. */
export const changedAt = (sheet: string, cell: string): Refusal =>
  refuse('WORKBOOK_CHANGED', { params: { sheet, cell } });

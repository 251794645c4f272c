// The united rows of a table field as a table for paper: short ones whole, of long ones the beginning.
import { cellIn } from '../../../form/value.ts';
import type { Language } from '../../../failure.ts';
import { isNumeric } from '../../../form/field-kind.ts';
import type { Field } from '../../../form/field.ts';
import type { DocumentBlock } from './document.ts';
import { fitTable } from './fit-table.ts';
import type { ItemFigures } from '../figures.ts';
import { MASK } from '../../../form/masking.ts';
import { shownText } from '../shown-value.ts';
import { say } from '../summary-words.ts';
import { differencesText, sourcesText, unitedRows } from '../workbook/table-sheet.ts';

/** Rows on paper; the workbook has them all. */
const MAX_ROWS = 100;
/** Columns beside the sources: more cannot be read on paper. */
const MAX_COLUMNS = 16;

export function unitedTable(
  item: ItemFigures,
  field: Field,
  { language, nameOf }: { language: Language; nameOf: (code: string) => string },
): DocumentBlock[] {
  if (field.type !== 'table' || field.aggregate === 'none') return [];
  const all = unitedRows(item.whole.rows[field.key] ?? null);
  if (all.length === 0) return [];
  const columns = (field.columns ?? []).slice(0, MAX_COLUMNS);
  const about = { language, nameOf, files: item.files };
  const rows = all.slice(0, MAX_ROWS).map((united) => ({
    cells: [
      ...columns.map((column) => {
        const value = cellIn(united.row, column.key);
        return field.sensitive && value !== null ? MASK : shownText(column, value, about);
      }),
      sourcesText(united, about),
    ],
    look: 'plain' as const,
  }));
  const differing = all.slice(0, MAX_ROWS).flatMap((united) => {
    const said = differencesText(united, field, about);
    return said === '' ? [] : [{ note: `${say('differences', language)}　${said}` }];
  });
  const isShort = all.length > MAX_ROWS || columns.length < (field.columns?.length ?? 0);
  return [
    { heading: field.label, level: 2 },
    ...fitTable({
      naming: columns.length,
      columns: [
        ...columns.map(({ label, unit, type }) => ({
          text: unit === undefined ? label : `${label}\n（${unit}）`,
          isNumber: isNumeric(type),
        })),
        { text: say('sources', language), isNumber: false },
      ],
      rows,
    }),
    ...differing,
    ...(isShort ? [{ note: say('restInWorkbook', language, { shown: rows.length, all: all.length }) }] : []),
  ];
}

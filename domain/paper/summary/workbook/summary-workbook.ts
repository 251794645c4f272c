// A summary as the sheets of one workbook: for each item its figures, its tables, and its coverage.
import type { Language } from '../../../failure.ts';
import { coverageSheet } from './coverage-sheet.ts';
import { figureSheet } from './figure-sheet.ts';
import type { ItemFigures, SummaryFigures } from '../figures.ts';
import { maxTableRows } from './size.ts';
import { createSheetNames, type SummarySheet } from './sheet.ts';
import { say } from '../summary-words.ts';
import { tableSheet } from './table-sheet.ts';

export function summaryWorkbook(
  figures: SummaryFigures,
  about: { language: Language; nameOf: (code: string) => string },
): SummarySheet[] {
  const { language, nameOf } = about;
  const nameSheet = createSheetNames();
  const { items } = figures;
  const tables = items.flatMap(unitedFields);
  return items.flatMap((item, index) => {
    // Of several items each sheet says whose it is; the number is what stays of long titles.
    const named = (name: string): string => nameSheet(items.length === 1 ? name : `${index + 1}.${name}`);
    return [
      figureSheet(figures, item, { name: named(say('figuresSheet', language)), language }),
      ...unitedFields(item).map((field) =>
        tableSheet(figures, item, field, {
          name: named(field.label),
          language,
          nameOf,
          files: item.files,
          maxRows: maxTableRows(tables, field),
        }),
      ),
      ...(item.isWhole
        ? [coverageSheet(figures, item, { name: named(say('coverageSheet', language)), language })]
        : []),
    ];
  });
}

const unitedFields = ({ form }: ItemFigures): ItemFigures['form']['fields'] =>
  form.fields.filter(({ type, aggregate }) => type === 'table' && aggregate !== 'none');

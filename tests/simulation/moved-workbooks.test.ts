// A workbook in which blocks, rows and columns were moved at random: what is taken is what a person sees under each heading.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheets } from '../../ooxml/workbook/reading/read-bytes.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { isRefusal } from '../../domain/failure.ts';
import { Form } from '../../domain/form/field.ts';
import { readReport } from '../../domain/paper/workbook/report/read-report.ts';
import { reportSheets } from '../../domain/paper/workbook/report/report-sheets.ts';
import { Spreadsheet } from '../support/spreadsheet.ts';

const COLUMNS = [
  { key: 'place', label: '点位', type: 'text' as const, maxLength: 50 },
  { key: 'kind', label: '类别', type: 'text' as const, maxLength: 60 },
  { key: 'owner', label: '单位', type: 'text' as const, maxLength: 50 },
];
const FORM = Form.parse({
  fields: [...COLUMNS, { key: 'list', label: '明细', type: 'table', columns: COLUMNS }],
});
const KEYS = new Map(COLUMNS.map(({ key, label }) => [label, key]));
const MARK = { kind: 'report', assignment: 'd.i.TF.U', version: 0, form: 'digest' };
const HEADING = { title: '通知', number: 'L-1', item: '事项', unit: '单位', due: '' };
const said = (at: string): Record<string, string> =>
  Object.fromEntries(COLUMNS.map(({ key }) => [key, `${key} of ${at}`]));
const FILLED = { values: said('form'), rows: { list: ['1', '2', '3'].map(said) } };
const written = writeWorkbook(
  reportSheets({ form: FORM, heading: HEADING, mark: MARK, filled: FILLED, language: 'zh' }),
);

type Move = (book: Spreadsheet, sheet: string) => void;
const block = fc
  .tuple(fc.integer({ min: 2, max: 9 }), fc.nat(3), fc.integer({ min: 0, max: 4 }), fc.nat(2))
  .map(([top, rows, left, columns]) => {
    const letter = (column: number): string => String.fromCharCode(65 + column);
    return {
      size: rows + 1,
      range: `${letter(left)}${top}:${letter(Math.min(4, left + columns))}${top + rows}`,
    };
  });
const row = fc.integer({ min: 2, max: 9 });
const column = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const move: fc.Arbitrary<Move> = fc.oneof(
  block.chain(({ size, range }) =>
    fc.shuffledSubarray([...Array(size).keys()], { minLength: size }).map(
      (order): Move =>
        (book, sheet) =>
          book.reorder(sheet, range, order),
    ),
  ),
  block.map(
    ({ range }): Move =>
      (book, sheet) =>
        book.exchange(sheet, range),
  ),
  row.map(
    (at): Move =>
      (book, sheet) =>
        book.insertRow(sheet, at),
  ),
  row.map(
    (at): Move =>
      (book, sheet) =>
        book.deleteRow(sheet, at),
  ),
  column.map(
    (at): Move =>
      (book, sheet) =>
        book.insertColumn(sheet, at),
  ),
);

const SEEN = { rows: 16, columns: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] };
const cellsOf = (book: Spreadsheet, sheet: string): string[][] =>
  Array.from({ length: SEEN.rows }, (_, at) =>
    SEEN.columns.map((letter) => {
      const value = book.get(sheet, `${letter}${at + 1}`);
      return typeof value === 'string' ? value : '';
    }),
  );

/** What a person reads in the table: under each heading, below the grey hints. */
function seenRows(book: Spreadsheet): Record<string, string>[] {
  const cells = cellsOf(book, '明细');
  const head = cells.findIndex((each) => each.some((text) => KEYS.has(text)));
  return cells.slice(head + 1).flatMap((each) => {
    const entry = each.flatMap((text, at) => {
      const key = KEYS.get(cells[head]?.[at] ?? '');
      return key === undefined || text === '' || text.startsWith('最多') ? [] : [[key, text] as const];
    });
    return entry.length > 0 ? [Object.fromEntries(entry)] : [];
  });
}

/** And on the first sheet: beside each name, the cell before what is asked. */
function seenValues(book: Spreadsheet): Record<string, string> {
  return Object.fromEntries(
    cellsOf(book, '填报').flatMap((each) => {
      const key = each.map((text) => KEYS.get(text)).find((found) => found !== undefined);
      const value = each.find((text) => / of /.test(text));
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}

it('takes nothing that stands under another heading than it is taken for', async () => {
  let taken = 0;
  const moves = fc.array(fc.tuple(move, fc.constantFrom('填报', '明细')), { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const book = new Spreadsheet(await written);
      for (const [each, sheet] of all) each(book, sheet);
      const read = readReport(await readSheets(book.bytes()), FORM, MARK);
      // Refused, or somebody is told that something is not handed in.
      if (isRefusal(read) || read.problems.length > 0 || read.remarks.length > 0) return;
      taken += 1;
      expect(read.rows['list']).toEqual(seenRows(book));
      expect(read.values).toEqual(seenValues(book));
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(20);
});

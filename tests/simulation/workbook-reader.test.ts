// Workbooks made to hurt: each is refused by name while the process that took it in goes on as before.
import { zipSync, unzipSync } from 'fflate';
import { expect, it } from '@jest/globals';
import type { Bounds } from '../../ooxml/threads/kinds-of-work.ts';
import { createThreadBudget, type ThreadBudget } from '../../ooxml/threads/thread-budget.ts';
import { createWorkbookReader } from '../../ooxml/workbook/reading/reader.ts';
import type { ReadingAsked } from '../../domain/paper/workbook/reading-asked.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { refusalOf } from '../../api/errors.ts';
import { Form } from '../../domain/form/field.ts';
import { reportSheets } from '../../domain/paper/workbook/report/report-sheets.ts';

const budget = (): ThreadBudget => createThreadBudget({ memoryMb: 2_048, places: 2 });

const form = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer' },
    { key: 'list', label: '清单', type: 'table', columns: [{ key: 'place', label: '地址', type: 'text' }] },
  ],
});
const mark = { kind: 'report', assignment: 'd.i.TF.U', version: 0, form: 'digest' };
const heading = { title: '通知', number: 'L-1', item: '事项', unit: '单位', due: '' };
const task: ReadingAsked & { kind: 'report' } = { kind: 'report', form, mark };

const LIST = 'xl/worksheets/sheet2.xml';
const workbook = async (): Promise<Record<string, Uint8Array>> =>
  unzipSync(
    await writeWorkbook(
      reportSheets({ form, heading, mark, filled: { values: { n: 1 }, rows: {} }, language: 'zh' }),
    ),
  );

/** The workbook with one part changed. */
async function changed(part: string, change: (xml: string) => string): Promise<Buffer> {
  const parts = await workbook();
  const xml = Buffer.from(parts[part] ?? []).toString();
  return Buffer.from(zipSync({ ...parts, [part]: new Uint8Array(Buffer.from(change(xml))) }, { level: 1 }));
}
const inList = (more: string): Promise<Buffer> =>
  changed(LIST, (xml) => xml.replace('</sheetData>', `${more}</sheetData>`));
const behindList = (more: string): Promise<Buffer> =>
  changed(LIST, (xml) => xml.replace('</sheetData>', `</sheetData>${more}`));

/** The code it is refused with, or how many rows were read. */
async function outcome(bytes: Buffer, limits?: Partial<Bounds>): Promise<string | number> {
  try {
    const read = await createWorkbookReader(budget(), limits).read(bytes, task);
    return 'code' in read ? read.code : (read.rows['list']?.length ?? -1);
  } catch (error) {
    const { code } = refusalOf(error).refusal;
    if (code === 'INTERNAL') throw error;
    return code;
  }
}

const row = (at: number, cells: string): string => `<row r="${at}">${cells}</row>`;
const upTo = (n: number, make: (index: number) => string): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('');
const text = (said: string): string => `<c r="B9999" t="inlineStr"><is><t>${said}</t></is></c>`;

it('reads past ranges without end', async () => {
  const ranges =
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' +
    '<dataValidations><dataValidation sqref="A1:XFD1048576"><formula1>1</formula1></dataValidation></dataValidations>';
  expect(await outcome(await behindList(ranges))).toBe(0);
  const dimension = await changed(LIST, (xml) =>
    xml.replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>'),
  );
  expect(await outcome(dimension)).toBe(0);
});

it('refuses more rows, cells and text than a workbook of ours can have', async () => {
  expect(await outcome(await inList(upTo(10_200, (n) => row(n + 6, `<c><v>${n}</v></c>`))))).toBe(
    'TOO_LARGE',
  );
  expect(
    await outcome(
      await inList(
        upTo(70, (n) =>
          row(
            n + 6,
            upTo(16_384, () => '<c><v>1</v></c>'),
          ),
        ),
      ),
    ),
  ).toBe('TOO_LARGE');
  const long = 'x'.repeat(300_000);
  expect(
    await outcome(await inList(upTo(80, (n) => row(n + 6, text(long).replace('9999', String(n + 6)))))),
  ).toBe('TOO_LARGE');
});

it('refuses one text told ten thousand times', async () => {
  const parts = await workbook();
  const strings = Buffer.from(parts['xl/sharedStrings.xml'] ?? []).toString();
  const list = Buffer.from(parts[LIST] ?? []).toString();
  const count = strings.split('<si>').length - 1;
  parts['xl/sharedStrings.xml'] = new Uint8Array(
    Buffer.from(strings.replace('</sst>', `<si><t>${'x'.repeat(400_000)}</t></si></sst>`)),
  );
  const cells = upTo(10_000, (n) => row(n + 6, `<c r="B${n + 6}" t="s"><v>${count}</v></c>`));
  parts[LIST] = new Uint8Array(Buffer.from(list.replace('</sheetData>', `${cells}</sheetData>`)));
  expect(await outcome(Buffer.from(zipSync(parts, { level: 1 })))).toBe('TOO_LARGE');
});

it('lets what takes too long or too much go, and nothing else', async () => {
  const full = await inList(
    upTo(10_000, (n) => row(n + 6, text(`第 ${n} 处`).replace('9999', String(n + 6)))),
  );
  expect(await outcome(full)).toBe(10_000);
  expect(await outcome(full, { timeMs: 1, heapMb: 256 })).toBe('TOO_LARGE');
  expect(await outcome(full, { timeMs: 20_000, heapMb: 6 })).toBe('TOO_LARGE');
});

it('reads two at once, lets eight wait, and sends the others away to come again', async () => {
  const reader = createWorkbookReader(budget());
  const bytes = Buffer.from(zipSync(await workbook()));
  const all = await Promise.allSettled(Array.from({ length: 12 }, () => reader.read(bytes, task)));
  const refused = all.flatMap((each) => (each.status === 'rejected' ? [refusalOf(each.reason)] : []));
  expect(refused.map(({ refusal, headers }) => [refusal.code, headers['retry-after']])).toEqual([
    ['THREADS_FULL', '5'],
    ['THREADS_FULL', '5'],
  ]);
  await expect(reader.read(bytes, task)).resolves.toMatchObject({ problems: [] });
});

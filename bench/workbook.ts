// How long does a workbook with 10,000 rows of ten columns take from its bytes until every cell is judged, and in what
// memory?
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { createThreadBudget } from '../ooxml/threads/thread-budget.ts';
import { createWorkbookReader } from '../ooxml/workbook/reading/reader.ts';
import { judgedReading } from '../domain/paper/workbook/report/judged-report.ts';
import { writeWorkbook } from '../ooxml/workbook/writing/write-workbook.ts';
import { isRefusal } from '../domain/failure.ts';
import { Form } from '../domain/form/field.ts';
import { MAX_ROWS } from '../domain/form/field-kind.ts';
import { compileForm } from '../domain/form/form.ts';
import { reportSheets } from '../domain/paper/workbook/report/report-sheets.ts';

const RUNS = 5;
const SAMPLE_EVERY_MS = 20;
const TYPES = [
  'text',
  'integer',
  'number',
  'percent',
  'choice',
  'date',
  'boolean',
  'text',
  'integer',
  'text',
] as const;

const form = Form.parse({
  fields: [
    {
      key: 'list',
      label: '点位明细',
      type: 'table',
      columns: TYPES.map((type, index) => ({
        key: `c${index}`,
        label: `第 ${index + 1} 列`,
        type,
        ...(type === 'choice' ? { options: ['完好', '破损', '已更换'] } : {}),
      })),
    },
  ],
  rules: [{ key: 'all', check: 'size(list) > 0', severity: 'block', message: '应有明细' }],
});

const valueOf = (type: (typeof TYPES)[number], n: number): unknown => {
  switch (type) {
    case 'text':
      return `文一路 ${n} 号第 ${n % 7} 处`;
    case 'integer':
      return n;
    case 'number':
      return n / 8;
    case 'percent':
      return (n % 1000) / 1000;
    case 'choice':
      return ['完好', '破损', '已更换'][n % 3];
    case 'date':
      return `2026-11-${String((n % 28) + 1).padStart(2, '0')}`;
    case 'boolean':
      return n % 2 === 0;
  }
};

const list = Array.from({ length: MAX_ROWS }, (_, n) =>
  Object.fromEntries(TYPES.map((type, index) => [`c${index}`, valueOf(type, n + index)])),
);
const mark = { kind: 'report', assignment: 'd.i.TF.U', version: 0, form: '' };
const heading = { title: '明细', number: 'L-1', item: '明细', unit: '单位', due: '' };
const filled = { values: {}, rows: { list } };

const { compiled } = compileForm(form, 'form');
const reader = createWorkbookReader(createThreadBudget({ memoryMb: 2_048 }));
const megabytes = (): number => process.memoryUsage.rss() / 2 ** 20;

const startedMs = performance.now();
const bytes = await writeWorkbook(reportSheets({ form, heading, mark, filled, language: 'zh' }));
console.log(`written in ${Math.round(performance.now() - startedMs)} ms, ${bytes.length} bytes`);

for (let run = 1; run <= RUNS; run += 1) {
  globalThis.gc?.();
  const before = megabytes();
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, megabytes())), SAMPLE_EVERY_MS);
  const beganMs = performance.now();
  const reading = await reader.read(bytes, { kind: 'report', form, mark });
  const readMs = performance.now();
  if (isRefusal(reading)) throw new Error(reading.code);
  const judged = judgedReading(compiled, reading, {}, 'zh');
  const judgedMs = performance.now();
  clearInterval(sampling);
  peak = Math.max(peak, megabytes());
  strictEqual(judged.problems.length, 0);
  deepStrictEqual(judged.rows, { list });
  console.log(
    `run ${run}: read ${Math.round(readMs - beganMs)} ms, judged ${Math.round(judgedMs - readMs)} ms, ` +
      `${Math.round(peak - before)} MB more than the ${Math.round(before)} MB before, peak ${Math.round(peak)} MB`,
  );
}

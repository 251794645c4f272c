// Ten thousand damaged workbooks: each is read, or refused by name; none throws anything else, none leaves memory behind.
import { expect, it } from '@jest/globals';
import { judgedReading } from '../../domain/paper/workbook/report/judged-report.ts';
import { readSheets } from '../../ooxml/workbook/reading/read-bytes.ts';
import { UnreadableWorkbook } from '../../ooxml/workbook/reading/unreadable.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { isRefusal } from '../../domain/failure.ts';
import { Form } from '../../domain/form/field.ts';
import { compileForm } from '../../domain/form/form.ts';
import { readReport } from '../../domain/paper/workbook/report/read-report.ts';
import { reportSheets } from '../../domain/paper/workbook/report/report-sheets.ts';
import { damager, diceOf } from '../support/mutated-workbook.ts';
import { SEED } from '../support/seed.ts';

const HOW_MANY = 10_000;
/** A machine with other things to do takes longer than the half minute meant. */
const PATIENCE_MS = 300_000;
/** Megabytes the last thousand may hold more than the first: garbage not yet collected, never ten thousand workbooks. */
const MAY_GROW = 150;

const FORM = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', min: 0, required: true, aggregate: 'sum', timeAxis: 'flow' },
    { key: 'rate', label: '率', type: 'percent' },
    { key: 'ok', label: '是否', type: 'boolean' },
    { key: 'when', label: '日期', type: 'date' },
    { key: 'open', label: '时段', type: 'choice', options: ['早', '晚'] },
    { key: 'who', label: '联系人', type: 'contact' },
    { key: 'note', label: '说明', type: 'text', maxLength: 50 },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'place', label: '地址', type: 'text', required: true },
        { key: 'count', label: '数量', type: 'number' },
        { key: 'day', label: '日期', type: 'date' },
      ],
    },
  ],
  rules: [{ key: 'enough', check: 'size(list) <= n', severity: 'block', message: '行数多于数量' }],
});
const { compiled } = compileForm(FORM, 'form');
const MARK = { kind: 'report', assignment: 'd.i.TF.U', version: 1, form: 'digest' };
const HEADING = { title: '通知', number: 'L-1', item: '事项', unit: '单位', due: '2026-11-27 17:30' };
const FILLED = {
  values: { n: 3, rate: 0.9, ok: true, when: '2026-11-27', open: '早', who: { name: '王' }, note: '=1' },
  rows: { list: [1, 2, 3].map((count) => ({ place: `第 ${count} 处`, count, day: '2026-11-27' })) },
};

/** In one word what came of it. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    const read = readReport(await readSheets(Buffer.from(bytes)), FORM, MARK);
    if (isRefusal(read)) return read.code;
    const { problems } = judgedReading(compiled, read, {}, 'zh');
    expect(problems.every(({ message }) => message !== '')).toBe(true);
    return problems.length === 0 ? 'read' : 'read with problems';
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return error.reason;
    throw error;
  }
}

const residentMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
};

it(
  'reads or refuses ten thousand damaged workbooks, and holds on to none of them',
  async () => {
    process.stderr.write(`${HOW_MANY} workbooks, SIMULATION_SEED=${SEED}\n`);
    const workbook = await writeWorkbook(
      reportSheets({ form: FORM, heading: HEADING, mark: MARK, filled: FILLED, language: 'zh' }),
    );
    expect(await outcomeOf(workbook)).toBe('read');
    const damaged = damager(workbook);
    const seen = new Map<string, number>();
    let early = 0;
    for (let n = 0; n < HOW_MANY; n += 1) {
      const bytes = damaged(diceOf(SEED + n));
      const outcome = await outcomeOf(bytes).catch((error: unknown) => {
        throw new Error(`workbook ${n} of seed ${SEED}`, { cause: error });
      });
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      if (n === HOW_MANY / 10) early = residentMb();
    }
    expect(residentMb() - early).toBeLessThan(MAY_GROW);
    // Damage of every depth was done: some could still be read, some fell at the zip, some at what the cells say.
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining([
        'read',
        'read with problems',
        'DAMAGED',
        'MACROS',
        'WORKBOOK_UNKNOWN',
        'WORKBOOK_CHANGED',
      ]),
    );
  },
  PATIENCE_MS,
);

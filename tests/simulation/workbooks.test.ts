// A workbook's way out and back: whatever a form asks and a report says, what is read is what was written.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheets } from '../../ooxml/workbook/reading/read-bytes.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { compileForm, judgeReport } from '../../domain/form/form.ts';
import { readReport } from '../../domain/paper/workbook/report/read-report.ts';
import { reportSheets } from '../../domain/paper/workbook/report/report-sheets.ts';
import { randomReport } from '../support/random-report.ts';

const HEADING = { title: '通知', number: 'L-1', item: '事项', unit: '单位', due: '2026-11-27 17:30' };
const MARK = { kind: 'report', assignment: 'd.i.TF.U', version: 3, form: 'digest' };

it('gives back every report of a thousand random forms as it was put in', async () => {
  const language = fc.constantFrom('zh' as const, 'en' as const);
  await fc.assert(
    fc.asyncProperty(randomReport, language, async ({ form, values, rows }, words) => {
      const filled = { values, rows };
      const bytes = await writeWorkbook(
        reportSheets({ form, heading: HEADING, mark: MARK, filled, language: words }),
      );
      const read = readReport(await readSheets(bytes), form, MARK);
      expect(read).toMatchObject({ problems: [] });
      if (!('values' in read)) return;
      // As the form keeps it: a contact's blanks and a number's minus nought are no difference.
      const { compiled } = compileForm(form, 'form');
      const [sent, back] = [filled, read].map((content) => judgeReport(compiled, content, {}));
      expect(back?.values).toEqual(sent?.values);
      expect(back?.rows).toEqual(sent?.rows);
      expect(Object.keys(read.values).sort()).toEqual(Object.keys(sent?.values ?? {}).sort());
    }),
    { numRuns: 1000 },
  );
});

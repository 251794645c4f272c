// A desk's workbook on its way out and back: what it says of each unit is what was written, whatever the form asks.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheets } from '../../ooxml/workbook/reading/read-bytes.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { compileForm, judgeReport } from '../../domain/form/form.ts';
import { unitLabels } from '../../domain/paper/workbook/desk/desk-layout.ts';
import { deskSheets } from '../../domain/paper/workbook/desk/desk-sheets.ts';
import { readDesk } from '../../domain/paper/workbook/desk/read-desk.ts';
import { randomReport } from '../support/random-report.ts';

const HEADING = { title: '通知', number: 'L-1', item: '事项', due: '2026-11-27 17:30' };
const MARK = { kind: 'desk', assignment: 'd.i.TF', version: 0, form: 'digest' };

it('gives back what is in of every unit, of a hundred random forms', async () => {
  const language = fc.constantFrom('zh' as const, 'en' as const);
  const name = fc.constantFrom('东大社区', '=1+1', ' 西门 ', '东大社区（U1）', '', '007');
  await fc.assert(
    fc.asyncProperty(
      randomReport,
      fc.array(name, { minLength: 1, maxLength: 4 }),
      language,
      async (random, names, words) => {
        const { form, values, rows } = random;
        const named = names.map((each, at) => ({ assignment: `d.i.TF.U${at}`, name: each, code: `U${at}` }));
        const labels = unitLabels(named);
        expect(new Set(labels.values()).size).toBe(names.length);
        const units = named.map(({ assignment }, at) => ({
          assignment,
          label: labels.get(assignment) ?? '',
          version: at,
          // Every other unit has said nothing yet.
          values: at % 2 === 0 ? values : {},
          rows: at % 2 === 0 ? rows : {},
        }));
        const sheets = deskSheets({ form, heading: HEADING, mark: MARK, units, language: words });
        const read = readDesk(await readSheets(await writeWorkbook(sheets)), form, MARK);
        expect(read).toMatchObject({ problems: [] });
        if (!('entries' in read)) return;
        const { compiled } = compileForm(form, 'form');
        const kept = (content: {
          values: Record<string, unknown>;
          rows: Record<string, unknown>;
        }): unknown => {
          const judged = judgeReport(compiled, content, {});
          return { values: judged.values, rows: judged.rows };
        };
        const said = units.filter((unit) => {
          const { values: own, rows: tables } = judgeReport(compiled, unit, {});
          return Object.keys(own).length > 0 || Object.values(tables).some((table) => table.length > 0);
        });
        const inOrder = [...read.entries].sort((a, b) => a.version - b.version);
        expect(inOrder.map(({ assignment, version }) => [assignment, version])).toEqual(
          said.map(({ assignment, version }) => [assignment, version]),
        );
        expect(inOrder.map((entry) => entry.problems)).toEqual(said.map(() => []));
        expect(inOrder.map(kept)).toEqual(said.map(kept));
      },
    ),
    { numRuns: 100 },
  );
});

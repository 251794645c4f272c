// Promises of the document that is handed up: figures by part, texts by unit, files by name, missing units, and nothing missing as 0.
import { describe, expect, it } from '@jest/globals';
import {
  APPROVED,
  nameOf,
  sampleFigures,
  sampleItem,
  SILENT,
  type Place,
} from '../../../../tests/support/sample-figures.ts';
import type { DocumentBlock, DocumentTable } from './document.ts';
import type { ItemFigures } from '../figures.ts';
import { summaryDocument } from './summary-document.ts';

const FORM = {
  fields: [
    { key: 'n', label: '站点数', type: 'integer', unit: '个', aggregate: 'sum', timeAxis: 'flow' },
    { key: 'open', label: '时段', type: 'choice', options: ['早', '晚'], aggregate: 'countByValue' },
    { key: 'note', label: '小结', type: 'text', aggregate: 'concat' },
    { key: 'photo', label: '照片', type: 'file', aggregate: 'collect' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'place', label: '地点', type: 'text' }],
      aggregate: { union: ['place'] },
    },
  ],
};
const street = { standing: APPROVED };
const report = (n: number, more: object = {}): Place => ({ report: { values: { n, ...more } } });

const blocksOf = (item: ItemFigures, language: 'zh' | 'en' = 'zh'): DocumentBlock[] =>
  summaryDocument(sampleFigures([item]), { language, nameOf }).blocks;
const tablesOf = (blocks: DocumentBlock[]): DocumentTable[] =>
  blocks.flatMap((block) => ('table' in block ? [block.table] : []));
const textOf = (blocks: DocumentBlock[]): string => JSON.stringify(blocks);
const cellsOf = (table: DocumentTable | undefined): string[][] => table?.rows.map(({ cells }) => cells) ?? [];

describe('the document of a summary', () => {
  it('has the figures of each part below the total, and says of how many they are', () => {
    const [figures] = tablesOf(
      blocksOf(
        sampleItem(FORM, {
          T: street,
          'T.A': street,
          'T.A.A-1': report(1_234, { open: '早' }),
          'T.A.A-2': {},
          'T.B': street,
          'T.B.B-1': report(2, { open: '晚' }),
          'T.C': street,
          'T.C.C-1': {},
          'T.D': {},
        }),
      ),
    );
    expect(figures?.columns.map(({ text }) => text)).toEqual([
      '单位',
      '站点数\n（个）',
      '时段\n早',
      '时段\n晚',
    ]);
    expect(cellsOf(figures)).toEqual([
      ['合计\n计入 2/5', '1,236', '1', '1'],
      ['A单位\n计入 1/2', '1,234', '1', '0'],
      ['B单位', '2', '0', '1'],
      ['C单位', '未报', '未报', '未报'],
      ['D单位', '未报', '未报', '未报'],
    ]);
  });

  it('has texts by unit, and files by their names', () => {
    const blocks = blocksOf(
      sampleItem(
        FORM,
        { T: street, 'T.A': report(1, { note: '缺遮阳伞', photo: ['f1', 'f2'] }), 'T.B': report(2) },
        { files: { f1: '东门.jpg' } },
      ),
    );
    expect(textOf(blocks)).toContain('A单位：缺遮阳伞');
    expect(tablesOf(blocks).map(cellsOf)).toContainEqual([['A单位', '东门.jpg；（文件已不在）']]);
  });

  it('names who is missing with what is above and why, and who waits for review', () => {
    const returned = { ...SILENT, phase: 'returned' as const, returnedFor: '与台账不符' };
    const blocks = blocksOf(
      sampleItem(FORM, {
        T: street,
        'T.A': street,
        'T.A.A-1': { standing: returned },
        'T.A.A-2': { standing: { ...SILENT, phase: 'submitted', current: 1 } },
        'T.A.A-3': report(1),
        'T.A.A-4': { standing: { ...SILENT, phase: 'cancelled' } },
      }),
    );
    expect(cellsOf(tablesOf(blocks).at(-1))).toEqual([
      ['A-1单位', 'A单位', '未报（已退回，待重报，已逾期）：与台账不符'],
      ['A-2单位', 'A单位', '已报送，待审核'],
    ]);
    expect(textOf(blocks)).toContain('应报 3 家，已报 2 家（报送率 66.6%），审核通过 1 家，未报 1 家');
  });

  it('lists of long tables the beginning, and says where the rest is', () => {
    const rows = Array.from({ length: 250 }, (_, at) => ({ place: `点位${at}` }));
    const units = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`T.U${at}`, {}]));
    const blocks = blocksOf(
      sampleItem(FORM, { T: street, 'T.A': { report: { rows: { list: rows } } }, ...units }),
    );
    const lengths = tablesOf(blocks).map((table) => table.rows.length);
    expect(lengths).toEqual([152, 100, 100]);
    const notes = blocks.flatMap((block) => ('note' in block ? [block.note] : []));
    expect(notes).toEqual([
      '此处列 100 条，共 250 条；全部见汇总表（summary.xlsx）。',
      '此处列 100 条，共 150 条；全部见汇总表（summary.xlsx）。',
    ]);
  });

  it('of a shared result names no place below', () => {
    const places = { T: street, 'T.A': report(1), 'T.B': {} };
    const blocks = blocksOf(sampleItem(FORM, places, { isWhole: false, maxLevel: 0 }));
    expect(textOf(blocks)).not.toMatch(/[AB]单位/);
    expect(textOf(blocks)).toContain('另有 1 家未报');
  });

  it('is told in English where it is asked for so', () => {
    const text = textOf(blocksOf(sampleItem(FORM, { T: street, 'T.A': report(1), 'T.B': {} }), 'en'));
    expect(text.replace(/[站点数个时段早晚小结照片清单位摸排通知]/g, '')).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

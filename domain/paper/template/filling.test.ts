// The values for a template: figures as numbers, missing ones in words, and nothing that is masked elsewhere.
import { describe, expect, it } from '@jest/globals';
import { Form } from '../../form/field.ts';
import { createTreeBuilder, type BranchRow } from '../summary/branch.ts';
import type { ItemFigures, SummaryFigures } from '../summary/figures.ts';
import type { ReportStanding } from '../summary/standing.ts';
import { fillings } from './filling.ts';

const form = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' },
    { key: 'rate', label: '率', type: 'percent', aggregate: 'mean' },
    { key: 'state', label: '状态', type: 'choice', options: ['好', '坏'], aggregate: 'countByValue' },
    { key: 'secret', label: '密', type: 'integer', aggregate: 'sum', timeAxis: 'flow', sensitive: true },
    { key: 'text', label: '说明', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'a', label: '甲', type: 'text' },
        { key: 'b', label: '乙', type: 'number', unit: '个' },
      ],
      aggregate: { union: ['a'] },
    },
  ],
});

const standing = (more: Partial<ReportStanding>): ReportStanding => ({
  phase: 'approved',
  approved: 1,
  current: 1,
  issuedAt: null,
  acknowledgedAt: null,
  submittedAt: null,
  settledAt: null,
  dueAt: '2026-11-24T09:30:00.000Z',
  onTime: null,
  suspended: false,
  extensionAsked: false,
  declining: false,
  transferAsked: false,
  awaitsSignature: false,
  returnedFor: null,
  ...more,
});
const owing = standing({ phase: 'issued', approved: 0, current: 0 });
const node = (id: string): BranchRow => ({
  id,
  rank: id,
  code: id.slice(id.lastIndexOf('.') + 1),
  isNode: true,
  standing: owing,
  report: null,
  version: null,
  at: null,
  figureVersion: 0,
});
const leaf = (id: string, report: BranchRow['report']): BranchRow => ({
  ...node(id),
  isNode: false,
  standing: report === null ? owing : standing({}),
  report,
  version: report === null ? null : 1,
});

const REPORT = {
  values: { n: 1_200, rate: 0.5, state: '好', secret: 7, text: '=1+1' },
  rows: {
    list: [
      { a: '=甲', b: 2 },
      { a: '乙', b: 0.5 },
    ],
  },
};

function figuresOf(isWhole = true): { figures: SummaryFigures; item: ItemFigures } {
  const builder = createTreeBuilder({
    form,
    root: { id: 'd.i', name: '事项' },
    nameOf: (code) => `名${code}`,
    maxLevel: 9,
    isClear: () => false,
  });
  for (const row of [
    node('d.i.TF'),
    node('d.i.TF.DD'),
    leaf('d.i.TF.DD.1', REPORT),
    leaf('d.i.TF.DD.2', null),
    leaf('d.i.TF.XH', { values: { n: 34, rate: 0.25, state: '好' }, rows: {} }),
    node('d.i.TG'),
    leaf('d.i.TG.XH', null),
  ])
    builder.take(row);
  const item: ItemFigures = {
    ...builder.finish(),
    key: 'i',
    title: '站点',
    final: false,
    isWhole,
    levels: 9,
    isCut: false,
    files: {},
  };
  const figures: SummaryFigures = {
    directive: { id: 'd', number: '文〔2026〕3号', title: '摸排' },
    from: '区办公室',
    number: null,
    to: null,
    basis: 'approved',
    at: '2026-11-24T09:30:00.000Z',
    items: [item],
  };
  return { figures, item };
}
const filled = (path: string, isWhole = true): unknown => {
  const { x } = fillings({ x: path }, { ...figuresOf(isWhole), language: 'zh' });
  return x && 'cell' in x ? x.cell : x;
};

describe('what goes into a template', () => {
  it('is figures as numbers with their words, of the whole and of places below', () => {
    expect(filled('values.n')).toEqual({ number: 1_234, words: '1,234' });
    expect(filled('values.rate')).toEqual({ number: 0.375, words: '37.5%' });
    expect(filled('values.state.好')).toEqual({ number: 2, words: '2' });
    expect(filled('values.state.坏')).toEqual({ number: 0, words: '0' });
    expect(filled('children.DD.values.n')).toEqual({ number: 1_200, words: '1,200' });
    expect(filled('children.TF.children.XH.values.n')).toEqual({ number: 34, words: '34' });
    expect(filled('coverage.unreported')).toEqual({ number: 2, words: '2' });
    expect(filled('coverage.missing')).toEqual({ words: '名2、名XH' });
  });

  it('is words where nothing is in, nothing where a name is of two places, and never nought', () => {
    expect(filled('children.2.values.n')).toEqual({ words: '未报', isNumber: true });
    expect(filled('children.TG.values.n')).toEqual({ words: '未报', isNumber: true });
    expect(filled('children.XH.values.n')).toEqual({ words: '' });
    expect(filled('children.NONE.values.n')).toEqual({ words: '' });
    expect(filled('values.gone')).toEqual({ words: '' });
  });

  it('is texts with who wrote them, and rows by their columns', () => {
    expect(filled('values.text')).toEqual({ words: '名1：=1+1' });
    expect(filled('rows.list')).toEqual({
      head: ['甲', '乙（个）'],
      rows: [
        [{ words: '=甲' }, { number: 2, words: '2' }],
        [{ words: '乙' }, { number: 0.5, words: '0.5' }],
      ],
    });
  });

  it('masks what is sensitive, and shows nothing below of a result that is shared', () => {
    expect(filled('values.secret')).toEqual({ words: '＊＊＊', isNumber: true });
    expect(filled('children.DD.values.n', false)).toEqual({ words: '' });
    expect(filled('children.DD.name', false)).toEqual({ words: '' });
    expect(filled('coverage.missing', false)).toEqual({ words: '' });
    expect(filled('values.n', false)).toEqual({ number: 1_234, words: '1,234' });
  });
});

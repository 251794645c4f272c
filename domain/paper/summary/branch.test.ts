// Promises of the tree of a summary: its figures are those of merging, however it grows and wherever it is cut.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMerger, finishFigures, type Report } from '../../merge/aggregate.ts';
import { Form } from '../../form/field.ts';
import { branches, type SummaryBranch } from './branch.ts';
import { APPROVED, rowsOf, sampleItem, SILENT, type Place } from '../../../tests/support/sample-figures.ts';

const FORM = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' },
    { key: 'rate', label: '率', type: 'percent', aggregate: { weightedMean: 'n' } },
    { key: 'open', label: '时段', type: 'choice', options: ['早', '晚'], aggregate: 'countByValue' },
    { key: 'note', label: '说明', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'place', label: '地点', type: 'text' }],
      aggregate: { union: ['place'] },
    },
  ],
});

const report: fc.Arbitrary<Report> = fc.record({
  values: fc.record(
    {
      n: fc.nat({ max: 100 }),
      rate: fc.integer({ min: 0, max: 100 }).map((per) => per / 100),
      open: fc.constantFrom('早', '晚'),
      note: fc.constantFrom('缺伞', '=1+1'),
    },
    { requiredKeys: [] },
  ),
  rows: fc.constantFrom<Report['rows'][]>({ list: [{ place: '东门' }] }, { list: [] }, {}),
});
const place: fc.Arbitrary<Place> = fc.oneof(
  { weight: 4, arbitrary: report.map((given): Place => ({ report: given })) },
  fc.constant<Place>({}),
  fc.constant<Place>({ standing: { ...SILENT, phase: 'cancelled' } }),
);
/** Codes that sort before and after the dot of a path: a place above still comes first. */
const path = fc
  .array(fc.constantFrom('A', 'A-1', 'B', '0', '_'), { minLength: 1, maxLength: 3 })
  .map((codes) => codes.join('.'));
const places = fc.dictionary(path, place, { maxKeys: 12 }).map((given) => withAbove(given));

/** Every place has its places above; only leaves are cancelled or silent. */
function withAbove(given: Record<string, Place>): Record<string, Place> {
  const all: Record<string, Place> = { ...given };
  for (const key of Object.keys(given))
    for (let end = key.lastIndexOf('.'); end > 0; end = key.lastIndexOf('.', end - 1)) {
      const above = key.slice(0, end);
      const own = all[above]?.report;
      all[above] = { standing: APPROVED, ...(own ? { report: own } : {}) };
    }
  return all;
}

describe('the tree of a summary', () => {
  it('has at every place the figures that merging its reports gives', () => {
    fc.assert(
      fc.property(places, (given) => {
        const { root, whole } = sampleItem(FORM, given);
        const rows = rowsOf(given).filter(({ report: of }) => of !== null);
        for (const branch of branches(root)) {
          const merger = createMerger(FORM);
          for (const { id, code, report: of } of rows)
            if (of && (id === branch.id || id.startsWith(`${branch.id}.`)))
              merger.add(of, {
                assignment: id,
                unit: code,
                unitName: `${code}单位`,
                at: '2026-11-24T05:00:00.000Z',
              });
          const { values, rows: tables } = finishFigures(FORM, merger.figures());
          for (const key of ['n', 'rate', 'open']) expect(branch.values[key]).toEqual(values[key]);
          if (branch === root) expect(whole).toEqual({ values, rows: tables });
        }
      }),
    );
  });

  it('says the same of a place whether what is below it is listed or not', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 3 }), (given, maxLevel) => {
        const [full, cut] = [sampleItem(FORM, given), sampleItem(FORM, given, { maxLevel })];
        const said = new Map([...branches(full.root)].map((branch) => [branch.id, plain(branch)]));
        const kept = [...branches(cut.root)];
        expect(kept.map(({ id }) => id)).toEqual([...said.keys()].filter((id) => levelOf(id) <= maxLevel));
        for (const branch of kept) expect(plain(branch)).toEqual(said.get(branch.id));
        expect([cut.whole, cut.version, cut.leaves]).toEqual([full.whole, full.version, full.leaves]);
      }),
    );
  });

  it('expects nothing of what is cancelled', () => {
    const { root } = sampleItem(FORM, {
      T: {},
      'T.A': { report: { values: { n: 3 } } },
      'T.B': {},
      'T.C': { standing: { ...SILENT, phase: 'cancelled' } },
    });
    expect(root.coverage).toEqual({ expected: 2, reported: 1, approved: 1 });
    expect(root.values['n']).toBe(3);
  });
});

const levelOf = (id: string): number => id.split('.').length - 2;
const plain = ({ id, name, coverage, values }: SummaryBranch): unknown => ({ id, name, coverage, values });

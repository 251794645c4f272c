// Figures of one item over a small tree, for tests of summaries; each test says what is reported.
import { createTreeBuilder, type BranchRow } from '../../domain/paper/summary/branch.ts';
import type { ItemFigures, SummaryFigures } from '../../domain/paper/summary/figures.ts';
import type { Basis, ReportStanding } from '../../domain/paper/summary/standing.ts';
import { Form } from '../../domain/form/field.ts';
import type { Report } from '../../domain/merge/aggregate.ts';

/** For an assignment approved at once. */
export const APPROVED: ReportStanding = {
  phase: 'approved',
  approved: 1,
  current: 1,
  issuedAt: '2026-11-23T02:35:00.000Z',
  acknowledgedAt: '2026-11-23T02:40:00.000Z',
  submittedAt: '2026-11-24T05:00:00.000Z',
  settledAt: '2026-11-24T06:00:00.000Z',
  dueAt: '2026-11-24T06:00:00.000Z',
  onTime: true,
  suspended: false,
  extensionAsked: false,
  declining: false,
  transferAsked: false,
  awaitsSignature: false,
  returnedFor: null,
};
export const SILENT: ReportStanding = {
  ...APPROVED,
  phase: 'issued',
  approved: 0,
  current: 0,
  acknowledgedAt: null,
  submittedAt: null,
  settledAt: null,
  onTime: null,
};

/** By the path below `d.i`: `T` is a task force, `T.A` a unit below it. A path with others below it is a node. */
export type Place = { report?: Partial<Report>; standing?: ReportStanding };

export function rowsOf(places: Record<string, Place>): BranchRow[] {
  const paths = Object.keys(places).sort();
  return paths.map((path): BranchRow => {
    const { report, standing } = places[path] ?? {};
    const isNode = paths.some((other) => other.startsWith(`${path}.`));
    return {
      id: `d.i.${path}`,
      rank: `d.i.${path}`,
      code: path.slice(path.lastIndexOf('.') + 1),
      isNode,
      standing: standing ?? (report || isNode ? APPROVED : SILENT),
      report: report ? { values: {}, rows: {}, ...report } : null,
      version: report ? 1 : null,
      figureVersion: (standing ?? (report || isNode ? APPROVED : SILENT)).approved,
      at: report ? '2026-11-24T05:00:00.000Z' : null,
    };
  });
}

export const nameOf = (code: string): string => `${code}单位`;

export function sampleItem(
  form: unknown,
  places: Record<string, Place>,
  more: Partial<ItemFigures> & { maxLevel?: number } = {},
): ItemFigures {
  const { maxLevel = 12, ...rest } = more;
  const parsed = Form.parse(form);
  const builder = createTreeBuilder({
    form: parsed,
    root: { id: 'd.i', name: '站点' },
    nameOf,
    maxLevel,
    isClear: () => false,
  });
  for (const row of rowsOf(places)) builder.take(row);
  return {
    ...builder.finish(),
    key: 'i',
    title: '站点',
    final: false,
    isWhole: true,
    levels: maxLevel,
    isCut: maxLevel < 3,
    files: {},
    ...rest,
  };
}

export const sampleFigures = (items: ItemFigures[], basis: Basis = 'approved'): SummaryFigures => ({
  directive: { id: 'd', number: 'L-1', title: '摸排通知' },
  number: null,
  from: '区办公室',
  to: '市办公室',
  basis,
  at: '2026-11-24T09:30:00.000Z',
  items,
});

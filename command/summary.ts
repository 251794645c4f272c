// The merged figures at a node as a reader asks for them: in all, and by each part directly below.
import { createMerger, finishFigures, type Finished } from '../domain/aggregate.ts';
import type { Coverage } from '../domain/assignment.ts';
import type { Form } from '../domain/field.ts';
import { findLeaf, leavesBelow, type LeafReport } from '../db/queries/figure.ts';
import type { Db } from '../db/pool.ts';

const NO_FORM: Form = { fields: [], rules: [] };
const MAX_MISSING = 500;
/** Parts directly below that one answer lists. */
const MAX_CHILDREN = 2_000;

export type Basis = 'approved' | 'reported';

export type Part = { id: string; coverage: Coverage & { missing: string[] }; finished: Finished };

export type Summary = Part & {
  /** Rises with every report taken in. */
  version: number;
  children: Part[];
};

type Sums = { coverage: Coverage; missing: string[]; merger: ReturnType<typeof createMerger> };

const emptySums = (form: Form): Sums => ({
  coverage: { expected: 0, reported: 0, approved: 0 },
  missing: [],
  merger: createMerger(form),
});

/** Each leaf is read once, merged into its part, and the parts into the whole. */
export async function summarise(
  db: Db,
  at: {
    directive: string;
    node: string;
    form: Form | undefined;
    unitName: (code: string) => string;
    isLeaf?: boolean;
  },
  basis: Basis,
): Promise<Summary> {
  const form = at.form ?? NO_FORM;
  const parts = new Map<string, Sums>();
  let version = 0;
  const reported = basis === 'reported';
  const pages = at.isLeaf
    ? [findLeaf(db, at.directive, at.node, reported)]
    : leavesBelow(db, at.directive, at.node, reported);
  for await (const leaves of pages) {
    for (const leaf of leaves) {
      version += basis === 'approved' ? leaf.approved : leaf.current;
      const child = childOf(at.node, leaf.id);
      let sums = parts.get(child);
      if (!sums) parts.set(child, (sums = emptySums(form)));
      take(sums, leaf, at.unitName);
    }
  }
  const whole = emptySums(form);
  const children = [...parts].map(([id, sums]): Part => {
    const figures = sums.merger.figures();
    whole.merger.merge(figures);
    whole.coverage.expected += sums.coverage.expected;
    whole.coverage.reported += sums.coverage.reported;
    whole.coverage.approved += sums.coverage.approved;
    whole.missing.push(...sums.missing.slice(0, MAX_MISSING - whole.missing.length));
    return {
      id,
      coverage: { ...sums.coverage, missing: sums.missing },
      finished: finishFigures(form, figures),
    };
  });
  return {
    id: at.node,
    version,
    coverage: { ...whole.coverage, missing: whole.missing },
    finished: finishFigures(form, whole.merger.figures()),
    children: at.isLeaf ? [] : children.slice(0, MAX_CHILDREN),
  };
}

/** The part directly below `node` that a leaf belongs to: itself, or the branch it hangs on. */
function childOf(node: string, leaf: string): string {
  const end = leaf.indexOf('.', node.length + 1);
  return end === -1 ? leaf : leaf.slice(0, end);
}

function take(sums: Sums, leaf: LeafReport, unitName: (code: string) => string): void {
  sums.coverage.expected += 1;
  if (leaf.approved > 0 || leaf.phase === 'submitted') sums.coverage.reported += 1;
  else if (sums.missing.length < MAX_MISSING) sums.missing.push(leaf.id);
  if (leaf.approved > 0) sums.coverage.approved += 1;
  if (leaf.content === null) return;
  const unit = leaf.unit ?? '';
  const report = { values: leaf.content.values ?? {}, rows: leaf.content.rows ?? {} };
  const at = leaf.at === null ? {} : { at: leaf.at.toISOString() };
  sums.merger.add(report as Parameters<typeof sums.merger.add>[0], {
    assignment: leaf.id,
    unit,
    unitName: unitName(unit),
    ...at,
  });
}

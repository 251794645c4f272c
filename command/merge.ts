// The merged report at a node: figures and coverage from the leaves below, each once, in its approved version (law 3).
import { createMerger, finishFigures, type Finished } from '../domain/aggregate.ts';
import type { Coverage } from '../domain/assignment.ts';
import type { Merged } from '../domain/decide.ts';
import type { Form } from '../domain/field.ts';
import { leavesBelow } from '../db/queries/figure.ts';
import type { Db } from '../db/pool.ts';
import { digestOf } from './chain.ts';

const NO_FORM: Form = { fields: [], rules: [] };

/** `missing`: leaves without a report, at most 500 are named; `version` rises with every report taken in. */
export type Below = { finished: Finished; coverage: Coverage; missing: string[]; version: number };

const MAX_MISSING = 500;

export async function mergeBelow(
  db: Db,
  below: { directive: string; node: string; form: Form | undefined; unitName: (code: string) => string },
  basis: 'approved' | 'reported' = 'approved',
): Promise<Below> {
  const form = below.form ?? NO_FORM;
  const merger = createMerger(form);
  const coverage: Coverage = { expected: 0, reported: 0, approved: 0 };
  const missing: string[] = [];
  let version = 0;
  for await (const leaves of leavesBelow(db, below.directive, below.node, basis === 'reported')) {
    for (const leaf of leaves) {
      coverage.expected += 1;
      version += basis === 'approved' ? leaf.approved : leaf.current;
      const reported = leaf.approved > 0 || leaf.phase === 'submitted';
      if (reported) coverage.reported += 1;
      else if (missing.length < MAX_MISSING) missing.push(leaf.id);
      if (leaf.approved > 0) coverage.approved += 1;
      if (leaf.content === null) continue;
      const unit = leaf.unit ?? '';
      merger.add(
        { values: leaf.content.values ?? {}, rows: leaf.content.rows ?? {} } as Parameters<typeof merger.add>[0],
        { assignment: leaf.id, unit, unitName: below.unitName(unit) },
      );
    }
  }
  return { finished: finishFigures(form, merger.figures()), coverage, missing, version };
}

/** Figures of one line each go into the event; texts and rows stay with the submission. */
const headline = (values: Finished['values']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value)));

/** The copy a roll-up would freeze now, and the content kept with it. */
export function mergedOf(below: Below, final: boolean): { merged: Merged; content: unknown } {
  const { finished, coverage, missing } = below;
  const digest = digestOf({ ...finished, coverage, final });
  return {
    merged: { digest, final, coverage, values: headline(finished.values) },
    content: { ...finished, coverage: { ...coverage, missing }, final },
  };
}

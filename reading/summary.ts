// The merged figures at a node as a reader asks for them: in all, and by each part directly below.
import { createMerger, finishFigures, type Finished } from '../domain/merge/aggregate.ts';
import type { FigureReader } from '../domain/merge/masked-figures.ts';
import { asksSensitive, maskedReport } from '../domain/form/masking.ts';
import type { Coverage } from '../domain/assignment/happening.ts';
import { taskForceOf } from '../domain/code.ts';
import type { Basis } from '../domain/paper/summary/standing.ts';
import type { Field, Form } from '../domain/form/field.ts';
import type { Json } from '../domain/form/value.ts';
import { findLeaf, leavesBelow, type LeafReport } from '../db/queries/figure.ts';
import type { Counts } from '../db/queries/tally.ts';
import type { Db } from '../db/pool.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';

const NO_FORM: Form = { fields: [], rules: [] };
const MAX_MISSING = 500;
/** Parts directly below that one answer lists. */
const MAX_CHILDREN = 2_000;

export type { Basis };

export type SummedPart = { id: string; coverage: Coverage & { missing: string[] }; finished: Finished };

/** The part a node's holder has added to the figures merged from below: included in the figures, and by itself. */
export type OwnPart = {
  values: Record<string, unknown>;
  rows: Record<string, unknown>;
  note: string | null;
  version: number;
};

export type Summary = SummedPart & {
  /** Rises with every report taken in and with every report taken back. */
  version: number;
  own: OwnPart | null;
  children: SummedPart[];
};

type Sums = {
  coverage: Coverage;
  missing: string[];
  merger: ReturnType<typeof createMerger>;
  /** Are the sensitive values of all reports in it clear to the reader? */
  isAllClear: boolean;
};

/** Which reports' sensitive values the reader may know; null or left out: all, as for digests and rules. */
type Clear = ((assignment: string) => boolean) | null;

const readerIn = ({ isAllClear }: Pick<Sums, 'isAllClear'>, isClear: Clear): FigureReader | undefined =>
  isClear === null ? undefined : { isClear, isAllClear };

export const emptySums = (form: Form): Sums => ({
  coverage: { expected: 0, reported: 0, approved: 0 },
  missing: [],
  merger: createMerger(form),
  isAllClear: true,
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
    isClear?: Clear;
  },
  basis: Basis,
): Promise<Summary> {
  const form = at.form ?? NO_FORM;
  const isClear = at.isClear ?? null;
  const parts = new Map<string, Sums>();
  let version = 0;
  let own: OwnPart | null = null;
  const reported = basis === 'reported';
  const whole = emptySums(form);
  for await (const leaves of pagesOf(db, at, reported)) {
    for (const leaf of leaves) {
      version += leaf.figureVersion;
      // A cancelled leaf, or an own part that is not approved, adds nothing but its version.
      if (leaf.phase === 'cancelled' || (leaf.isPart && leaf.approved === 0)) continue;
      const child = childOf(at.node, leaf.id);
      // The own part of the node's holder belongs to no part below it.
      const isOwn = leaf.isPart && child === at.node;
      if (isOwn) own = ownPartOf(leaf, form, isClear);
      let sums = isOwn ? whole : parts.get(child);
      if (!sums) parts.set(child, (sums = emptySums(form)));
      takeLeaf(sums, leaf, at.unitName, isClear);
    }
  }
  const children = [...parts].map(([id, sums]): SummedPart => {
    const figures = sums.merger.figures();
    whole.merger.merge(figures);
    whole.isAllClear &&= sums.isAllClear;
    whole.coverage.expected += sums.coverage.expected;
    whole.coverage.reported += sums.coverage.reported;
    whole.coverage.approved += sums.coverage.approved;
    whole.missing.push(...sums.missing.slice(0, MAX_MISSING - whole.missing.length));
    return {
      id,
      coverage: { ...sums.coverage, missing: sums.missing },
      finished: finishFigures(form, figures, readerIn(sums, isClear)),
    };
  });
  return {
    id: at.node,
    version,
    coverage: { ...whole.coverage, missing: whole.missing },
    finished: finishFigures(form, whole.merger.figures(), readerIn(whole, isClear)),
    own,
    children: at.isLeaf ? [] : children.slice(0, MAX_CHILDREN),
  };
}

/** The rows of one table field at a place, united; none where nothing is in. */
export async function mergedRows(
  db: Db,
  at: {
    directive: string;
    node: string;
    field: Field;
    unitName: (code: string) => string;
    isLeaf?: boolean;
    isClear?: Clear;
  },
  basis: Basis,
): Promise<Json[]> {
  const form: Form = { fields: [at.field], rules: [] };
  const isClear = at.isClear ?? null;
  const sums = emptySums(form);
  for await (const leaves of pagesOf(db, at, basis === 'reported'))
    for (const leaf of leaves) takeLeaf(sums, leaf, at.unitName, isClear);
  const rows = finishFigures(form, sums.merger.figures(), readerIn(sums, isClear)).rows[at.field.key] ?? null;
  return Array.isArray(rows) ? rows : [];
}

function ownPartOf({ id, content, approved }: LeafReport, form: Form, isClear: Clear): OwnPart {
  const said = { values: content?.values ?? {}, rows: content?.rows ?? {} };
  const isSeen = isClear === null || isClear(id) || !asksSensitive(form);
  return {
    ...(isSeen ? said : maskedReport(form, said)),
    note: content?.note ?? null,
    version: approved,
  };
}

/** Is nothing below still to come? */
export const isFinal = (phase: string, counts: Counts | undefined): boolean => {
  if (phase === 'closed') return true;
  const open = counts ? counts.issued + counts.acknowledged + counts.submitted + counts.returned : 0;
  return phase === 'open' && open === 0 && (counts?.total ?? 0) > 0;
};

/** A leaf is its own only part. A node's own part comes first, and an item has none. */
export async function* pagesOf(
  db: Db,
  at: { directive: string; node: string; isLeaf?: boolean },
  reported: boolean,
): AsyncGenerator<LeafReport[]> {
  yield await findLeaf(db, at.directive, at.node, reported);
  if (!at.isLeaf) yield* leavesBelow(db, at.directive, at.node, reported);
}

/** The part directly below `node` that a leaf belongs to: itself, or the branch it hangs on. */
function childOf(node: string, leaf: string): string {
  const end = leaf.indexOf('.', node.length + 1);
  return end === -1 ? leaf : leaf.slice(0, end);
}

export function takeLeaf(
  sums: Sums,
  leaf: LeafReport,
  unitName: (code: string) => string,
  isClear: Clear = null,
): void {
  if (leaf.phase === 'cancelled') return;
  if (!leaf.isPart) cover(sums, leaf);
  if (leaf.content === null) return;
  sums.isAllClear &&= isClear === null || isClear(leaf.id);
  // A task force's own part has no unit.
  const unit = leaf.unit ?? taskForceOf(leaf.id);
  const report = { values: leaf.content.values ?? {}, rows: leaf.content.rows ?? {} };
  const at = leaf.at === null ? {} : { at: leaf.at.toISOString() };
  sums.merger.add(report as Parameters<typeof sums.merger.add>[0], {
    assignment: leaf.id,
    rank: leaf.rank,
    unit,
    unitName: unitName(unit),
    ...at,
  });
}

function cover({ coverage, missing }: Sums, leaf: LeafReport): void {
  coverage.expected += 1;
  if (leaf.approved > 0 || leaf.phase === 'submitted') coverage.reported += 1;
  else if (missing.length < MAX_MISSING) missing.push(leaf.id);
  if (leaf.approved > 0) coverage.approved += 1;
}

/** A node of the tree, or an item, which is no assignment. */
export type SummarySubject = { assignment: string } | { item: string; title: string };

/** Is nothing below an assignment, or of it, still to come? */
export const isSettledBelow = (row: AssignmentRow): boolean =>
  row.state.node
    ? (row.ownDesk === null ? row.unsettled : (row.below ?? 0)) === 0
    : row.state.settledAt !== null;

/** The result that was shared, without the parts it comes from. */
export const resultOf = (summary: Summary): Summary => ({
  ...summary,
  coverage: { ...summary.coverage, missing: [] },
  own: null,
  children: [],
});

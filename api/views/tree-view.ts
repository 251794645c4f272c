// A directive's tree as readers see it: nested assignments, at most 2,000, and `more` where it was cut.
import type { TreeNode } from '../../contract/directive-tree.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import type { ListedBranch } from '../../db/queries/assignment.ts';
import type { BranchTally } from '../../db/queries/tally.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { lightOf } from '../../domain/assignment/light.ts';
import { nameOf, taskForcePlace, unitPlace } from '../../domain/organisation/organisation.ts';
import { carried } from './assignment-view.ts';

/** `branches` come level by level; those beyond `limit` are cut and their parents say so. */
export function treeView(
  context: { snapshot: Snapshot; actor: Actor; now: Millis },
  branches: readonly ListedBranch[],
  tallies: ReadonlyMap<string, BranchTally>,
  limit: number,
): TreeNode[] {
  const nodes = new Map<string, TreeNode>();
  const roots: TreeNode[] = [];
  branches.forEach((branch, index) => {
    const parent = branch.parent === null ? undefined : nodes.get(branch.parent);
    if (index >= limit) {
      if (parent) parent.more = true;
      return;
    }
    const node = nodeView(context, branch, tallies);
    if (!node) return;
    nodes.set(branch.id, node);
    (parent?.children ?? roots).push(node);
  });
  // Children beyond the depth asked for were never loaded.
  for (const { id, node } of branches) {
    const view = nodes.get(id);
    if (node && view?.children.length === 0) view.more = true;
  }
  return roots;
}

function nodeView(
  context: { snapshot: Snapshot; actor: Actor; now: Millis },
  { id }: ListedBranch,
  tallies: ReadonlyMap<string, BranchTally>,
): TreeNode | null {
  const row = context.snapshot.rows.get(id);
  if (!row) return null;
  const state = carried(context, row);
  const { directory } = context.snapshot;
  return {
    id,
    ...(state.unit === null
      ? { taskForce: { code: state.taskForce, name: nameOf(directory, taskForcePlace(state.taskForce)) } }
      : { unit: { code: state.unit, name: nameOf(directory, unitPlace(state.unit)) } }),
    phase: state.phase,
    light: lightOf(state, context.now),
    dueAt: toIso(state.dueAt),
    counts: tallies.get(id)?.counts ?? null,
    children: [],
  };
}

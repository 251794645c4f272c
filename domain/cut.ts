// The cut of a plan into desks: which part of the tree each desk's workflow looks after.
import type { Planned } from './plan.ts';

/** Assignments in one desk; sections and desks below count one each (design.md §8). */
export const DESK_LIMIT = 2_000;

export type DeskKind = 'directive' | 'taskForce' | 'unit';

/** A planned assignment in its desk; `ownDesk` is the desk of what is below it, where that is another one. */
export type PlacedAssignment = Omit<Planned, 'children'> & { ownDesk: string | null };

export type DeskPlan = {
  id: string;
  kind: DeskKind;
  /** The assignment whose subtree this desk (or this section of it) holds; null for the directive's. */
  node: string | null;
  /** The desk that counts this one among its own; null for the directive's. */
  parent: string | null;
  rows: PlacedAssignment[];
  /** Its assignments and the desks below it, all unsettled before anything goes out. */
  unsettled: number;
};

/**
 * Cuts a directive's plan. What is below a task force's assignment is a desk of its own; siblings are packed in
 * order into sections (`<node>~k`) where they do not fit, sections of sections likewise; a subtree larger than the
 * limit (2 or more) gets its own desk and counts one. Parents come before what is below them. Pure: the same plan
 * and limit give the same desks.
 */
export function cut(directive: string, roots: readonly Planned[], limit: number = DESK_LIMIT): DeskPlan[] {
  if (limit < 2) throw new RangeError('a desk holds two at least');
  const sizes = new Map<Planned, number>();
  for (const root of roots) measure(root, sizes);
  const desks: DeskPlan[] = [];

  const open = (id: string, kind: DeskKind, node: string | null, parent: DeskPlan | null): DeskPlan => {
    const desk: DeskPlan = { id, kind, node, parent: parent?.id ?? null, rows: [], unsettled: 0 };
    if (parent) parent.unsettled += 1;
    desks.push(desk);
    return desk;
  };
  const ownDeskFor = (branch: Planned): boolean =>
    branch.node && (branch.parent === null || (sizes.get(branch) ?? 1) > limit);
  const weigh = (branch: Planned): number => (ownDeskFor(branch) ? 1 : (sizes.get(branch) ?? 1));

  const place = (branch: Planned, desk: DeskPlan): void => {
    const { children, ...planned } = branch;
    const own = ownDeskFor(branch);
    desk.rows.push({ ...planned, ownDesk: own ? branch.id : null });
    desk.unsettled += 1;
    if (own) fill(open(branch.id, branch.parent === null ? 'taskForce' : 'unit', branch.id, desk), children);
    else for (const child of children) place(child, desk);
  };

  const fill = (of: DeskPlan, children: readonly Planned[]): void => {
    const total = children.reduce((sum, child) => sum + weigh(child), 0);
    if (total <= limit) {
      for (const child of children) place(child, of);
      return;
    }
    const sections = sectionsOf(children, weigh, limit);
    let last = 0;
    const spread = (desk: DeskPlan, from: number, to: number): void => {
      const under = spanUnder(to - from, limit);
      for (let at = from; at < to; at += under) {
        last += 1;
        const part = open(`${of.id}~${last}`, 'unit', of.node, desk);
        if (under > 1) spread(part, at, Math.min(to, at + under));
        else for (const child of sections[at] ?? []) place(child, part);
      }
    };
    spread(of, 0, sections.length);
  };

  fill(open(directive, 'directive', null, null), roots);
  return desks;
}

function measure(branch: Planned, sizes: Map<Planned, number>): number {
  const size = branch.children.reduce((sum, child) => sum + measure(child, sizes), 1);
  sizes.set(branch, size);
  return size;
}

/** How many sections go under one desk, so that a desk has at most `limit` below it: 1, or a power of the limit. */
function spanUnder(sections: number, limit: number): number {
  let span = 1;
  while (span * limit < sections) span *= limit;
  return span;
}

function sectionsOf(
  children: readonly Planned[],
  weigh: (child: Planned) => number,
  limit: number,
): Planned[][] {
  const sections: Planned[][] = [];
  let room = 0;
  for (const child of children) {
    const weight = weigh(child);
    if (weight > room || sections.length === 0) {
      sections.push([]);
      room = limit;
    }
    sections.at(-1)?.push(child);
    room -= weight;
  }
  return sections;
}

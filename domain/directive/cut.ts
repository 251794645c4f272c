// The cut of a plan into desks: the part of the tree that each desk's workflow looks after.
import type { Planned } from './planned.ts';

/** Assignments in one desk; sections and desks below count one each (design.md §8). */
export const DESK_LIMIT = 2_000;

/** The kinds of desks; the workflow types of desks have the same names. */
export type DeskKind = 'directive' | 'taskForce' | 'unit';

/** A planned assignment in its desk; `ownDesk` is the desk of the assignments below it, where that is another one. */
export type PlacedAssignment = Omit<Planned, 'children' | 'rank'> & {
  ownDesk: string | null;
  /** Plans stored before there were ranks have none. */
  rank?: string;
};

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
 * Cuts a directive's plan. The assignments below a task force's are a desk of their own; siblings are packed in
 * order into sections (`<node>~k`) where they do not fit, sections of sections likewise; a subtree larger than the
 * limit (2 or more) gets its own desk and counts one. Parents come before what is below them. Pure: the same plan
 * and limit give the same desks.
 */
export function cut(directive: string, roots: readonly Planned[], limit: number = DESK_LIMIT): DeskPlan[] {
  const cutting = new Cutting(limit);
  const office = { id: directive, kind: 'directive' as const, node: null };
  cutting.fill(cutting.open(office, null), roots);
  return cutting.desks;
}

/** A desk for parts handed out later below a node; parts that do not fit into it are cut in the same way. */
export function cutBelow(
  desk: { id: string; kind: DeskKind; node: string; parent: string },
  children: readonly Planned[],
  limit: number = DESK_LIMIT,
): DeskPlan[] {
  const cutting = new Cutting(limit);
  cutting.fill(cutting.open(desk, desk.parent), children);
  return cutting.desks;
}

/** Assignments in these branches. */
export const sizeOf = (branches: readonly Planned[]): number =>
  branches.reduce((sum, { children }) => sum + 1 + sizeOf(children), 0);

class Cutting {
  readonly desks: DeskPlan[] = [];
  private readonly sizes = new Map<Planned, number>();
  private readonly limit: number;

  constructor(limit: number) {
    if (limit < 2) throw new RangeError('a desk holds two at least');
    this.limit = limit;
  }

  open(desk: Pick<DeskPlan, 'id' | 'kind' | 'node'>, parent: string | null): DeskPlan {
    const opened: DeskPlan = { ...desk, parent, rows: [], unsettled: 0 };
    this.desks.push(opened);
    return opened;
  }

  private openBelow(id: string, kind: DeskKind, node: string | null, above: DeskPlan): DeskPlan {
    above.unsettled += 1;
    return this.open({ id, kind, node }, above.id);
  }

  private hasOwnDesk(branch: Planned): boolean {
    return branch.node && (branch.parent === null || this.size(branch) > this.limit);
  }

  private weigh(branch: Planned): number {
    return this.hasOwnDesk(branch) ? 1 : this.size(branch);
  }

  private size(branch: Planned): number {
    const known = this.sizes.get(branch);
    if (known !== undefined) return known;
    const size = branch.children.reduce((sum, child) => sum + this.size(child), 1);
    this.sizes.set(branch, size);
    return size;
  }

  private place(branch: Planned, desk: DeskPlan): void {
    const { children, ...planned } = branch;
    const own = this.hasOwnDesk(branch);
    desk.rows.push({ ...planned, ownDesk: own ? branch.id : null });
    desk.unsettled += 1;
    if (own) {
      const kind = branch.parent === null ? 'taskForce' : 'unit';
      this.fill(this.openBelow(branch.id, kind, branch.id, desk), children);
    } else for (const child of children) this.place(child, desk);
  }

  fill(of: DeskPlan, children: readonly Planned[]): void {
    const { limit } = this;
    const total = children.reduce((sum, child) => sum + this.weigh(child), 0);
    if (total <= limit) {
      for (const child of children) this.place(child, of);
      return;
    }
    const sections = sectionsOf(children, (child) => this.weigh(child), limit);
    let last = 0;
    const spread = (desk: DeskPlan, from: number, to: number): void => {
      const under = spanUnder(to - from, limit);
      for (let at = from; at < to; at += under) {
        last += 1;
        const part = this.openBelow(`${of.id}~${last}`, 'unit', of.node, desk);
        if (under > 1) spread(part, at, Math.min(to, at + under));
        else for (const child of sections[at] ?? []) this.place(child, part);
      }
    };
    spread(of, 0, sections.length);
  }
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

// Previews the effect of an order from the top on the due times below, without writing anything.
import { listOpenAssignments } from '../../db/queries/replanning.ts';
import type { Db } from '../../db/pool.ts';
import { carry, type CarryTerms, type Ordering } from '../../domain/assignment/carry.ts';
import { ancestorsOf } from '../../domain/code.ts';
import { toIso, toMillis, type Millis } from '../../domain/instant.ts';
import type { Order } from '../../domain/assignment/order.ts';

export type Moves = {
  /** Assignments not yet settled. */
  total: number;
  earlier: number;
  later: number;
  same: number;
  /** Assignments that get earlier, the biggest moves first; at most 50. */
  examples: { assignment: string; was: string; dueAt: string }[];
};

const PAGE = 2_000;
const MAX_EXAMPLES = 50;

export const NO_MOVES: Moves = { total: 0, earlier: 0, later: 0, same: 0, examples: [] };

/** `officeDueAt`, `itemDueAt`: the office's due times after the order; `terms`: for working out the others. */
export async function movesOf(
  db: Db,
  about: {
    directive: string;
    officeDueAt: Millis;
    itemDueAt: ReadonlyMap<string, Millis>;
    order: Order;
    terms: CarryTerms;
  },
): Promise<Moves> {
  const moves: Moves = { ...NO_MOVES, examples: [] };
  // Due times of the levels above, as they will be; a settled level keeps the due time it has.
  const due = new Map<string, Millis>();
  let after = '';
  for (;;) {
    const page = await listOpenAssignments(db, about.directive, after, PAGE);
    for (const { id, parentDueMs, state } of page) {
      const parent = ancestorsOf(id).at(-1);
      const office = Math.min(about.officeDueAt, about.itemDueAt.get(state.item) ?? Infinity);
      const parentDueAt = parent === undefined ? office : (due.get(parent) ?? parentDueMs ?? office);
      const above: Ordering[] = [
        { id: about.directive, orders: [about.order], dueAt: office },
        { id: parent ?? '', orders: [], dueAt: parentDueAt },
      ];
      const [carried] = carry(state, above, about.terms);
      const data = (carried?.event.data ?? {}) as { dueAt?: string };
      const dueAt = data.dueAt === undefined ? state.dueAt : toMillis(data.dueAt);
      due.set(id, dueAt);
      count(moves, id, state.dueAt, dueAt);
    }
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return moves;
    after = last.id;
  }
}

function count(moves: Moves, assignment: string, was: Millis, dueAt: Millis): void {
  moves.total += 1;
  if (dueAt === was) moves.same += 1;
  else if (dueAt > was) moves.later += 1;
  else {
    moves.earlier += 1;
    const lost = (example: Moves['examples'][number]): number =>
      toMillis(example.was) - toMillis(example.dueAt);
    moves.examples.push({ assignment, was: toIso(was), dueAt: toIso(dueAt) });
    if (moves.examples.length <= MAX_EXAMPLES) return;
    moves.examples.sort((a, b) => lost(b) - lost(a));
    moves.examples.length = MAX_EXAMPLES;
  }
}

export const sumMoves = (a: Moves, b: Moves): Moves => ({
  total: a.total + b.total,
  earlier: a.earlier + b.earlier,
  later: a.later + b.later,
  same: a.same + b.same,
  examples: [...a.examples, ...b.examples].slice(0, MAX_EXAMPLES),
});

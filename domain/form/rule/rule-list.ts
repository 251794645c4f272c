// Walking the lists of a rule: all, exists, exists_one, filter, map and sum, each one pass over its entries.
import type { Frame, Node, ReadNode } from './rule-node.ts';
import { computed, listRead, NUMBER, spend, BOOL, boolRead, Uncompilable } from './rule-node.ts';

/** Puts one entry after another into the variable's slot; ends early when `visit` says so. */
type Walk = (frame: Frame, visit: (entry: unknown) => 'on' | 'enough') => void;

/** Parts of an expression worked out in the time of one step. */
export const PARTS_A_STEP = 4;

function walk(list: Node, slot: number, size: number, where: string): Walk {
  const entries = listRead(list, where);
  const steps = 1 + size / PARTS_A_STEP;
  return (frame, visit) => {
    for (const entry of entries(frame)) {
      spend(frame, steps);
      frame.locals[slot] = entry;
      if (visit(entry) === 'enough') return;
    }
  };
}

/** Undefined when CEL has no such form. `parts`, of `size` nodes in all, are compiled with the variable in `slot`. */
export function comprehend(
  name: string,
  list: Node,
  { slot, size }: { slot: number; size: number },
  parts: readonly Node[],
): Node | undefined {
  const [first, second] = parts;
  if (!first) return undefined;
  const through = walk(list, slot, size, name);
  if (name === 'map') return second ? mapped(through, second, boolRead(first, name)) : mapped(through, first);
  if (second) return undefined;
  const test = () => boolRead(first, name);
  switch (name) {
    case 'all':
      return all(through, test());
    case 'exists':
      return exists(through, test());
    case 'exists_one':
      return existsOne(through, test());
    case 'filter':
      return filtered(list, through, test());
    default:
      return undefined;
  }
}

const all = (through: Walk, test: ReadNode<boolean>): Node =>
  computed(BOOL, (frame) => {
    let holds = true;
    through(frame, () => ((holds = test(frame)) ? 'on' : 'enough'));
    return holds;
  });

const exists = (through: Walk, test: ReadNode<boolean>): Node =>
  computed(BOOL, (frame) => {
    let found = false;
    through(frame, () => ((found = test(frame)) ? 'enough' : 'on'));
    return found;
  });

const existsOne = (through: Walk, test: ReadNode<boolean>): Node =>
  computed(BOOL, (frame) => {
    let found = 0;
    through(frame, () => (test(frame) && (found += 1) > 1 ? 'enough' : 'on'));
    return found === 1;
  });

function filtered(list: Node, through: Walk, test: ReadNode<boolean>): Node {
  return computed(list.shape ?? BOOL, (frame) => {
    const kept: unknown[] = [];
    through(frame, (entry) => {
      if (test(frame)) kept.push(entry);
      return 'on';
    });
    return kept;
  });
}

function mapped(through: Walk, transform: Node, test?: ReadNode<boolean>): Node {
  if (!transform.shape) throw new Uncompilable('map to null');
  const { read } = transform;
  return computed({ is: 'list', of: transform.shape }, (frame) => {
    const made: unknown[] = [];
    through(frame, () => {
      if (!test || test(frame)) made.push(read(frame));
      return 'on';
    });
    return made;
  });
}

/** The sum of a list of numbers, as in `p_table.map(r, r.seats).sum() == p_seats`; empty cells count nothing. */
export function sumOf(list: Node): Node {
  if (list.shape?.is !== 'list' || list.shape.of.is !== 'number')
    throw new Uncompilable('sum needs a list of numbers');
  const entries = listRead(list, 'sum');
  return computed(NUMBER, (frame) => {
    const numbers = entries(frame) as readonly (number | null)[];
    spend(frame, numbers.length);
    return numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
  });
}

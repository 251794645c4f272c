// The functions a rule may call. A short list on purpose: none can run long, look at a clock or leave the report.
import { sumOf } from './rule-list.ts';
import type { Node } from './rule-node.ts';
import {
  computed,
  listRead,
  NUMBER,
  numberRead,
  spendOn,
  textRead,
  BOOL,
  Uncompilable,
} from './rule-node.ts';
import { present } from './rule-operator.ts';
import { patternTest } from './rule-pattern.ts';
import { charactersIn } from '../value.ts';

/** `name(…)` */
export function call(name: string, args: readonly Node[]): Node {
  const [only] = args;
  if (only && args.length === 1) {
    switch (name) {
      case 'size':
        return sizeOf(only);
      case 'has':
        return present(only);
      case 'double':
        return computed(NUMBER, numberRead(only, name));
      case 'int': {
        const number = numberRead(only, name);
        return computed(NUMBER, (frame) => Math.trunc(number(frame)));
      }
    }
  }
  throw new Uncompilable(`there is no ${name}() of ${args.length}`);
}

const TEXT_TESTS: ReadonlyMap<string, (text: string, part: string) => boolean> = new Map([
  ['contains', (text: string, part: string) => text.includes(part)],
  ['startsWith', (text: string, part: string) => text.startsWith(part)],
  ['endsWith', (text: string, part: string) => text.endsWith(part)],
]);

/** `owner.name(…)` */
export function callOn(name: string, owner: Node, args: readonly Node[]): Node {
  const [only] = args;
  const test = TEXT_TESTS.get(name);
  if (name === 'size' && args.length === 0) return sizeOf(owner);
  if (name === 'sum' && args.length === 0) return sumOf(owner);
  if (!test || !only || args.length > 1) throw new Uncompilable(`there is no .${name}() of ${args.length}`);
  const [text, part] = [textRead(owner, name), textRead(only, name)];
  return computed(BOOL, (frame) => {
    const whole = text(frame);
    spendOn(frame, whole);
    return test(whole, part(frame));
  });
}

/** `owner.matches("…")` */
export function matching(owner: Node, pattern: string): Node {
  const text = textRead(owner, 'matches');
  const test = patternTest(pattern);
  return computed(BOOL, (frame) => test(frame, text(frame)));
}

/** Of a text its characters, of a list its entries. */
function sizeOf(node: Node): Node {
  if (node.shape?.is === 'list') {
    const list = listRead(node, 'size');
    return computed(NUMBER, (frame) => list(frame).length);
  }
  const text = textRead(node, 'size');
  return computed(NUMBER, (frame) => {
    const whole = text(frame);
    spendOn(frame, whole);
    return charactersIn(whole);
  });
}

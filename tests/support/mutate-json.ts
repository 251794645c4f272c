// Damages JSON in ways no person would write: by its structure, from a seed, so that a finding can be repeated.

/** Text put into the JSON unchanged, for values that JavaScript cannot express. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
/** An object's members in order, so that a key may occur twice. */
class Members {
  readonly list: [key: string, value: Node][];
  constructor(list: [string, Node][]) {
    this.list = list;
  }
}
type Node = null | boolean | number | string | Raw | Node[] | Members;

export type Random = { below: (n: number) => number; one: <T>(of: readonly T[]) => T };

/** Mulberry32: small, fast, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    one: (of) => {
      const found = of[below(of.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
}

const deep = (open: string, close: string, depth: number) =>
  new Raw(open.repeat(depth) + '1' + close.repeat(depth));

/** In place of any value. */
const ODD: readonly (() => Node)[] = [
  () => null,
  () => true,
  () => '',
  () => ' ',
  () => 0,
  () => -1,
  () => 1.5,
  () => '1',
  () => 'x',
  () => [],
  () => [[]],
  () => [null],
  () => new Members([]),
  () => new Members([['__proto__', 1]]),
  () =>
    new Members([
      ['toString', 'x'],
      ['length', -1],
    ]),
  () => new Raw('1e308'),
  () => new Raw('-1e308'),
  () => new Raw('1e999'),
  () => new Raw('1e-999'),
  () => new Raw('-0'),
  () => new Raw('9007199254740993'),
  () => new Raw('2147483648'),
  () => new Raw('9'.repeat(400)),
  () => new Raw('0.' + '3'.repeat(300)),
  () => new Raw('NaN'),
  () => new Raw('Infinity'),
  () => new Raw('undefined'),
  () => new Raw('"\\u0000"'),
  () => new Raw('"a\\u0000b"'),
  () => new Raw('"\\ud800"'),
  () => new Raw('"x\\udc00y"'),
  () => '‮exe.txt',
  () => '😀'.repeat(50),
  () => '\u0301'.repeat(500),
  () => 'x'.repeat(100_000),
  () => 'PT' + '9'.repeat(50) + 'S',
  () => 'P1Y',
  () => '0000-00-00',
  () => '2026-02-30T25:61:61+99:99',
  () => '+275760-09-13T00:00:00.001Z',
  () => '9999-12-31T23:59:59.999999999Z',
  () => '../../etc/passwd',
  () => "'; drop table assignment; --",
  () => '{{constructor}}',
  () => '%00%ff',
  () => deep('[', ']', 1_000),
  () => deep('[', ']', 100_000),
  () => deep('{"a":', '}', 5_000),
  () => Array.from({ length: 3_000 }, () => 1),
  () => Array.from({ length: 600 }, () => new Members([])),
];

/** A little more than a body may have. */
const MOST_TEXT = 1_200_000;

const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'k'.repeat(5_000),
  '键',
  'id',
  'then',
  '0',
  '$where',
  'a.b[0]',
];

type Place = { set: (value: Node) => void; value: Node };

function* placesIn(value: Node, set: (value: Node) => void): Generator<Place> {
  yield { set, value };
  if (Array.isArray(value))
    for (const [at, inner] of value.entries()) yield* placesIn(inner, (next) => (value[at] = next));
  if (value instanceof Members)
    for (const member of value.list) yield* placesIn(member[1], (next) => (member[1] = next));
}

const ofJson = (value: unknown): Node => {
  if (Array.isArray(value)) return value.map(ofJson);
  if (typeof value !== 'object' || value === null) return value as Node;
  return new Members(Object.entries(value).map(([key, inner]): [string, Node] => [key, ofJson(inner)]));
};

function textOf(node: Node): string {
  if (node instanceof Raw) return node.text;
  if (Array.isArray(node)) return `[${node.map(textOf).join(',')}]`;
  if (node instanceof Members)
    return `{${node.list.map(([key, value]) => `${JSON.stringify(key)}:${textOf(value)}`).join(',')}}`;
  return JSON.stringify(node);
}

/** Damages one value somewhere in the tree. */
function spoil(root: Node, random: Random): Node {
  let whole = root;
  const places = [...placesIn(root, (next) => (whole = next))];
  const { set, value } = random.one(places);
  const odd = (): Node => random.one(ODD)();
  switch (random.below(8)) {
    case 0:
      if (value instanceof Members) {
        value.list.push([random.one(KEYS), odd()]);
        return whole;
      }
      break;
    case 1:
      if (value instanceof Members && value.list.length > 0) {
        const member = random.one(value.list);
        // The same key once more, with another value.
        value.list.push([member[0], odd()]);
        return whole;
      }
      break;
    case 2:
      if (value instanceof Members && value.list.length > 0) {
        value.list.splice(random.below(value.list.length), 1);
        return whole;
      }
      break;
    case 3:
      if (value instanceof Members && value.list.length > 0) {
        random.one(value.list)[0] = random.one(KEYS);
        return whole;
      }
      break;
    case 4:
      if (Array.isArray(value) && value.length > 0) {
        const [one] = value;
        const times = random.one([1, 2, 600]);
        // No server accepts the size of a repetition within a repetition; it would only slow the fuzzer.
        if (one !== undefined && textOf(one).length * times < MOST_TEXT)
          value.push(...Array.from({ length: times }, () => one));
        return whole;
      }
      break;
    case 5: {
      // Puts one part in the place of another; never in itself.
      const other = random.one(places).value;
      if (typeof other !== 'object' || other === null || other instanceof Raw) set(other);
      else set(new Raw(textOf(other)));
      return whole;
    }
    case 6:
      set([new Raw(textOf(value))]);
      return whole;
    default:
  }
  set(odd());
  return whole;
}

/** Damages the text itself: cut, a byte changed, something inserted. */
function breakText(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  switch (random.below(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1: {
      const changed = Buffer.from(bytes);
      if (at < changed.length) changed[at] = random.below(256);
      return changed;
    }
    case 2:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(random.one([',', '}', ']', '"', '\\', '\0', '//', '\ufeff', ' '])),
        bytes.subarray(at),
      ]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xc3, 0x28, 0xff]), bytes.subarray(at)]);
    default:
      return Buffer.concat([bytes, bytes]);
  }
}

/** A body damaged once or a few times, and sometimes no JSON any more. */
export function mutated(body: unknown, random: Random): Buffer {
  let tree = ofJson(body);
  for (let left = random.one([1, 1, 1, 2, 4]); left > 0; left -= 1) tree = spoil(tree, random);
  const text = textOf(tree);
  return random.below(6) === 0 ? breakText(text, random) : Buffer.from(text);
}

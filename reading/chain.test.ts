// Law 8: the log of a desk is a hash chain; a changed, missing, moved, added or cut row shows.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brokenAt, canonical, digestOf, linkHash, type Link } from './chain.ts';

type Chained = Link & { hash: string };

const link = (seq: number, data: unknown): Link => ({
  directive: 'd',
  desk: 'd.sites.TF',
  seq,
  assignment: `d.sites.TF.U${seq}`,
  type: 'submitted',
  actor: 'P1',
  token: null,
  received: '2026-11-23T02:35:00.000Z',
  at: '2026-11-23T02:35:00.000Z',
  data,
});

function chained(contents: readonly unknown[]): { log: Chained[]; head: string } {
  let head = '';
  const log = contents.map((data, n) => {
    const next = link(n + 1, data);
    head = linkHash(head, next);
    return { ...next, hash: head };
  });
  return { log, head };
}

const logs = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 8 }).map(chained);
const logAndPlace = logs.chain((chain) =>
  fc.record({ chain: fc.constant(chain), at: fc.nat({ max: chain.log.length - 1 }) }),
);

describe('law 8: the log of a desk', () => {
  it('holds as it was written, also when read back from JSON with its keys in another order', () => {
    fc.assert(
      fc.property(logs, ({ log, head }) => {
        expect(brokenAt(log, head)).toBeNull();
        const back = log.map((each) => Object.fromEntries(Object.entries(each).reverse()) as Chained);
        expect(brokenAt(JSON.parse(JSON.stringify(back)) as Chained[], head)).toBeNull();
      }),
    );
    expect(brokenAt([], '')).toBeNull();
  });

  it.each<[keyof Link, unknown]>([
    ['directive', 'e'],
    ['desk', 'd.sites.TF~1'],
    ['assignment', null],
    ['type', 'approved'],
    ['actor', 'P2'],
    ['token', 't1'],
    ['received', '2026-11-23T02:35:00.001Z'],
    ['at', '2026-11-23T02:35:00.001Z'],
    ['data', { changed: true }],
    ['seq', 99],
  ])('shows a changed %s', (field, value) => {
    fc.assert(
      fc.property(logAndPlace, ({ chain: { log, head }, at }) => {
        const changed = log.map((each, n) => (n === at ? { ...each, [field]: value } : each));
        expect(brokenAt(changed, head)).toBe(field === 'seq' ? value : at + 1);
      }),
    );
  });

  it('shows a row that is missing, given twice, or in another place, and a log cut at its end', () => {
    fc.assert(
      fc.property(logAndPlace, ({ chain: { log, head }, at }) => {
        expect(brokenAt(log.toSpliced(at, 1), head)).not.toBeNull();
        expect(brokenAt(log.toSpliced(at, 0, log[at] as Chained), head)).not.toBeNull();
        if (at > 0)
          expect(
            brokenAt(log.toSpliced(at, 1).toSpliced(at - 1, 0, log[at] as Chained), head),
          ).not.toBeNull();
        expect(brokenAt(log.slice(0, -1), head)).toBe(log.length);
      }),
    );
  });

  it('shows a row written anew with a hash that fits it, unless everything after is written anew too', () => {
    const { log, head } = chained([{ v: 1 }, { v: 2 }, { v: 3 }]);
    const forged = link(2, { v: 22 });
    const rewritten = log.with(1, { ...forged, hash: linkHash(log[0]?.hash ?? '', forged) });
    expect(brokenAt(rewritten, head)).toBe(3);
    const all = chained([{ v: 1 }, { v: 22 }, { v: 3 }]);
    expect(brokenAt(all.log, head)).toBe(4);
  });
});

describe('canonical', () => {
  it('is one text for one content: keys in order, nothing undefined, the same after a round through JSON', () => {
    expect(canonical({ b: [1, undefined, { d: 'é', c: null }], a: undefined, '': true })).toBe(
      '{"":true,"b":[1,null,{"c":null,"d":"é"}]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(JSON.parse(JSON.stringify(value)))).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('tells contents apart', () => {
    const contents = [
      {},
      [],
      null,
      '',
      0,
      false,
      '0',
      { a: 1 },
      { a: '1' },
      [1],
      [[1]],
      { a: { b: 1 } },
      { 'a":{"b': 1 },
    ];
    expect(new Set(contents.map(digestOf)).size).toBe(contents.length);
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
  });
});

// Promises about what is handed up: how two hand-ups differ, what a restatement says, and when it may be made.
import { describe, expect, it } from '@jest/globals';
import {
  figuresIn,
  headsOf,
  mayRestate,
  nextLookAt,
  refuseHandUp,
  restated,
  superiorPeople,
  type HandUpItem,
} from './hand-up.ts';
import { createDirectory, OrganisationFile } from '../organisation/organisation.ts';

const coverage = { expected: 4, reported: 3, approved: 2 };
const item = (n: number, more: Partial<HandUpItem> = {}): HandUpItem => ({
  item: 'sites',
  title: '站点',
  final: false,
  coverage,
  values: { n, remark: [{ unit: 'S1', text: '无' }] },
  rows: { list: [{ name: '甲' }] },
  children: [{ taskForce: 'TF', name: '志愿专班', coverage, values: { n }, rows: {} }],
  ...more,
});

describe('two hand-ups', () => {
  it('differ by figures, rows, parts and whose reports are in them', () => {
    const others: Partial<HandUpItem>[] = [
      { values: { n: 2 } },
      { rows: { list: [] } },
      { coverage: { ...coverage, approved: 3 } },
      { children: [] },
    ];
    for (const other of others) expect(figuresIn([item(1, other)])).not.toEqual(figuresIn([item(1)]));
  });

  it('do not differ by a report that waits for review, by names, or by being final', () => {
    const same = item(1, {
      title: '点位',
      final: true,
      coverage: { ...coverage, reported: 4 },
      children: [{ ...item(1).children[0], name: '改名专班' } as HandUpItem['children'][number]],
    });
    expect(figuresIn([same])).toEqual(figuresIn([item(1)]));
  });
});

describe('a restatement', () => {
  it('says what was said before beside what is said now, item by item', () => {
    const [known, added] = restated([item(2), item(3, { item: 'new' })], headsOf([item(1)]));
    expect(known).toMatchObject({ values: { n: 2 }, old: { coverage, values: { n: 1 } } });
    expect(added?.old).toBeNull();
  });

  it('goes into the log without texts, rows and parts', () => {
    const [head] = headsOf(restated([item(2)], [item(1)]));
    expect(head).toEqual({
      item: 'sites',
      title: '站点',
      final: false,
      coverage,
      values: { n: 2 },
      old: { coverage, values: { n: 1 } },
    });
  });

  it('is not made within five seconds of the last, and looked for then and when all that was under way has ended', () => {
    expect([0, 4_999, 5_000].map((after) => mayRestate(1_000, 1_000 + after))).toEqual([false, false, true]);
    expect([0, 4_999, 5_000, 29_999, 30_000].map((after) => nextLookAt(1_000, 1_000 + after))).toEqual([
      6_000,
      6_000,
      31_000,
      31_000,
      null,
    ]);
  });
});

describe('a hand-up', () => {
  it('is made of an open or closed directive that has gone out whole', () => {
    expect(refuseHandUp('open', false)).toBeNull();
    expect(refuseHandUp('closed', false)).toBeNull();
    expect(refuseHandUp('open', true)).toEqual({ code: 'NOT_ISSUED' });
    expect(refuseHandUp('draft', false)).toEqual({ code: 'NOT_ISSUED' });
    expect(refuseHandUp('cancelled', false)).toEqual({ code: 'DIRECTIVE_CANCELLED' });
  });

  it('is told once to each person who holds a post at the superior at that moment', () => {
    const directory = createDirectory(
      OrganisationFile.parse({
        units: [{ code: 'CITY', name: '市', kind: 'superior' }],
        posts: [
          { unit: 'CITY', role: 'leader', person: 'a' },
          { unit: 'CITY', role: 'liaisonA', person: 'a' },
          { unit: 'CITY', role: 'liaisonB', person: 'b' },
          { unit: 'CITY', role: 'liaisonB', person: 'gone', to: '2026-01-01' },
          { unit: 'CITY', taskForce: 'TF', role: 'liaisonA', person: 'guest' },
        ],
      }),
      1,
    );
    const at = Date.parse('2026-06-01T00:00:00Z');
    expect(superiorPeople(directory, 'CITY', at)).toEqual(['a', 'b']);
    expect(superiorPeople(directory, null, at)).toEqual([]);
  });
});

// Promises of a composed document: order, edits and what overtakes them, and that one section never moves another.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compose, MAX_MISSING, type Writer } from './compose.ts';
import type { Composed } from './composed.ts';
import type { DocumentContribution } from './contribution.ts';
import { storedDocument } from './derived-form.ts';

const { sections } = storedDocument({
  sections: [
    { key: 'work', title: '工作情况', level: 1 },
    { key: 'risk', title: '风险', level: 2, units: ['S1'] },
  ],
});
const task = { title: '简报', sections };

const minute = (at: number): string => new Date(Date.UTC(2026, 10, 23, 0, at)).toISOString();
const said = (
  text: string | null,
  at: number,
  more: Partial<DocumentContribution> = {},
): DocumentContribution => ({
  version: 1,
  by: 'P',
  at: minute(at),
  since: minute(at),
  text,
  file: null,
  ...more,
});
const writer = (assignment: string, isNode: boolean, given: Record<string, DocumentContribution>): Writer => {
  const unit = assignment.split('.').at(-1) ?? '';
  return {
    assignment,
    rank: assignment,
    unit,
    unitName: `${unit}名`,
    isNode,
    sections: new Map(Object.entries(given)),
  };
};
const leaf = (path: string, given: Record<string, DocumentContribution> = {}): Writer =>
  writer(`d.i.TF.${path}`, false, given);
const node = (path: string, given: Record<string, DocumentContribution>): Writer =>
  writer(path === '' ? 'd.i.TF' : `d.i.TF.${path}`, true, given);

const composedAt = (root: string, writers: Writer[]): Composed =>
  compose(task, root, writers, (id) => `${id}.docx`);
const at = (root: string, writers: Writer[], key = 'work'): Composed['sections'][number] => {
  const found = composedAt(root, writers).sections.find((section) => section.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};
const texts = (root: string, writers: Writer[], key = 'work'): (string | undefined)[] =>
  at(root, writers, key).parts.map(({ text, file }) => text ?? file?.name);

describe('a composed document', () => {
  it('has its sections in order, and in each the parts in order of the tree', () => {
    const writers = [
      leaf('S2', { work: said('二', 1) }),
      leaf('S1-1', { work: said('一之一', 1) }),
      leaf('S1.b', { work: said(null, 1, { file: 'f' }) }),
      leaf('S1.a', { work: said('甲', 1), risk: said('险', 1) }),
    ];
    const document = composedAt('d.i', writers);
    expect(document.sections.map(({ key, title, level }) => [key, title, level])).toEqual([
      ['work', '工作情况', 1],
      ['risk', '风险', 2],
    ]);
    expect(texts('d.i', writers)).toEqual(['甲', 'f.docx', '一之一', '二']);
    expect(at('d.i', writers).parts[0]).toMatchObject({
      assignment: 'd.i.TF.S1.a',
      unitName: 'a名',
      version: 1,
    });
  });

  it('names the units that owe a section, and no others', () => {
    const writers = [leaf('S1', { work: said('一', 1) }), leaf('S2')];
    expect(at('d.i', writers).missing.map(({ unit }) => unit)).toEqual(['S2']);
    expect(at('d.i', writers, 'risk').missing.map(({ unit }) => unit)).toEqual(['S1']);
    const many = Array.from({ length: MAX_MISSING + 3 }, (_, n) => leaf(`U${n}`));
    expect(at('d.i', many)).toMatchObject({ moreMissing: 3, missing: { length: MAX_MISSING } });
  });

  it('shows at an assignment what passes through it, and at the item everything', () => {
    const writers = [leaf('S2', { work: said('二', 1) })];
    expect(composedAt('d.i.TF.S2', writers).sections.map(({ key }) => key)).toEqual(['work']);
    expect(composedAt('d.i', writers).sections.map(({ key }) => key)).toEqual(['work', 'risk']);
  });

  it('has a node’s edit in place of what came in before it, with whose words those were', () => {
    const writers = [
      leaf('S1.a', { work: said('甲', 1) }),
      leaf('S1.b', { work: said('乙', 2) }),
      leaf('S2', { work: said('二', 9) }),
      node('S1', { work: said('改', 5, { version: 4, by: 'L' }) }),
    ];
    expect(texts('d.i.TF', writers)).toEqual(['改', '二']);
    expect(at('d.i.TF', writers).edited).toBeNull();
    expect(at('d.i.TF', writers).parts[0]?.replaces?.map(({ unit }) => unit)).toEqual(['a', 'b']);
    expect(at('d.i.TF.S1', writers).edited).toEqual({
      version: 4,
      by: 'L',
      at: minute(5),
      overtaken: false,
    });
  });

  it('has what came in after an edit in its place again, and shows the edit as overtaken', () => {
    const writers = [
      leaf('S1.a', { work: said('甲', 1) }),
      leaf('S1.b', { work: said('乙', 6) }),
      node('S1', { work: said('改', 5) }),
    ];
    expect(texts('d.i.TF.S1', writers)).toEqual(['甲', '乙']);
    expect(at('d.i.TF.S1', writers).edited?.overtaken).toBe(true);
    // An edit that may not have known the words does not hide them.
    expect(
      texts('d.i.TF.S1', [leaf('S1.a', { work: said('甲', 5) }), node('S1', { work: said('改', 5) })]),
    ).toEqual(['甲']);
  });

  it('takes an edit below for something that came in, and so the taking back of one', () => {
    const below = [leaf('S1.a', { work: said('甲', 1) })];
    const above = node('', { work: said('统', 5) });
    expect(texts('d.i.TF', [...below, above, node('S1', { work: said('改', 4) })])).toEqual(['统']);
    expect(texts('d.i.TF', [...below, above, node('S1', { work: said('改', 6) })])).toEqual(['改']);
    expect(texts('d.i.TF', [...below, above, node('S1', { work: said(null, 6) })])).toEqual(['甲']);
  });

  it('has a section a node wrote alone, also where nothing has come in', () => {
    const writers = [leaf('S1.a'), node('', { work: said('统', 5) })];
    expect(texts('d.i.TF', writers)).toEqual(['统']);
    expect(at('d.i.TF', writers).missing.map(({ unit }) => unit)).toEqual(['a']);
  });

  it('changes in one section only where one section changes, for any writers and edits', () => {
    const contribution = fc.tuple(fc.constantFrom('甲', '乙', '丙'), fc.integer({ min: 1, max: 9 }));
    const given = fc.record({ work: contribution, risk: contribution }, { requiredKeys: [] });
    const writerOf = (paths: readonly string[], isNode: boolean): fc.Arbitrary<Writer> =>
      fc
        .tuple(fc.constantFrom(...paths), given)
        .map(([path, of]) =>
          writer(
            `d.i.TF${path}`,
            isNode,
            Object.fromEntries(Object.entries(of).map(([key, [text, since]]) => [key, said(text, since)])),
          ),
        );
    const tree = fc
      .tuple(
        fc.uniqueArray(writerOf(['.S1.a', '.S1.b', '.S2', '.S3'], false), {
          selector: (each) => each.assignment,
        }),
        fc.uniqueArray(writerOf(['', '.S1'], true), { selector: (each) => each.assignment }),
      )
      .map(([leaves, nodes]) => [...leaves, ...nodes]);
    fc.assert(
      fc.property(tree, fc.nat(), (writers, which) => {
        const changed = writers.map((each, n) =>
          n === which % writers.length
            ? { ...each, sections: new Map(each.sections).set('work', said('丁', 10, { version: 2 })) }
            : each,
        );
        expect(at('d.i', changed, 'risk')).toEqual(at('d.i', writers, 'risk'));
        // And the words that came in last are in the document.
        if (writers.length > 0) expect(texts('d.i', changed)).toContain('丁');
        // In any order of writers.
        expect(composedAt('d.i', writers.toReversed())).toEqual(composedAt('d.i', writers));
      }),
    );
  });
});

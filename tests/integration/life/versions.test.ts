// Versions of a report on the real stack: what each changed, which return it answers, parts of one's own, signatures.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import type { Seen } from '../../support/seen.ts';

const FORM = {
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'snapshot' },
    { key: 'remark', label: '备注', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'name', label: '名称', type: 'text' }],
      aggregate: { union: [] },
    },
  ],
  rules: [],
} as const;
const PLAIN = { form: FORM } as never;
const SIGNED = { form: FORM, signOff: 'leader' } as never;
const BOSS = 'S1-1-boss';

type Version = Seen & {
  changes: { path: string; before: unknown; after: unknown }[] | null;
  moreChanges: boolean;
  answers: { version: number; reason: string; fields: string[] } | null;
  note: string | null;
  own: unknown;
};
type View = Seen & { awaitingSignature: boolean; presented: Version | null };

let z: Installation;
beforeAll(async () => {
  const file = district({ streets: 1, communities: 2, bosses: ['S1-1'] });
  z = await startInstallation({ deskLimit: 5, organisation: file });
});
afterAll(() => z.close());

const act = async (who: string, id: string, verb: string, body: unknown = {}): Promise<View> => {
  const { status, body: answer } = await z.as(who).post(`/assignments/${id}/${verb}`, body);
  if (status !== 200) throw new Error(`${who} ${verb} ${id}: ${status} ${JSON.stringify(answer)}`);
  return answer.assignment as View;
};
const read = (who: string, id: string, path: string): Promise<Reply> =>
  z.as(who).get(`/assignments/${id}/${path}`);
const version = async (who: string, id: string, n: number, of = 'submissions'): Promise<Version> =>
  (await read(who, id, `${of}/${n}`)).body as Version;
const listed = async (who: string, id: string, of = 'submissions'): Promise<number[]> =>
  (await read(who, id, of)).body.items.map((each) => each.version);

describe('a version of a report', () => {
  let course: Course;
  let leaf: string;
  beforeAll(async () => {
    course = await sendOut(z, 'plain', { item: PLAIN });
    leaf = course.at('S1-2');
    await act('S1-2', leaf, 'submit', { values: { n: 1 }, rows: { list: [{ name: '甲' }] }, note: '初报' });
    await act('S1', leaf, 'return', { reason: '漏了一处', fields: ['list'] });
    await act('S1-2', leaf, 'submit', { values: { n: 2 }, rows: { list: [{ name: '乙' }, { name: '丙' }] } });
    await act('S1', leaf, 'approve');
    await act('S1-2', leaf, 'submit', { values: { n: 2, remark: '补' }, note: '更正' });
  });

  it('that is the first changes nothing and answers nothing', async () => {
    expect(await version('S1', leaf, 1)).toMatchObject({ changes: null, moreChanges: false, answers: null });
  });

  it('after a return names the return it answers, and each place it changed', async () => {
    expect(await version('S1', leaf, 2)).toMatchObject({
      values: { n: 2 },
      answers: { version: 1, reason: '漏了一处', fields: ['list'] },
      changes: [
        { path: 'values.n', before: 1, after: 2 },
        { path: 'rows.list[0].name', before: '甲', after: '乙' },
        { path: 'rows.list[1]', before: null, after: { name: '丙' } },
        { path: 'note', before: '初报', after: null },
      ],
    });
  });

  it('that corrects what was approved answers no return', async () => {
    expect(await version(OFFICE, leaf, 3)).toMatchObject({
      answers: null,
      changes: [
        { path: 'values.remark', before: null, after: '补' },
        { path: 'rows.list[0]', before: { name: '乙' }, after: null },
        { path: 'rows.list[1]', before: { name: '丙' }, after: null },
        { path: 'note', before: null, after: '更正' },
      ],
    });
    await act('S1', leaf, 'return', { reason: '不对' });
    await act('S1-2', leaf, 'submit', { values: { n: 3 }, note: '再更正' });
    expect((await version('S1', leaf, 4)).answers).toEqual({ version: 3, reason: '不对', fields: [] });
    expect((await z.as('S1').see(leaf)).submission).not.toHaveProperty('changes');
  });

  it('is none of a stranger’s business', async () => {
    for (const path of ['submissions', 'submissions/1', 'parts', 'parts/1'])
      expect((await read('S1-1', leaf, path)).status).toBe(404);
    for (const path of ['submissions/9', 'submissions/x', 'parts/1'])
      expect((await read('S1', leaf, path)).status).toBe(404);
  });
});

describe('a node holder’s own part', () => {
  let course: Course;
  let node: string;
  beforeAll(async () => {
    course = await sendOut(z, 'own', { item: PLAIN });
    node = course.at('S1');
    await act('S1-1', course.at('S1-1'), 'submit', { values: { n: 1 } });
    await act(BOSS, course.at('S1-1'), 'comment', { text: '已核' });
    await act('S1', course.at('S1-1'), 'approve');
    await act('S1', node, 'submit', { values: { n: 10 } });
    await act('S1', node, 'submit', { values: { n: 20 }, note: '本级窗口' });
  });

  it('is kept in every version, apart from what is sent up, with what each changed', async () => {
    expect(await listed(FORCE, node, 'parts')).toEqual([2, 1]);
    expect(await listed(FORCE, node)).toEqual([]);
    expect(await version(FORCE, node, 2, 'parts')).toMatchObject({
      kind: 'part',
      values: { n: 20 },
      answers: null,
      changes: [
        { path: 'values.n', before: 10, after: 20 },
        { path: 'note', before: null, after: '本级窗口' },
      ],
    });
    const paged = await read('S1', node, 'parts?limit=1');
    expect(paged.body.items).toHaveLength(1);
    expect((await read('S1', node, `parts?cursor=${paged.body.nextCursor ?? ''}`)).body.items).toHaveLength(
      1,
    );
  });

  it('stands beside the merged figures of its node, and not of those above or below', async () => {
    const own = { values: { n: 20 }, rows: { list: [] }, note: '本级窗口', version: 2 };
    expect((await read('S1', node, 'summary')).body).toMatchObject({ values: { n: 21 }, own });
    expect((await read(FORCE, course.at(), 'summary')).body).toMatchObject({ values: { n: 21 }, own: null });
    expect((await read('S1', course.at('S1-1'), 'summary')).body).toMatchObject({ own: null });
  });

  it('goes up with the copy, its note with it', async () => {
    await course.settle('S1-2', 300);
    await course.comes('S1', 'submitted');
    expect(await version(FORCE, node, 1)).toMatchObject({
      kind: 'roll-up',
      values: { n: 321 },
      own: { values: { n: 20 }, note: '本级窗口', version: 2 },
    });
    await course.do('S1', 'approve');
    await act('S1', node, 'submit', { values: { n: 20 }, note: '改了说明' });
    await course.happens('S1', 'restated');
    expect(await version(FORCE, node, 2)).toMatchObject({
      own: { note: '改了说明', version: 3 },
      changes: [],
    });
    await course.comes('', 'submitted');
    expect(await version(OFFICE, course.at(), 1)).toMatchObject({ values: { n: 321 }, own: null });
    expect(await faultsOfRecord(z.pool, 'own')).toEqual([]);
  });
});

describe('a report that waits for its leader’s signature', () => {
  let course: Course;
  let leaf: string;
  beforeAll(async () => {
    course = await sendOut(z, 'signed', { item: SIGNED });
    leaf = course.at('S1-1');
    await act('S1-1', leaf, 'submit', { values: { n: 1 }, note: '草稿' });
  });

  it('is shown to its holder’s people and to nobody else', async () => {
    const waiting = await act('S1-1', leaf, 'submit', { values: { n: 2 }, note: '送签' });
    const presented = { version: 2, values: { n: 2 }, note: '送签', by: 'S1-1' };
    expect(waiting).toMatchObject({ awaitingSignature: true, submission: null, presented });
    for (const who of ['S1-1', BOSS]) {
      expect(await z.as(who).see(leaf)).toMatchObject({
        awaitingSignature: true,
        submission: null,
        presented,
      });
      expect(await listed(who, leaf)).toEqual([2, 1]);
      expect(await version(who, leaf, 2)).toMatchObject({
        changes: [{ path: 'values.n' }, { path: 'note' }],
      });
    }
    for (const who of ['S1', FORCE, OFFICE, 'AUDITOR']) {
      expect(await z.as(who).see(leaf)).toMatchObject({
        awaitingSignature: false,
        submission: null,
        presented: null,
      });
      expect(await listed(who, leaf)).toEqual([]);
      for (const n of [1, 2]) expect((await read(who, leaf, `submissions/${n}`)).status).toBe(404);
    }
  });

  it('is shown to all who see the assignment once it is signed; what was never signed is not', async () => {
    await act(BOSS, leaf, 'sign');
    expect(await z.as('S1').see(leaf)).toMatchObject({ submission: { version: 2 }, presented: null });
    expect(await listed('S1', leaf)).toEqual([2]);
    expect(await version('S1', leaf, 2)).toMatchObject({ values: { n: 2 }, changes: null });
    expect((await read('S1', leaf, 'submissions/1')).status).toBe(404);
    expect(await listed(BOSS, leaf)).toEqual([2, 1]);
  });

  it('answers the return of what was handed in, whatever was presented in between', async () => {
    await act('S1', leaf, 'return', { reason: '请核实', fields: ['n'] });
    await act('S1-1', leaf, 'submit', { values: { n: 3 } });
    await act('S1-1', leaf, 'submit', { values: { n: 4 } });
    expect((await read('S1', leaf, 'submissions/4')).status).toBe(404);
    await act(BOSS, leaf, 'sign');
    expect(await version('S1', leaf, 4)).toMatchObject({
      answers: { version: 2, reason: '请核实', fields: ['n'] },
      changes: [
        { path: 'values.n', before: 2, after: 4 },
        { path: 'note', before: '送签', after: null },
      ],
    });
    expect(await listed(OFFICE, leaf)).toEqual([4, 2]);
  });

  it('keeps a correction in the house as well, while the approved figures count', async () => {
    await act('S1', leaf, 'approve');
    await act('S1-1', leaf, 'submit', { values: { n: 5 }, note: '更正' });
    expect(await z.as('S1').see(leaf)).toMatchObject({ submission: { version: 4 }, presented: null });
    expect(await z.as('S1-1').see(leaf)).toMatchObject({
      submission: { version: 4 },
      presented: { version: 5 },
    });
    await act(BOSS, leaf, 'sign');
    expect(await z.as('S1').see(leaf)).toMatchObject({ submission: { version: 5 }, correcting: true });
  });
});

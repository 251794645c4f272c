// A document of sections: written by three units as text and as docx, edited, overtaken, sent up, corrected, rendered.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { DOCX_TYPE } from '../../../domain/paper/media-types.ts';
import type { Composed, ComposedSection } from '../../../domain/paper/document/composed.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { docxOf, htmlOf, oddDocx } from '../../support/docx-file.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { fetchAs, uploadAs } from '../../support/upload.ts';
import { verdictOf } from '../../support/verdict-words.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const DOCUMENT = {
  title: '工作专报',
  sections: [
    { key: 'work', title: '工作情况', guide: '写已做的' },
    { key: 'detail', title: '站点明细', level: 2, units: ['S1'] },
    { key: 'plan', title: '下步打算', units: ['S2'] },
  ],
};
const DISPATCH = [
  {
    taskForce: FORCE,
    receivers: [{ unit: 'S1', receivers: [{ unit: 'S1-1' }, { unit: 'S1-2' }] }, { unit: 'S2' }],
  },
];
const ITEM = { form: undefined, document: DOCUMENT, dispatch: DISPATCH, rollUp: 'manual' as const };

const withCity = (): unknown => {
  const file = district();
  return {
    ...file,
    units: [...(file.units ?? []), { code: 'CITY', name: '市指挥部', kind: 'superior' }],
    people: [...(file.people ?? []), { id: 'CITY', name: '市联络员' }],
    posts: [...(file.posts ?? []), { unit: 'CITY', role: 'liaisonA', person: 'CITY' }],
  };
};

let z: Installation;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: withCity() });
});
afterEach(async () => {
  expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
});
afterAll(() => z.close());

const documentOf = async (person: string, unit: string, query = ''): Promise<Composed> => {
  const { status, body } = await z.as(person).get(`/assignments/${course.at(unit)}/document${query}`);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as unknown as Composed;
};
const section = async (key: string, query = '', unit = ''): Promise<ComposedSection> => {
  const found = (await documentOf(FORCE, unit, query)).sections.find((each) => each.key === key);
  if (!found) throw new Error(`no section ${key}`);
  return found;
};
/** `S1-1: text`, or the name of the file. */
const partsOf = async (key: string, query = '', unit = ''): Promise<string[]> =>
  (await section(key, query, unit)).parts.map(
    ({ unit: of, text, file }) => `${of}: ${[text, file?.name].filter(Boolean).join(' + ')}`,
  );

const upload = async (person: string, words: string, name = `${words}.docx`): Promise<string> =>
  (await uploadAs(z.api, person, await docxOf(words), name)).id;

describe('a document task', () => {
  it('is refused by place where it is none', async () => {
    course = await sendOut(z, 'good', { item: ITEM });
    const post = async (more: object): Promise<string> =>
      verdictOf(
        await z.as(OFFICE).post('/directives/preview', {
          id: 'bad',
          number: 'L-bad',
          title: '专报',
          calendar: 'always',
          due: { within: 'PT1H' },
          policy: {},
          items: [{ key: 'sites', title: '专报', dispatch: DISPATCH, ...more }],
        }),
      );
    expect(await post({ document: DOCUMENT })).toBe('200');
    expect(await post({ document: DOCUMENT, form: { fields: [] } })).toBe(
      '422 INVALID items[0].document:FORM_OR_DOCUMENT',
    );
    expect(await post({ document: { sections: [{ key: 'a', title: '一', units: ['S9'] }] } })).toBe(
      '422 INVALID items[0].document.sections[0].units[0]:NOT_A_RECEIVER',
    );
    expect(await post({ document: DOCUMENT, zeroReport: true })).toBe(
      '422 INVALID items[0].zeroReport:ZERO_REPORT_NOT_ALLOWED',
    );
    expect(await post({ document: { sections: [{ key: 'A', title: '一' }] } })).toBe(
      '422 INVALID items[0].document.sections[0].key:INVALID',
    );
  });

  it('is written by the units that owe each section, as text or as docx', async () => {
    course = await sendOut(z, 'written', { item: ITEM });
    expect(await course.told('S1-1', 'submit', { values: { work: '甲', plan: '越权' } })).toBe(
      '422 INVALID values.detail:REQUIRED values.plan:NOT_YOUR_SECTION',
    );
    expect(await course.told('S2', 'submit')).toBe('422 INVALID values.work:REQUIRED values.plan:REQUIRED');
    const file = await upload('S1-1', '一社区明细');
    await course.do('S1-1', 'submit', { values: { work: '甲', detail_docx: [file] } });
    await course.do('S1-2', 'submit', { values: { work: '乙', detail: '明细乙' } });
    expect(await partsOf('work')).toEqual([]);
    expect(await partsOf('work', '?basis=reported')).toEqual(['S1-1: 甲', 'S1-2: 乙']);
    await course.do('S1-1', 'approve');
    await course.do('S1-2', 'approve');
    const document = await documentOf(FORCE, '');
    expect(document.title).toBe('工作专报');
    expect(document.sections.map(({ title, level }) => [title, level])).toEqual([
      ['工作情况', 1],
      ['站点明细', 2],
      ['下步打算', 1],
    ]);
    expect(await partsOf('detail')).toEqual(['S1-1: 一社区明细.docx', 'S1-2: 明细乙']);
    expect((await section('plan')).missing).toEqual([
      { assignment: course.at('S2'), unit: 'S2', unitName: 'S2街道' },
    ]);
    const ofOffice = await z.as(OFFICE).get(`/directives/${course.id}/document?item=sites`);
    expect((ofOffice.body as unknown as Composed).sections).toEqual(document.sections);
    // Its own part for a unit, and nothing for one beside it.
    expect((await documentOf('S1-1', 'S1-1')).sections.map(({ key }) => key)).toEqual(['work', 'detail']);
    expect((await z.as('S2').get(`/assignments/${course.at('')}/document`)).status).toBe(404);
    expect((await z.as('S1-1').get(`/directives/${course.id}/document`)).status).toBe(403);
  });

  it('takes no file that is not a document, or that bursts when it is opened', async () => {
    course = await sendOut(z, 'files', { item: ITEM });
    const submit = async (content: string | Uint8Array<ArrayBuffer>, name: string): Promise<string> => {
      const { id } = await uploadAs(z.api, 'S2', content, name);
      return course.told('S2', 'submit', { values: { work: '文', plan_docx: [id] } });
    };
    expect(await submit('plain text', 'plan.docx')).toBe('422 INVALID values.plan_docx[0]:NOT_A_DOCX');
    const good = await docxOf('打算');
    const cut = good.slice(0, good.length - 60);
    expect(await submit(cut, 'cut.docx')).toBe('422 INVALID values.plan_docx[0]:DOCX_UNREADABLE');
    const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
    const bomb = zipSync({
      '[Content_Types].xml': new TextEncoder().encode(types),
      'word/document.xml': new Uint8Array(60 * 1024 * 1024),
    });
    expect(await submit(bomb, 'bomb.docx')).toBe('422 INVALID values.plan_docx[0]:DOCX_TOO_LARGE');
    const foreign = await upload('S1', '别人的');
    expect(await course.told('S2', 'submit', { values: { work: '文', plan_docx: [foreign] } })).toBe(
      '422 INVALID values.plan_docx[0]:UNKNOWN_FILE',
    );
    expect(await submit(good, 'plan.docx')).toBe('200');
  });

  it('is edited section by section by the lead, until something newer comes in', async () => {
    course = await sendOut(z, 'edited', { item: ITEM });
    for (const [unit, values] of [
      ['S1-1', { work: '甲', detail: '明细甲' }],
      ['S1-2', { work: '乙', detail: '明细乙' }],
      ['S2', { work: '丙', plan: '打算' }],
    ] as const) {
      await course.do(unit, 'submit', { values });
      await course.do(unit, 'approve');
    }
    await course.do('', 'submit', { values: { work: '统稿' } });
    await course.do('', 'submit', { values: { detail: '明细统稿' } });
    // Each edit counts by itself, whichever version of the part it came with.
    expect(await partsOf('work')).toEqual(['TF: 统稿']);
    expect(await partsOf('detail')).toEqual(['TF: 明细统稿']);
    expect((await section('work')).edited).toMatchObject({ version: 1, by: FORCE, overtaken: false });
    expect((await section('work')).parts[0]?.replaces?.map(({ unit }) => unit)).toEqual([
      'S1-1',
      'S1-2',
      'S2',
    ]);
    expect(await course.by('S1', 'S1', 'submit', { values: { plan: '越权' } })).toBe(
      '422 INVALID values.plan:NOT_YOUR_SECTION',
    );
    // A later version of one section takes the place of the edit of that one: the rest stays as it was.
    await course.do('S1-1', 'submit', { values: { detail: '明细甲改' }, note: '更正' });
    expect(await partsOf('detail')).toEqual(['TF: 明细统稿']);
    expect(await partsOf('detail', '?basis=reported')).toEqual(['S1-1: 明细甲改', 'S1-2: 明细乙']);
    await course.do('S1-1', 'approve');
    expect(await partsOf('detail')).toEqual(['S1-1: 明细甲改', 'S1-2: 明细乙']);
    expect((await section('detail')).edited).toMatchObject({ version: 2, overtaken: true });
    expect(await partsOf('work')).toEqual(['TF: 统稿']);
    // Edited anew, as a file of the lead's own.
    const file = await upload(FORCE, '统稿');
    await course.do('', 'submit', { values: { detail_docx: [file] } });
    expect(await partsOf('detail')).toEqual(['TF: 统稿.docx']);
    // And taken back.
    await course.do('', 'submit', { values: { work: null } });
    expect(await partsOf('work')).toEqual(['S1-1: 甲', 'S1-2: 乙', 'S2: 丙']);
  });

  it('is a Word document that leaves nothing out and says whose words are whose', async () => {
    course = await sendOut(z, 'paper', { item: ITEM });
    const file = await upload('S1-1', '一社区明细');
    await course.do('S1-1', 'submit', { values: { work: '甲<script>\n甲二', detail_docx: [file] } });
    await course.do('S1-1', 'approve');
    await course.do('S1', 'submit', { values: { work: '街道统稿' } });
    const { status, headers, bytes } = await fetchAs(
      z.api,
      OFFICE,
      `/directives/${course.id}/document.docx?basis=reported`,
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(DOCX_TYPE);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('工作专报.docx'));
    const html = await htmlOf(bytes);
    const inOrder = [
      '工作专报',
      'L-paper',
      '<h1>工作情况</h1>',
      '街道统稿',
      '（供稿：S1-1社区；统稿：S1街道）',
      '（本节尚缺：S1-2社区、S2街道）',
      '<h2>站点明细</h2>',
      '<h3><strong>一社区明细标题</strong></h3>',
      '一社区明细<strong>重点</strong>',
      '<li>第一条</li><li>第二条</li>',
      '<table>',
      '（供稿：S1-1社区）',
      '（本节尚缺：S1-2社区）',
      '<h1>下步打算</h1>',
      '（本节暂缺，待报单位：S2街道）',
    ];
    expect(inOrder.filter((words) => !html.includes(words))).toEqual([]);
    const places = inOrder.map((words) => html.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const english = await fetchChecked(`${z.api.url}/api/v1/directives/${course.id}/document.docx`, {
      headers: { authorization: `Bearer ${z.api.token}`, 'accept-language': 'en' },
    });
    expect(await htmlOf(new Uint8Array(await english.arrayBuffer()))).toContain('expected from S2街道');
    const own = await fetchAs(z.api, 'S1-1', `/assignments/${course.at('S1-1')}/document.docx?version=1`);
    expect(await htmlOf(own.bytes)).toContain('甲&lt;script&gt;');
    expect((await fetchAs(z.api, 'S2', `/assignments/${course.at('S1-1')}/document.docx`)).status).toBe(404);
  });

  it('leaves out what is struck out or hidden, keeps what stands high or low, and says where a formula is lost', async () => {
    course = await sendOut(z, 'odd', { item: ITEM });
    const { id } = await uploadAs(z.api, 'S1-1', await oddDocx(), '带公式.docx');
    await course.do('S1-1', 'submit', { values: { work: '甲', detail_docx: [id] } });
    await course.do('S1-1', 'approve');
    const { bytes } = await fetchAs(z.api, OFFICE, `/directives/${course.id}/document.docx?basis=reported`);
    const html = await htmlOf(bytes);
    expect(html).toContain('面积 12 m<sup>2</sup>，CO<sub>2</sub>，比例为');
    expect(html).toMatch(/比例为[^<]*公式/);
    expect(html).not.toMatch(/作废的话|看不见的话/);
  });

  it('goes up as it stands at that moment, and is restated when something is corrected below', async () => {
    course = await sendOut(z, 'up', { item: { ...ITEM, review: 'auto' } });
    const file = await upload('S1-1', '一社区明细');
    await course.do('S1-1', 'submit', { values: { work: '甲', detail_docx: [file] } });
    await course.do('S1-2', 'submit', { values: { work: '乙', detail: '明细乙' } });
    await course.do('S1', 'submit', { values: { work: '街道统稿' } });
    await course.do('S1', 'submit');
    const [copy] = await course.happens('S1', 'rolledUp');
    expect(copy?.data).toMatchObject({ n: 1, final: true, coverage: { expected: 2, approved: 2 } });
    const sentOf = async (version: number): Promise<string> =>
      htmlOf(
        (await fetchAs(z.api, FORCE, `/assignments/${course.at('S1')}/document.docx?version=${version}`))
          .bytes,
      );
    const first = await sentOf(1);
    expect(first).toContain('街道统稿');
    expect(first).toContain('一社区明细<strong>');
    expect(first).toContain('明细乙');
    // Read by itself, not with every list of assignments.
    expect((await course.see('S1')).submission).toMatchObject({ version: 1, kind: 'roll-up' });
    expect(JSON.stringify(await course.see('S1'))).not.toContain('"sections"');
    await course.do('S1-2', 'submit', { values: { detail: '明细乙改' }, note: '更正' });
    const [restated] = await course.happens('S1', 'restated');
    expect(restated?.data).toMatchObject({ n: 2 });
    expect(await sentOf(1)).toBe(first);
    const second = await sentOf(2);
    expect(second).toContain('明细乙改');
    // The correction is of one section: the edit of the other stands.
    expect(second).toContain('街道统稿');
    expect((await documentOf(FORCE, 'S1', '?version=1')).sections[1]?.parts[1]).toMatchObject({
      text: '明细乙',
      version: 1,
    });
    expect((await z.as(FORCE).get(`/assignments/${course.at('S1')}/document?version=9`)).status).toBe(404);
    // An edit is a new word as well: it goes up anew.
    await course.do('S1', 'submit', { values: { work: '街道再改' }, note: '统稿更正' });
    expect((await course.happens('S1', 'restated', 2)).at(-1)?.data).toMatchObject({ n: 3 });
    expect(await sentOf(3)).toContain('街道再改');
  });

  it('is handed up to the superior whole, with how many are missing and not who', async () => {
    course = await sendOut(z, 'superior', { item: { ...ITEM, review: 'auto' }, superior: 'CITY' });
    const file = await upload('S1-1', '一社区明细');
    await course.do('S1-1', 'submit', { values: { work: '甲', detail_docx: [file] } });
    await course.do('', 'submit', { values: { work: '统稿' } });
    await course.do('', 'submit', { values: { plan: '代拟' } });
    const { status, body } = await z.as(OFFICE).post(`/directives/${course.id}/hand-up`, {});
    expect(status).toBe(201);
    const [item] = body.items as unknown as { document: unknown }[];
    expect(item?.document).toMatchObject({
      sections: [
        { key: 'work', parts: [{ text: '统稿', replaces: [{ unit: 'S1-1' }] }], missing: 2 },
        { key: 'detail', parts: [{ unit: 'S1-1', file: { id: file } }], missing: 1 },
        { key: 'plan', parts: [{ text: '代拟' }], missing: 1 },
      ],
    });
    const path = `/directives/${course.id}/hand-ups/1/document.docx`;
    const { bytes } = await fetchAs(z.api, 'CITY', path);
    const html = await htmlOf(bytes);
    for (const words of ['统稿', '一社区明细<strong>', '（本节尚缺：1 家）']) expect(html).toContain(words);
    expect(html).not.toContain('S1-2社区');
    expect((await fetchAs(z.api, 'S1', path)).status).toBe(404);
    expect((await z.as('CITY').get(`/directives/${course.id}/document`)).status).toBe(404);
    expect((await fetchAs(z.api, 'CITY', `/files/${file}`)).status).toBe(404);
    const listed = await z.as('CITY').get(`/directives/${course.id}/hand-ups`);
    expect(JSON.stringify(listed.body)).not.toContain('sections');
  });
});

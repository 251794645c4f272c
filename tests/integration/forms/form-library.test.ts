// Forms kept by name and version, the catalogue of data elements, and what a preview warns of before anything goes out.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut } from '../../support/course.ts';
import { directive, district, FORCE, FORM, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { tokenOf } from '../../support/small-record.ts';

const OTHER = 'OTHER';

/** A second office with a task force of its own over the same streets. */
const twoOffices = (): unknown => {
  const file = district({ streets: 2, communities: 2 });
  return {
    ...file,
    units: [
      ...(file.units ?? []),
      { code: OTHER, name: '他办', kind: 'office' },
      { code: 'TJ', name: '统计局', kind: 'department' },
    ],
    people: [...(file.people ?? []), { id: OTHER, name: '他' }],
    taskForces: [
      ...(file.taskForces ?? []),
      { code: 'TF2', name: '交通专班', office: OTHER, members: ['S1', 'S2'] },
    ],
    posts: [...(file.posts ?? []), { unit: OTHER, role: 'staff', person: OTHER }],
  };
};

let z: Installation;
beforeAll(async () => {
  z = await startInstallation({ organisation: twoOffices() });
});
afterAll(() => z.close());

const put = async (path: string, body: unknown, who = OFFICE, headers = {}): Promise<Reply> => {
  const token = who === 'admin' ? z.api.token : await tokenOf(z.api, who);
  return (await z.api.call('PUT', path, { body, token, headers })) as Reply;
};
/** Of what this file alone asks for. */
const valueIn = (body: object, key: string): unknown => (body as Record<string, unknown>)[key];
const KEPT = { title: '站点摸排', ...FORM };
const wider = (max: number): unknown => ({
  ...KEPT,
  fields: [{ ...FORM.fields[0], max }, FORM.fields[1]],
});
const faultsOf = ({ status, body }: Reply): unknown => [
  status,
  body.code,
  ...((valueIn(body, 'errors') ?? []) as { path: string; code: string }[]).map(
    ({ path, code }) => `${path} ${code}`,
  ),
];
const warningsOf = async (request: unknown, who = OFFICE): Promise<Record<string, unknown>[]> => {
  const { status, body } = await z.as(who).post('/directives/preview', request);
  expect(status).toBe(200);
  return valueIn(body, 'warnings') as Record<string, unknown>[];
};
/** As a directive of the second office would ask it. */
const byOther = (id: string, more: object = {}): unknown => {
  const asked = directive(id, { item: more });
  const items = asked.items.map((item) => ({
    ...item,
    dispatch: item.dispatch.map((each) => ({ ...each, taskForce: 'TF2' })),
  }));
  return { ...asked, items };
};

describe('the form library', () => {
  it('keeps every version, makes none of what is the same, and lists the latest of each', async () => {
    expect((await put('/forms/sites', KEPT)).body).toMatchObject({
      name: 'sites',
      version: 1,
      title: '站点摸排',
      office: OFFICE,
      by: OFFICE,
      warnings: [],
    });
    expect((await put('/forms/sites', KEPT)).body).toMatchObject({ version: 1 });
    const second = await put('/forms/sites', { ...(wider(500) as object), note: '上限改为 500' });
    expect(second.body).toMatchObject({ version: 2, note: '上限改为 500' });
    expect((await z.as('S1-1').get('/forms/sites/versions/1')).body).toMatchObject({
      fields: [{ max: 1_000_000 }, {}],
    });
    expect((await z.as('S1-1').get('/forms/sites')).body).toMatchObject({ version: 2 });
    const versions = await z.as(OFFICE).get('/forms/sites/versions?limit=1');
    expect(versions.body.items).toMatchObject([{ version: 2, fields: 2 }]);
    const next = await z.as(OFFICE).get(`/forms/sites/versions?cursor=${versions.body.nextCursor ?? ''}`);
    expect(next.body).toMatchObject({ items: [{ version: 1 }], nextCursor: null });
    await put('/forms/about-volunteers', { ...KEPT, title: '志愿者 100%' });
    expect((await z.as(OFFICE).get('/forms')).body.items).toMatchObject([
      { name: 'about-volunteers', version: 1 },
      { name: 'sites', version: 2 },
    ]);
    expect((await z.as(OFFICE).get(`/forms?q=${encodeURIComponent('100%')}`)).body.items).toHaveLength(1);
    expect((await z.as(OFFICE).get('/forms?q=%25')).body.items).toHaveLength(1);
  });

  it('refuses what does not compile by its places, strangers, and who knows only an older version', async () => {
    const rules = [{ key: 'r', check: 'm > 1', severity: 'block', message: '…' }];
    expect(faultsOf(await put('/forms/bad', { ...KEPT, rules }))).toEqual([
      422,
      'INVALID',
      'rules[0].check RULE_DOES_NOT_COMPILE',
    ]);
    expect((await z.as(OFFICE).get('/forms/bad')).status).toBe(404);
    expect((await put('/forms/a.b', KEPT)).status).toBe(400);
    expect((await put('/forms/bad', { ...KEPT, more: 1 })).status).toBe(400);
    expect((await put('/forms/bad', { title: '' }, 'S1')).status).toBe(403);
    expect((await put('/forms/bad', { title: '' })).status).toBe(422);
    expect(faultsOf(await put('/forms/sites', wider(9), OFFICE, { 'if-match': '"1"' }))).toEqual([
      412,
      'NEWER_VERSION',
    ]);
    expect((await put('/forms/sites', wider(9), OFFICE, { 'if-match': '"2"' })).body).toMatchObject({
      version: 3,
    });
    // The same again, because the answer was lost: nothing else is lost.
    expect((await put('/forms/sites', wider(9), OFFICE, { 'if-match': '"2"' })).body).toMatchObject({
      version: 3,
    });
    for (const path of [
      '/forms/none',
      '/forms/sites/versions/9',
      '/forms/sites/versions/x',
      '/forms/none/versions',
    ])
      expect(`${path} ${(await z.as(OFFICE).get(path)).status}`).toBe(`${path} 404`);
  });

  it('is one version however many write it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => put('/forms/once', KEPT)));
    expect(answers.map(({ status, body }) => [status, body.version])).toEqual(
      Array.from({ length: 8 }, () => [200, 1]),
    );
  });

  it('lets another office clone a form, not change it', async () => {
    expect(faultsOf(await put('/forms/sites', wider(7), OTHER))).toEqual([403, 'OF_ANOTHER_OFFICE']);
    const clone = { name: 'traffic', title: '交通站点' };
    const key = { 'idempotency-key': 'clone' };
    const first = await z.as(OTHER).post('/forms/sites/clone', clone, key);
    expect([first.status, first.body]).toMatchObject([
      201,
      { name: 'traffic', version: 1, office: OTHER, clonedFrom: { name: 'sites', version: 3 } },
    ]);
    expect((await z.as(OTHER).post('/forms/sites/clone', clone, key)).body).toEqual(first.body);
    expect(faultsOf(await z.as(OTHER).post('/forms/sites/clone', clone))).toEqual([
      409,
      'DUPLICATE',
      'name DUPLICATE',
    ]);
    expect((await put('/forms/traffic', wider(8), OTHER)).body).toMatchObject({
      version: 2,
      clonedFrom: null,
    });
    expect((await z.as(OTHER).post('/forms/none/clone', clone)).status).toBe(404);
    expect((await z.as('S1').post('/forms/sites/clone', clone)).status).toBe(403);
    // What an administrator keeps is the installation's: every office may go on with it.
    expect((await put('/forms/house', KEPT, 'admin')).body).toMatchObject({ office: null });
    expect((await put('/forms/house', wider(6), OTHER)).body).toMatchObject({ version: 2, office: null });
  });
});

describe('a directive that names its form', () => {
  it('has it in full, in the version of that moment, and so has its copy', async () => {
    const course = await sendOut(z, 'named', { item: { form: { name: 'sites', version: 2 } } as object });
    const [item] = (await course.whole())['items'] as unknown as Record<string, unknown>[];
    expect(item).toMatchObject({
      formOf: { name: 'sites', version: 2 },
      form: { fields: [{ max: 500 }, {}] },
    });
    expect(await course.told('S1-1', 'submit', { values: { n: 501 } })).toBe(
      '422 INVALID values.n:OUT_OF_RANGE',
    );
    await put('/forms/sites', wider(10_000));
    const copy = await z.as(OFFICE).post('/directives/named/copy', { id: 'again', number: 'L-again' });
    expect((copy.body['items'] as unknown as unknown[])[0]).toMatchObject({
      formOf: { name: 'sites', version: 2 },
      form: { fields: [{ max: 500 }, {}] },
    });
    expect((await z.as(OFFICE).post('/directives/again/issue')).status).toBe(200);
    const latest = await z
      .as(OFFICE)
      .post('/directives?draft=true', directive('latest', { item: { form: { name: 'sites' } } as object }));
    expect((latest.body['items'] as unknown as unknown[])[0]).toMatchObject({
      formOf: { name: 'sites', version: 4 },
    });
  });

  it('is refused where the library has no such form, and where the form is neither', async () => {
    const ask = (form: unknown): Promise<Reply> =>
      z.as(OFFICE).post('/directives/preview', directive('x', { item: { form } as object }));
    expect(faultsOf(await ask({ name: 'none' }))).toEqual([422, 'INVALID', 'items[0].form UNKNOWN_FORM']);
    expect(faultsOf(await ask({ name: 'sites', version: 99 }))).toEqual([
      422,
      'INVALID',
      'items[0].form UNKNOWN_FORM',
    ]);
    // A form written out is judged as before, name or not.
    expect(faultsOf(await ask({ fields: [], more: 1 }))).toEqual([
      422,
      'INVALID',
      'items[0].form.more UNKNOWN_FIELD',
    ]);
    expect(faultsOf(await ask({ fields: [{ key: 'N', label: '数', type: 'integer' }] }))).toEqual([
      422,
      'INVALID',
      'items[0].form.fields[0].key INVALID',
    ]);
    expect(faultsOf(await ask({ name: 'sites', version: 'x' }))).toEqual([
      422,
      'INVALID',
      'items[0].form.version WRONG_TYPE',
    ]);
    // Whose item it is says the server, not the sender.
    const spoof = directive('x', { item: { formOf: { name: 'sites', version: 1 } } });
    expect(faultsOf(await z.as(OFFICE).post('/directives/preview', spoof))).toEqual([
      422,
      'INVALID',
      'items[0].formOf UNKNOWN_FIELD',
    ]);
  });
});

describe('the catalogue of data elements', () => {
  const n = { label: '站点数', meaning: '在册站点', type: 'integer', unit: '个', sourceUnit: 'TJ' };

  it('keeps what an element means, and warns in a preview and of a kept form', async () => {
    expect((await put('/elements/n', n)).body).toMatchObject({ key: 'n', ...n, version: 1, by: OFFICE });
    expect((await put('/elements/n', n)).body).toMatchObject({ version: 1 });
    expect((await z.as('S1').get('/elements?q=在册')).body.items).toMatchObject([{ key: 'n' }]);
    const found = await warningsOf(directive('e1'));
    expect(found).toMatchObject([
      {
        code: 'ELEMENT_DIFFERS',
        path: 'items[0].form.fields[0]',
        params: { field: 'n', type: 'integer', unit: '', expectedType: 'integer', expectedUnit: '个' },
      },
      { code: 'ELEMENT_HAS_SOURCE', path: 'items[0].form.fields[0]', params: { source: 'TJ' } },
      ...Array.from({ length: 8 }, () => ({ code: 'ELEMENT_ALREADY_OPEN' })),
    ]);
    expect(found[1]?.['message']).toBe('“n”由统计局掌握，却没有向其收集');
    expect((await put('/forms/sites', wider(11))).body).toMatchObject({
      warnings: [{ code: 'ELEMENT_DIFFERS', path: 'fields[0]' }],
    });
  });

  it('refuses what is none, and who may not', async () => {
    expect(faultsOf(await put('/elements/n', { ...n, sourceUnit: 'NONE' }))).toEqual([
      422,
      'UNKNOWN_UNIT',
      'sourceUnit UNKNOWN_UNIT',
    ]);
    expect(faultsOf(await put('/elements/n', { ...n, type: 'real' }))).toEqual([
      422,
      'INVALID',
      'type NOT_AN_OPTION',
    ]);
    expect(faultsOf(await put('/elements/n', { ...n, unit: '处' }, OFFICE, { 'if-match': '7' }))).toEqual([
      412,
      'NEWER_VERSION',
    ]);
    expect((await put('/elements/N', n)).status).toBe(400);
    expect((await put('/elements/n', n, 'S1')).status).toBe(403);
    expect((await z.as(OFFICE).get('/elements/none')).status).toBe(404);
  });
});

describe('a preview', () => {
  const fresh: object = { form: { ...FORM, fields: [{ ...FORM.fields[0], freshDays: 30 }, FORM.fields[1]] } };
  const again = (warnings: Record<string, unknown>[]): Record<string, unknown>[] =>
    warnings.filter(({ code }) => /^ELEMENT_(ALREADY|STILL|MORE)/.test(String(code)));

  it('warns of units that are being asked, and of answers that are still fresh, without showing one', async () => {
    await z.as(OFFICE).post('/directives/named/cancel', { reason: '重复' });
    await z.as(OFFICE).post('/directives/again/cancel', { reason: '重复' });
    await z.until(async () => again(await warningsOf(directive('p'))).length === 0, 'nothing is open');
    const course = await sendOut(z, 'first');
    await course.settle('S1-1', 4711);
    const found = again(await warningsOf(directive('p', { item: fresh })));
    expect(found.map(({ code, path }) => `${String(code)} ${String(path)}`)).toEqual([
      'ELEMENT_ALREADY_OPEN p.sites.TF.S1.S1-2',
      'ELEMENT_ALREADY_OPEN p.sites.TF.S1.S1-2',
      'ELEMENT_ALREADY_OPEN p.sites.TF.S2.S2-1',
      'ELEMENT_ALREADY_OPEN p.sites.TF.S2.S2-1',
      'ELEMENT_ALREADY_OPEN p.sites.TF.S2.S2-2',
      'ELEMENT_ALREADY_OPEN p.sites.TF.S2.S2-2',
      'ELEMENT_STILL_FRESH p.sites.TF.S1.S1-1',
    ]);
    expect(found[0]?.['params']).toMatchObject({
      unit: 'S1-2',
      unitName: 'S1-2社区',
      field: 'n',
      label: '数',
      number: 'L-first',
      assignment: 'first.sites.TF.S1.S1-2',
    });
    const others = again(await warningsOf(byOther('q', fresh), OTHER));
    expect(others).toHaveLength(7);
    for (const { params } of others) expect(params).not.toHaveProperty('assignment');
    expect(JSON.stringify(others)).not.toContain('4711');
    // Without freshDays an old answer is no answer.
    expect(again(await warningsOf(byOther('q'), OTHER))).toHaveLength(6);
  });

  it('does not warn of another element, another type, an answer too old, or itself', async () => {
    const [n, remark] = FORM.fields;
    const asking = (field: object): unknown =>
      directive('p', { item: { form: { fields: [{ ...remark, key: 'other' }, field] } as never } });
    expect(again(await warningsOf(asking({ ...n, key: 'm' })))).toEqual([]);
    expect(again(await warningsOf(asking({ ...n, type: 'number' })))).toEqual([]);
    expect(again(await warningsOf({ ...directive('first', { item: fresh }), number: 'L-other' }))).toEqual(
      [],
    );
    await z.pool.query(`update submission set at = now() - interval '31 days' where directive = 'first'`);
    expect(again(await warningsOf(directive('p', { item: fresh }))).map(({ code }) => code)).not.toContain(
      'ELEMENT_STILL_FRESH',
    );
  });

  it('lists no more than 200, and counts the rest', async () => {
    const fields = Array.from({ length: 60 }, (_, at) => ({
      ...FORM.fields[1],
      key: `t${at}`,
      label: `文${at}`,
    }));
    await sendOut(z, 'wide', { item: { form: { fields } as never } });
    const found = again(await warningsOf(directive('p', { item: { form: { fields } as never } })));
    expect(found).toHaveLength(201);
    expect(found.at(-1)).toMatchObject({
      code: 'ELEMENT_MORE',
      params: { count: 40 },
      message: '另有 40 条重复填报的提醒未列出',
    });
    expect((await z.as(FORCE).post('/directives/preview', directive('p'))).status).toBe(403);
  });
});

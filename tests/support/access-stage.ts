// The stage on which every cell of the table of access is tried: the cast's district, one directive under way, one of each thing.
import { Workbook } from '@cj-tech-master/excelts';
import { createLinks } from '../../command/links/link.ts';
import { CAST_DISTRICT, CAST_OWNER } from '../../domain/access/cast.ts';
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import { startInstallation, type Installation } from './installation.ts';
import { uploadAs } from './upload.ts';

export const DIRECTIVE = 'd';
export const DRAFT = 'dr';
/** A key that everybody has used up: a request that comes so far as to be done is refused by it, and does nothing. */
export const BURNT = 'burnt';

const under = (item: string, unit: string): string => `${DIRECTIVE}.${item}.TF.DD${unit}`;
export const LEAF = under('sites', '.DD-1');
export const NODE = under('sites', '');
export const PAPER = under('paper', '.DD-1');
export const UNSIGNED = under('signed', '.DD-1');

/** The street's own assignment, and the community's where nobody was asked to take over. */
export const OF_NODE: AssignmentStanding = {
  holder: 'unit/DD',
  above: ['taskForce/TF'],
  office: 'OFFICE',
  taskForce: 'TF',
  target: null,
  shared: [],
};
export const OF_UNSIGNED: AssignmentStanding = {
  ...OF_NODE,
  holder: 'unit/DD-1',
  above: ['taskForce/TF', 'unit/DD'],
};

const DISPATCH = [
  { taskForce: 'TF', receivers: [{ unit: 'DD', receivers: [{ unit: 'DD-1' }, { unit: 'DD-2' }] }] },
];
const FORM = {
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'snapshot' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'name', label: '名称', type: 'text' }],
      aggregate: { union: ['name'] },
    },
  ],
};

export const DIRECTIVE_BODY = {
  id: DIRECTIVE,
  number: 'L-1',
  title: '摸排',
  superior: 'CITY',
  calendar: 'always',
  due: { within: 'PT8H' },
  policy: { ladder: [{ clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'], slip: 'red' }] },
  items: [
    { key: 'sites', title: '站点', form: FORM, dispatch: DISPATCH },
    {
      key: 'paper',
      title: '专报',
      document: { sections: [{ key: 'work', title: '工作' }] },
      dispatch: DISPATCH,
    },
    { key: 'signed', title: '签字', form: FORM, signOff: 'leader', dispatch: DISPATCH },
  ],
};

const GIVEN = 'kite-lantern-4711';
const CHOSEN = 'river-window-1174';

export type CastStage = {
  z: Installation;
  /** A token of the director that has been taken back. */
  revoked: string;
  /** Ids of the things that belong to the owner, and of others that the server named. */
  ids: Record<'token' | 'session' | 'notification' | 'post' | 'slip' | 'file' | 'link', string>;
};

export async function setStage(): Promise<CastStage> {
  const z = await startInstallation({ organisation: CAST_DISTRICT });
  const must = async (
    person: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => {
    const reply = await z.as(person).send(method, path, body, headers);
    if (reply.status > 299)
      throw new Error(`${person} ${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  const told = (person: string, id: string, verb: string, body: unknown = {}) =>
    must(person, 'POST', `/assignments/${id}/${verb}`, body);

  // Before the owner's token: a new password ends what was given out before.
  const path = `/people/${CAST_OWNER}/password`;
  await z.api.call('POST', path, { body: { password: GIVEN } });
  const { token } = (await z.api.signIn(CAST_OWNER, GIVEN)).body as { token: string };
  await z.api.call('POST', path, { token, body: { password: CHOSEN, current: GIVEN } });
  await z.api.signIn(CAST_OWNER, CHOSEN);

  await must('director', 'PUT', '/forms/kept', { title: '表', ...FORM });
  await must('director', 'PUT', '/elements/n', { label: '数', type: 'integer', meaning: '站点数' }).catch(
    () => null,
  );
  const book = new Workbook();
  book.addWorksheet('表').getCell('A1').value = '区办公室自用表';
  const bytes = new Uint8Array(await book.xlsx.writeBuffer());
  const { id: file } = await uploadAs(z.api, 'director', bytes, 't.xlsx');
  await must('director', 'PUT', '/forms/kept/templates/sheet', { file, mapping: {} });
  await must('director', 'POST', '/directives', DIRECTIVE_BODY);
  await z.until(async () => (await z.as('director').see(DIRECTIVE)).phase === 'open', 'it is issued');
  const draft = { ...DIRECTIVE_BODY, id: DRAFT, number: 'L-2' };
  await must('director', 'POST', '/directives?draft=true', draft);

  await told('street', NODE, 'submit', { values: { n: 1 } });
  await told('street', LEAF, 'escalate', { rung: 0 });
  for (const [id, report] of [
    [LEAF, { values: { n: 2 }, rows: { list: [{ name: '甲' }] } }],
    [PAPER, { values: { work: '已做' } }],
  ] as const) {
    await told('holder', id, 'submit', report);
    await told('street', id, 'return', { reason: '再核' });
    await told('holder', id, 'share', { to: 'SJ' });
    await told('holder', id, 'transfer', { unit: 'BJ', reason: '归口' });
  }
  await told('holder', UNSIGNED, 'submit', { values: { n: 3 } });
  await must('director', 'POST', `/directives/${DIRECTIVE}/hand-up`, {});

  const revoked = (await must('director', 'POST', '/tokens', { name: '已收回' })) as unknown as {
    id: string;
    token: string;
  };
  await must('director', 'DELETE', `/tokens/${revoked.id}`);
  for (const id of ['e1', 'e2'])
    await must('administrator', 'POST', '/endpoints', {
      id,
      kind: 'wecom',
      name: '街道群',
      place: { unit: 'DD' },
      url: 'https://robot.example/send?key=x',
    });
  const first = async (person: string, path: string): Promise<string> => {
    const { items } = await must(person, 'GET', path);
    const [found] = items;
    if (found === undefined) throw new Error(`nothing in ${path}`);
    return found.id;
  };
  const own = (await must(CAST_OWNER, 'POST', '/tokens', { name: '手持机' })) as unknown as { id: string };
  const [link] = await createLinks(z.pool, [
    { assignment: under('sites', '.DD-2'), person: 'sibling', action: 'acknowledge' },
  ]);
  const ids = {
    token: own.id,
    session: await first(CAST_OWNER, '/sessions'),
    notification: await first(CAST_OWNER, '/notifications'),
    post: await first('auditor', '/posts'),
    slip: encodeURIComponent(await first('director', '/slips')),
    file: (await uploadAs(z.api, CAST_OWNER, 'a file', 'a.txt')).id,
    link: link ?? '',
  };
  return { z, revoked: revoked.token, ids };
}

// What is read of 100,000 assignments is found by indexes: no list, tree or summary of one place goes through them all.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from '../../../db/pool.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { sendOut } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { tokenOf } from '../../support/small-record.ts';

const DIRECTIVES = 10;
const STREETS = 100;
const COMMUNITIES = 100;
/** Tables that grow with what is handed out. */
const LARGE = ['assignment', 'event', 'submission'];

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };
const scansOf = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && LARGE.includes(plan['Relation Name'] ?? '')
    ? [plan['Relation Name'] ?? '']
    : []),
  ...(plan.Plans ?? []).flatMap(scansOf),
];

let z: Installation;
let api: TestApi;
/** Statements that went through a whole table since the last look. */
let scans: string[] = [];

/** Each statement is explained before it is run. */
function watched(pool: Pool): Pool {
  const query = async (...[config, ...rest]: unknown[]): Promise<unknown> => {
    const { name, text, values } = config as { name?: string; text?: string; values?: unknown[] };
    if (name !== undefined && text !== undefined && /^\s*(select|with)/.test(text)) {
      const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `explain (format json) ${text}`,
        values,
      );
      const [top] = rows[0]?.['QUERY PLAN'] ?? [];
      if (top !== undefined) scans.push(...scansOf(top.Plan).map((table) => `${name}: ${table}`));
    }
    return (pool.query as (...all: unknown[]) => Promise<unknown>)(config, ...rest);
  };
  return new Proxy(pool, { get: (of, key) => (key === 'query' ? query : Reflect.get(of, key)) as unknown });
}

/** Copies of an assignment with all that names it or says where it stands; a directive a statement, which has 10 s. */
async function copies(
  of: string,
  to: { from: string; id: string; rank: string; parent: string; unit: string | null },
): Promise<void> {
  const named = to.unit === null ? '' : `, 'unit', ${to.unit}, 'holder', 'unit/' || ${to.unit}`;
  for (let d = 1; d <= DIRECTIVES; d += 1)
    await z.pool.query(
      `insert into assignment
       select r.* from assignment t cross join generate_series(${d}, ${d}) d ${to.from}
        cross join lateral jsonb_populate_record(null::assignment, to_jsonb(t) || jsonb_build_object(
                'directive', 'x' || d, 'id', ${to.id}, 'rank', ${to.rank}, 'parent', ${to.parent}, 'desk', 'x' || d,
                'state', t.state || jsonb_build_object('id', ${to.id}, 'parent', ${to.parent}${named})${named})) r
        where t.id = $1`,
      [of],
    );
}

beforeAll(async () => {
  z = await startInstallation({ organisation: district({ streets: 2, communities: 2 }) });
  const course = await sendOut(z, 'd');
  await course.comes('S1-1', 'issued');
  await z.pool.query(
    `insert into directive
     select (jsonb_populate_record(null::directive, to_jsonb(t) || jsonb_build_object('id', 'x' || d, 'number', 'X-' || d))).*
       from directive t, generate_series(1, ${DIRECTIVES}) d where t.id = 'd'`,
  );
  await z.pool.query(
    `insert into desk (id, directive, kind, unsettled, issued, ended)
     select 'x' || d, 'x' || d, 'directive', 1, true, true from generate_series(1, ${DIRECTIVES}) d`,
  );
  const top = `'x' || d || '.sites.${FORCE}'`;
  const first = `'x' || d || '.~000000.~000000'`;
  await copies(course.at(), { from: '', id: top, rank: first, parent: 'null::text', unit: null });
  const street = `${top} || '.S' || s`;
  const second = `${first} || '.~' || lpad(s::text, 6, '0')`;
  const streets = `cross join generate_series(1, ${STREETS}) s`;
  await copies(course.at('S1'), { from: streets, id: street, rank: second, parent: top, unit: `'S' || s` });
  await copies(course.at('S1-1'), {
    from: `${streets} cross join generate_series(1, ${COMMUNITIES}) c`,
    id: `${street} || '.S' || s || '-' || c`,
    rank: `${second} || '.~' || lpad(c::text, 6, '0')`,
    parent: street,
    unit: `'S' || s || '-' || c`,
  });
  await z.pool.query('vacuum analyze assignment, directive, desk');
  api = await startApi({ pool: watched(z.pool) }, z.database);
}, 300_000);
afterAll(async () => {
  await (api as TestApi | undefined)?.close();
  await z.close();
});

describe('with 100,000 assignments', () => {
  const street = `x3.sites.${FORCE}.S1`;
  it.each([
    ['S1', `/assignments/${street}`],
    ['S1', `/assignments/${street}/summary`],
    ['S1', `/assignments/${street}/summary?basis=reported`],
    ['S1', `/assignments/${street}/summary/lineage?field=n`],
    ['S1', '/directives/x3/tree'],
    ['S1', '/directives?limit=5'],
    ['S1', '/directives?q=S1-1'],
    ['S1', '/assignments'],
    ['S1', '/assignments?role=issuer&phase=submitted'],
    ['S1', '/assignments?scope=below&overdue=true'],
    ['S1', '/assignments?scope=below&unacknowledged=true&limit=500'],
    ['S1', '/assignments?scope=below&q=S1-1'],
    [FORCE, '/assignments?scope=below&directive=x3&overdue=true'],
    [OFFICE, '/assignments?scope=below&directive=x3&unacknowledged=true'],
    ['S1', '/assignments?role=issuer'],
    ['S1', '/assignments?directive=x3'],
    [OFFICE, '/directives/x3'],
    [OFFICE, '/directives/x3/tree?depth=2'],
    [OFFICE, '/directives/x3/summary'],
  ])('%s reads %s by indexes', async (person, path) => {
    scans = [];
    const { status, body } = await api.call('GET', path, { token: await tokenOf(z.api, person) });
    expect({ status, scans, body: status === 200 ? null : body }).toEqual({
      status: 200,
      scans: [],
      body: null,
    });
  });
});

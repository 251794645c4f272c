// Large and costly requests: refused by right before they are read, judged beside the event loop, bounded in their answers.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PostedDirective } from '../../../domain/directive/directive.ts';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';
import { atOnceMs, longestTurnMs } from '../../support/held-turn.ts';
import { insertSmallRecord, tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

jest.setTimeout(120_000);

const MEGABYTE = 1024 * 1024;

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ uploadQuota: { personBytes: 3 * MEGABYTE, placeBytes: 4 * MEGABYTE } });
  await insertSmallRecord(api);
});
afterAll(() => api.close());

const send = async (person: string, to: string, raw: string, method = 'POST'): Promise<Answer> =>
  api.call(method, to, {
    ...(person === 'admin' ? {} : { token: await tokenOf(api, person) }),
    raw,
    headers: { 'content-type': 'application/json' },
  });
const said = ({ status, body }: Answer): [number, string] => [status, (body as { code: string }).code];
const errorsOf = ({ body }: Answer): { path: string }[] => (body as { errors: { path: string }[] }).errors;

/** A directive whose receivers are so many times `one`. */
const posted = (one: string, times: number): string =>
  `{"number":"L-${times}","title":"x","due":"2099-01-01T00:00:00Z","items":[{"key":"a","title":"a","dispatch":[` +
  `{"taskForce":"TF","receivers":[${Array<string>(times).fill(one).join(',')}]}]}]}`;
/** 1.2 MB, which takes a second or more where it is judged to its end. */
const WRONG = posted('{}', 400_000);
const spaces = (bytes: number): string => `{"a":"${' '.repeat(bytes)}"}`;

describe('a large body', () => {
  it('of a person without a post is refused before it is parsed, whatever it is', async () => {
    for (const to of ['/directives', '/directives/preview', '/organisation/import', '/commands'])
      expect([
        to,
        ...said(await send('NONE', to, '[')),
        ...said(await send('NONE', to, `${' '.repeat(70_000)}[`)),
      ]).toEqual([to, 400, 'MALFORMED', 403, 'FORBIDDEN']);
    const draft = await send('NONE', '/directives/d', WRONG, 'PUT');
    expect(said(draft)).toEqual([404, 'NOT_FOUND']);
    expect(said(await send('NONE', '/assignments/d.sites.TF/submit', spaces(100_000)))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  it('asks for the right to it: an office posts directives, an administrator imports', async () => {
    expect(said(await send('DD', '/directives', WRONG))).toEqual([403, 'FORBIDDEN']);
    expect(said(await send('DD', '/directives/d', WRONG, 'PUT'))).toEqual([403, 'FORBIDDEN']);
    expect(said(await send('OFF', '/organisation/import', WRONG))).toEqual([403, 'FORBIDDEN']);
    expect(said(await send('OFF', '/directives', WRONG))).toEqual([422, 'INVALID']);
  });

  it('has a bound by its kind', async () => {
    const over = (megabytes: number): string => spaces(megabytes * MEGABYTE);
    expect(said(await send('OFF', '/directives', over(8)))).toEqual([413, 'TOO_LARGE']);
    expect(said(await send('OFF', '/directives/preview', over(7)))).toEqual([422, 'INVALID']);
    expect(said(await send('OFF', '/forms/x', over(1), 'PUT'))).toEqual([413, 'TOO_LARGE']);
    expect(said(await send('admin', '/organisation/import', over(31)))).toEqual([400, 'MALFORMED']);
    expect(said(await send('admin', '/organisation/import', over(32)))).toEqual([413, 'TOO_LARGE']);
  });

  it('is answered as a small one is: no JSON, no object, unsafe, misshapen, wrong, good', async () => {
    const more = `"body":"${'长'.repeat(50_000)}"`;
    const cases: [string, string, string][] = [
      ['/directives', '{', 'no end'],
      ['/directives', '', '[1]'],
      ['/directives', `{${more},"title":"\\u0000"}`, ''],
      ['/directives', `{${more},"toString":1}`, ''],
      ['/directives', `{${more}}`, ''],
      ['/directives/d/amend', `{${more},"note":5}`, ''],
      ['/directives/d/amend', `{${more},"note":""}`, ''],
      ['/assignments/d.sites.TF/comment', `{${more}}`, ''],
    ];
    const pad = ' '.repeat(100_000);
    for (const [to, start, end] of cases) {
      const small = `${start.replaceAll('长', '')}${end}`;
      const answers: unknown[] = [];
      for (const raw of [small, `${start}${pad}${end}`]) {
        const answer = await send('OFF', to, raw);
        answers.push([...said(answer), errorsOf(answer)]);
      }
      expect(answers[1]).toEqual(answers[0]);
    }
  });
});

describe('the event loop', () => {
  it('is not held by a directive of wrong receivers, and 1,000 faults are told at most', async () => {
    const atOnce = atOnceMs(() => PostedDirective.safeParse(JSON.parse(WRONG)));
    let answer: Answer | undefined;
    for (const [person, status] of [
      ['NONE', 403],
      ['OFF', 422],
    ] as const) {
      const held = await longestTurnMs(async () => {
        answer = await send(person, '/directives', WRONG);
      });
      expect([person, answer?.status, held < atOnce / 3 || held]).toEqual([person, status, true]);
    }
    const wrong = await send('OFF', '/directives', posted('{"unit":"NO"}', 90_000));
    expect(said(wrong)).toEqual([422, 'UNKNOWN_UNIT']);
    expect(errorsOf(wrong).length).toBeLessThanOrEqual(1000);
    const misspelt = await send('OFF', '/directives', posted('{"unit":"N O"}', 20_000));
    expect(said(misspelt)).toEqual([422, 'INVALID']);
    expect(errorsOf(misspelt).length).toBeLessThanOrEqual(1000);
  });
});

describe('uploads', () => {
  async function upload(person: string, bytes: number, headers = {}): Promise<[number, unknown]> {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(bytes)]), 'x.bin');
    const authorization = `Bearer ${await tokenOf(api, person)}`;
    const options = { method: 'POST', body, headers: { authorization, ...headers } };
    const response = await fetchChecked(`${api.url}/api/v1/files`, options);
    const { id, code } = (await response.json()) as { id?: string; code?: string };
    return [response.status, code ?? id];
  }

  it('need a post', async () => {
    expect(await upload('NONE', 10)).toEqual([403, 'FORBIDDEN']);
  });

  it('that are attached to nothing have a bound for a person and for a unit, however many come at once', async () => {
    const key = { 'idempotency-key': 'first' };
    const [, first] = await upload('DD', 2 * MEGABYTE, key);
    expect(await upload('DD', 2 * MEGABYTE)).toEqual([422, 'TOO_MUCH_UNATTACHED']);
    const many = await Promise.all(Array.from({ length: 6 }, () => upload('DD', MEGABYTE / 2)));
    // The room left is two such files without the forms around them.
    const taken = many.filter(([status]) => status === 201).length;
    expect([1, 2]).toContain(taken);
    expect(many.filter(([, code]) => code === 'TOO_MUCH_UNATTACHED')).toHaveLength(6 - taken);
    expect(await upload('DD', 2 * MEGABYTE, key)).toEqual([201, first]);
    expect(await upload('XH', 2 * MEGABYTE)).toEqual([201, expect.any(String)]);
    // What is attached counts no more.
    await api.pool.query(`insert into attachment (file, directive, assignment) values ($1, 'd', '')`, [
      first,
    ]);
    expect((await upload('DD', 1.5 * MEGABYTE))[0]).toBe(201);
  });

  it('of a second person of the unit count with those of the first', async () => {
    const posts = [{ unit: 'XH', role: 'liaisonB', person: 'DD2' }];
    expect((await api.call('POST', '/organisation/import', { body: { posts } })).status).toBe(200);
    expect((await upload('DD2', MEGABYTE))[0]).toBe(201);
    expect(await upload('DD2', 1.5 * MEGABYTE)).toEqual([422, 'TOO_MUCH_UNATTACHED']);
  });
});

describe('costly calls', () => {
  const summary = async (of: TestApi, person: string): Promise<Answer> =>
    of.call('GET', '/directives/d/summary', { token: await tokenOf(of, person) });

  it('have a pace of their own for each person, and say when to come again', async () => {
    const rate = { burst: 3, aSecond: 0.001 };
    const slow = await startApi({ pace: { person: rate, network: { burst: 6, aSecond: 0.001 } } });
    try {
      await insertSmallRecord(slow);
      const statuses: number[] = [];
      for (const person of ['OFF', 'OFF', 'OFF', 'OFF', 'AUD', 'AUD', 'AUD'])
        statuses.push((await summary(slow, person)).status);
      // The fourth of one person; then the network's seventh: the first was the import of the record.
      expect(statuses).toEqual([200, 200, 200, 429, 200, 200, 429]);
      const late = await summary(slow, 'OFF');
      expect(said(late)).toEqual([429, 'TOO_MANY_REQUESTS']);
      expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
      const me = await slow.call('GET', '/me', { token: await tokenOf(slow, 'OFF') });
      expect(me.status).toBe(200);
    } finally {
      await slow.close();
    }
  });
});

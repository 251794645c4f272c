// Every cell of the table of access against the running API: every call, by everybody of the cast; the table says what must come.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALL_KEYS, callKey, ruleOfCall } from '../../../contract/access.ts';
import { CALLS } from '../../../contract/calls.ts';
import { decideAccess, type AccessRule } from '../../../domain/access/access-rule.ts';
import { FACET_TABLE, LISTED_BY } from '../../../domain/access/call-table.ts';
import { CAST, grantsOfCast, type CastMember } from '../../../domain/access/cast.ts';
import { FAILURES } from '../../../domain/failure.ts';
import { FACET_SAMPLES, samplesOf, type AccessSample } from '../../support/access-samples.ts';
import { BURNT, DIRECTIVE, LEAF, setStage, type CastStage } from '../../support/access-stage.ts';
import { tokenOf } from '../../support/small-record.ts';

const MEMBERS = Object.keys(CAST) as CastMember[];

let stage: CastStage;
const tokens = new Map<CastMember, string | null>();

beforeAll(async () => {
  stage = await setStage();
  for (const member of MEMBERS) {
    const { person } = CAST[member];
    if (person !== null) tokens.set(member, await tokenOf(stage.z.api, person));
  }
  tokens.set('anonymous', null);
  tokens.set('revoked', stage.revoked);
  // Has left: the token was good.
  tokens.set('ended', await tokenOf(stage.z.api, 'ended'));
  for (const member of MEMBERS)
    if (CAST[member].person !== null)
      await send(member, 'POST', {
        path: '/notifications/read-all',
        body: {},
        headers: { 'idempotency-key': BURNT },
      });
}, 120_000);
afterAll(() => stage.z.close());

async function send(member: CastMember, method: string, sample: AccessSample): Promise<Response> {
  const { path, body, upload, headers, head } = sample;
  const token = tokens.get(member) ?? null;
  const atRoot = /^\/([lg]\/|healthz|readyz|metrics)/.test(path);
  let content: FormData | string | null = body === undefined ? null : JSON.stringify(body);
  if (upload === true) {
    content = new FormData();
    content.append('file', new Blob(['no workbook']), 'a.xlsx');
  }
  return fetch(`${stage.z.api.url}${atRoot ? '' : '/api/v1'}${path}`, {
    method: head === true ? 'HEAD' : method,
    body: content,
    headers: {
      ...(typeof content === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
}

const verdictOf = (member: CastMember, rule: AccessRule, sample: AccessSample) =>
  decideAccess(rule, grantsOfCast(member, rule.of, sample.standing));

/** By member: the status that must come, and the one that came. */
async function cellsOf(
  method: string,
  sample: AccessSample,
  rules: readonly AccessRule[],
): Promise<{ wanted: Record<string, number>; came: Record<string, number> }> {
  const wanted: Record<string, number> = {};
  const came: Record<string, number> = {};
  const tryCell = async (member: CastMember): Promise<void> => {
    const refusals = rules.flatMap((rule) => {
      const verdict = verdictOf(member, rule, sample);
      return verdict.allowed ? [] : [FAILURES[verdict.code].status];
    });
    const response = await send(member, method, sample);
    await response.arrayBuffer();
    wanted[member] = refusals[0] ?? sample.passes ?? 200;
    came[member] = response.status;
  };
  if (sample.oneByOne === true) for (const member of MEMBERS) await tryCell(member);
  else await Promise.all(MEMBERS.map(tryCell));
  return { wanted, came };
}

// Before the cells, one of which ends the session.
describe('lists', () => {
  const entries: Record<keyof typeof LISTED_BY, () => string> = {
    'GET /directives': () => DIRECTIVE,
    'GET /assignments': () => LEAF,
    'GET /slips': () => decodeURIComponent(stage.ids.slip),
    'GET /tokens': () => stage.ids.token,
    'GET /sessions': () => stage.ids.session,
    'GET /notifications': () => stage.ids.notification,
  };
  it.each(Object.entries(LISTED_BY))(
    '%s shows an entry to those who may %s and to nobody else',
    async (list, by) => {
      const rule = CALLS.filter((call) => callKey(call) === by).map(ruleOfCall)[0];
      const sample = (samplesOf(stage) as Record<string, AccessSample>)[list];
      if (rule === undefined || sample === undefined) throw new Error(`no row of ${by}`);
      const id = entries[list as keyof typeof LISTED_BY]();
      const wanted: Record<string, boolean> = {};
      const shown: Record<string, boolean> = {};
      for (const member of MEMBERS) {
        if (CAST[member].person === null) continue;
        const separator = sample.path.includes('?') ? '&' : '?';
        const response = await send(member, 'GET', { path: `${sample.path}${separator}limit=500` });
        const { items } = (await response.json()) as { items: { id: string }[] };
        wanted[member] = verdictOf(member, rule, sample).allowed;
        shown[member] = items.some((item) => item.id === id);
      }
      expect(shown).toEqual(wanted);
    },
  );
});

describe('the table of access, cell by cell', () => {
  it.each(CALLS.map((call) => [callKey(call), call] as const))(
    '%s',
    async (key, call) => {
      const sample = (samplesOf(stage) as Record<string, AccessSample>)[key];
      if (sample === undefined) throw new Error(`no sample of ${key}`);
      const { wanted, came } = await cellsOf(call.method.toUpperCase(), sample, [ruleOfCall(call)]);
      expect(came).toEqual(wanted);
    },
    30_000,
  );

  it.each(Object.entries(FACET_TABLE))(
    'asks besides: %s',
    async (name, { call, rule }) => {
      const found = CALLS.find((each) => callKey(each) === call);
      if (found === undefined) throw new Error(`no call ${call}`);
      const sample = FACET_SAMPLES[name as keyof typeof FACET_TABLE];
      const { wanted, came } = await cellsOf(found.method.toUpperCase(), sample, [ruleOfCall(found), rule]);
      expect(came).toEqual(wanted);
    },
    30_000,
  );

  it('leaves no call out', () => {
    expect(Object.keys(samplesOf(stage)).toSorted()).toEqual([...CALL_KEYS].toSorted());
  });
});

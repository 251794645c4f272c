// Promises of the table of access: every call has one row, and no row stands for a call that is not there.
import { describe, expect, it } from '@jest/globals';
import { FACET_TABLE, LISTED_BY } from '../domain/access/call-table.ts';
import { VERB_ACCESS } from '../domain/assignment/verb-access.ts';
import { CALL_KEYS, callKey, ruleOfCall } from './access.ts';
import { defineCall } from './call.ts';
import { CALLS } from './calls.ts';

describe('the table of access', () => {
  it('has a row for each call of the contract and none besides', () => {
    expect(CALLS.map(callKey).toSorted()).toEqual([...CALL_KEYS].toSorted());
  });

  it('lets no call compile that has no row', () => {
    const about = { method: 'get', tag: 'x', summary: 'x', answers: {} } as const;
    defineCall({ ...about, path: '/units' });
    // @ts-expect-error -- the compiler asks for its row
    defineCall({ ...about, path: '/nowhere' });
    // @ts-expect-error -- nor does another method of a path have one
    defineCall({ ...about, method: 'delete', path: '/units' });
    expect(() => ruleOfCall({ method: 'get', path: '/nowhere' })).toThrow('no row of access');
  });

  it('is open to strangers where the contract is, and nowhere else', () => {
    const open = CALLS.filter((call) => ruleOfCall(call).may.includes('anybody'));
    expect(open.map(callKey)).toEqual(CALLS.filter((call) => call.open === true).map(callKey));
  });

  it('gives its reason in both languages, without English in the Chinese', () => {
    const rules = [...CALLS.map(ruleOfCall), ...Object.values(FACET_TABLE).map(({ rule }) => rule)];
    for (const { why } of rules) {
      expect(why.zh).toMatch(/\p{Script=Han}/u);
      expect(why.zh).not.toMatch(/[A-Za-z]{2,}/);
      expect(why.en).toMatch(/^[ -~’]+$/);
    }
  });

  it('names a reason of its own for every verb', () => {
    expect(Object.values(VERB_ACCESS).filter(({ why }) => why.en === 'by the table of verbs')).toEqual([]);
  });

  it('asks lists and facets of rows that there are', () => {
    const known = new Set<string>(CALL_KEYS);
    const named = [
      ...Object.entries(LISTED_BY).flat(),
      ...Object.values(FACET_TABLE).map(({ call }) => call),
    ];
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });
});

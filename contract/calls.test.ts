// Promises of the list of calls.
import { describe, expect, it } from '@jest/globals';
import { scopeOfCall } from './call-scopes.ts';
import { fullPath } from './call.ts';
import { CALLS } from './calls.ts';

describe('CALLS', () => {
  it('has each call once', () => {
    const all = CALLS.map((call) => `${call.method} ${fullPath(call).replaceAll(/\{\w+\}/g, '{}')}`);
    expect(all).toEqual([...new Set(all)]);
  });

  it('asks of path parameters only those that are in the path', () => {
    const strange = CALLS.filter(({ path, params }) =>
      Object.keys(params?.shape ?? {}).some((name) => !path.includes(`{${name}}`)),
    );
    expect(strange).toEqual([]);
  });

  it('says of each call that needs a person which scope of a token may make it', () => {
    const unsaid = CALLS.filter(({ method, path, open }) => !open && scopeOfCall(method, path) === null);
    expect(unsaid.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('answers each call with one status at least', () => {
    expect(CALLS.filter(({ answers }) => Object.keys(answers).length === 0)).toEqual([]);
  });
});

// No integration test asks our API past the contract: what it answers there is checked nowhere else.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FOLDER = path.join(import.meta.dirname, 'tests/integration');

/** Each file with raw requests of its own, and why they cannot go by a checked client of tests/support. */
const ALLOWED: Readonly<Record<string, string>> = {
  'forms/file-store.test.ts': 'an upload that breaks off half way',
  'forms/workbook-refusals.test.ts': 'an upload that is announced as too large, and never sent',
  'organisation/oidc.test.ts': 'the pages of the provider, which is another server',
  'reading/access-matrix.test.ts': 'every call by every person, of which only the status is asked',
  'trouble/fuzz.test.ts': 'judges every answer itself, and counts the memory it takes',
};

const RAW = /(?<![.\w])fetch\(|(?<![.\w])request\(\s*(?:url\b|`|new URL)|\bsupertest\b/;

describe('an integration test', () => {
  it('asks the API by a client that holds the answer to the contract', () => {
    const raw = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => RAW.test(readFileSync(path.join(FOLDER, file), 'utf8')));
    expect(raw.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each([
    ['await fetch(`${api.url}/readyz`)', true],
    ['fetch(\n    url, { method })', true],
    ['await fetchChecked(`${api.url}/readyz`)', false],
    ["post('/directives', request('x', { calendar: 'lunar' }))", false],
    ['const request = { id };', false],
  ])('is seen to: %s', (source, isRaw) => {
    expect(RAW.test(source)).toBe(isRaw);
  });
});

// The directives of the demonstration: what is in `demo/` is taken by the API as it stands.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { OFFICE, organisation } from '../../support/l-district.ts';
import { verdictOf } from '../../support/verdict-words.ts';

const folder = path.join(import.meta.dirname, '../../../demo/l-district');
const directives = readdirSync(folder).filter((name) => name.endsWith('.directive.json'));

let z: Installation;
beforeAll(async () => {
  z = await startInstallation({ organisation });
});
afterAll(() => z.close());

it.each(directives)('%s is previewed and issued', async (name) => {
  const directive: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  expect(verdictOf(await z.as(OFFICE).post('/directives/preview', directive))).toBe('200');
  expect(verdictOf(await z.as(OFFICE).post('/directives', directive))).toBe('201');
});

// Every package of the lock file has a licence we may ship, and none is a release known to be vulnerable (dependency-rules.json).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as unknown;

const Package = z.looseObject({
  name: z.string().optional(),
  version: z.string(),
  license: z.string().optional(),
});
type Package = z.infer<typeof Package>;
const lock = z.looseObject({ packages: z.record(z.string(), Package) }).parse(read('package-lock.json'));
const rules = z
  .strictObject({
    licences: z.array(z.string()),
    licenceByHand: z.record(z.string(), z.strictObject({ licence: z.string(), reason: z.string() })),
    vulnerable: z.array(z.strictObject({ name: z.string(), range: z.string(), reason: z.string() })),
  })
  .parse(read('dependency-rules.json'));

const numbersOf = (version: string): number[] =>
  version
    .replace(/[-+].*$/, '')
    .split('.')
    .map(Number);

/** Below 0 where `left` is older. What comes before a release counts as the release. */
function compareVersions(left: string, right: string): number {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  for (let at = 0; at < 3; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Comparisons divided by spaces, all of which must hold: `>=2.0.0 <2.0.2`. */
function isInRange(version: string, range: string): boolean {
  return range.split(' ').every((part) => {
    const [, sign, bound = ''] = /^(<=|>=|<|=)(\d+\.\d+\.\d+)$/.exec(part) ?? [];
    const order = compareVersions(version, bound);
    if (sign === '<') return order < 0;
    if (sign === '<=') return order <= 0;
    if (sign === '>=') return order >= 0;
    if (sign === '=') return order === 0;
    throw new Error(`not a range: ${part}`);
  });
}

/** Of `A OR B` one must be allowed, of `A AND B` both. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((way) => way.split(' AND ').every((each) => rules.licences.includes(each)));

function faultsOf(packages: Record<string, Package>): string[] {
  const faults: string[] = [];
  for (const [folder, { name: ownName, version, license }] of Object.entries(packages)) {
    const name = ownName ?? folder.replace(/^.*node_modules\//, '');
    const licence = license ?? rules.licenceByHand[name]?.licence;
    if (licence === undefined || !isAllowed(licence)) faults.push(`${name}: licence ${licence ?? 'unknown'}`);
    for (const rule of rules.vulnerable)
      if (rule.name === name && isInRange(version, rule.range))
        faults.push(`${name}@${version}: ${rule.reason}`);
  }
  return faults;
}

describe('the lock file', () => {
  it('has no package with a licence that is not allowed, and none known to be vulnerable', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
    expect(faultsOf(lock.packages)).toEqual([]);
  });

  it('would be refused with one', () => {
    expect(
      faultsOf({
        'node_modules/a': { version: '1.0.0', license: 'AGPL-3.0-only' },
        'node_modules/b': { version: '1.0.0' },
        'node_modules/c': { version: '1.0.0', license: '(GPL-3.0-or-later OR MIT)' },
        'node_modules/d': { version: '1.0.0', license: 'MIT AND GPL-2.0-only' },
        'node_modules/e/node_modules/qs': { version: '6.13.0', license: 'BSD-3-Clause' },
        'node_modules/qs': { version: '6.14.1', license: 'BSD-3-Clause' },
        'node_modules/brace-expansion': { version: '2.0.1', license: 'MIT' },
        'node_modules/f': { name: 'debug', version: '4.4.2', license: 'MIT' },
      }),
    ).toEqual([
      'a: licence AGPL-3.0-only',
      'b: licence unknown',
      'd: licence MIT AND GPL-2.0-only',
      expect.stringMatching(/^qs@6.13.0: CVE/),
      expect.stringMatching(/^brace-expansion@2.0.1: CVE/),
      expect.stringMatching(/^debug@4.4.2: malicious/),
    ]);
  });

  it('is judged by rules that are needed: each licence is in use, and each written down by hand is missing there', () => {
    const all = Object.entries(lock.packages);
    const used = new Set(all.flatMap(([, { license = '' }]) => license.split(/[() ]+|OR|AND/)));
    expect(rules.licences.filter((licence) => !used.has(licence))).toEqual([]);
    for (const name of Object.keys(rules.licenceByHand)) {
      const [, found] = all.find(([folder]) => folder.endsWith(`node_modules/${name}`)) ?? [];
      expect([name, found?.license]).toEqual([name, undefined]);
      expect(found).toBeDefined();
    }
  });
});

// The import law of .dependency-cruiser.js, tried on planted files: each breach is found under its name.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const CRUISER = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const Report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const types = (target: string): string => `import type { x } from '${target}';\nexport type Y = typeof x;\n`;
const values = (target: string): string => `import { x } from '${target}';\nexport const y = x;\n`;

/** Files that others import; these break nothing. */
const INNOCENT: Record<string, string> = {
  'domain/form/form.ts': `import '@marcbachmann/cel-js';\nexport const x = 1;\n`,
  'domain/unit.ts': `import { z } from 'zod';\nexport const x = z;\n`,
  'domain/unit.test.ts': `import { it } from '@jest/globals';\nexport const x = it;\n`,
  'contract/unit.ts': `import 'zod';\n${values('../domain/unit.ts')}export const x = 1;\n`,
  'db/pool.ts': `import pg from 'pg';\nexport const x = pg;\n`,
  'activities/contracts.ts': values('../domain/unit.ts'),
  'activities/issue.ts': `${values('../db/pool.ts')}export { y as z } from '../command/batch.ts';\nexport const x = 1;\n`,
  'command/ledger/ledger.ts': 'export const x = 1;\n',
  'command/batch.ts': `${values('../workflows/messages.ts')}export { x } from '../db/pool.ts';\n`,
  'workflows/messages.ts': `import '@temporalio/workflow';\n${values('../domain/unit.ts')}export const x = 1;\n`,
  'workflows/unit.ts': `${types('../activities/contracts.ts')}export { x } from './messages.ts';\n`,
  'domain/access/sight.ts': values('../unit.ts').replace('y =', 'x ='),
  'domain/access/seating.ts': 'export const x = 1;\n',
  'db/queries/sight.ts': values('../../domain/access/seating.ts').replace('y =', 'x ='),
  'db/queries/list.ts': values('./sight.ts').replace('y =', 'x ='),
  'reading/gate.ts': `${values('../domain/access/sight.ts')}export { x as z } from '../db/queries/list.ts';\nexport const x = 1;\n`,
  'api/routes/list.ts': values('../../reading/gate.ts'),
  'api/app.ts': `import 'express';\n${values('../command/batch.ts')}export const x = 1;\n`,
  'tests/support/stack.ts': values('../../api/app.ts').replace('y =', 'x ='),
  'ooxml/package/zip-parts.ts': `import 'yauzl';\nimport 'node:zlib';\n${types('../../domain/unit.ts')}export const x = 1;\n`,
  'files/file-store.ts': `import 'node:fs';\n${types('../domain/unit.ts')}export const x = 1;\n`,
  'channels/mail.ts': `import 'nodemailer';\n${types('../domain/unit.ts')}export const x = 1;\n`,
  // The other half of a cycle, which is reported once.
  'demo/b.ts': types('./a.ts').replace('export', 'export const x = 1;\nexport'),
  'config.ts': 'export const x = 1;\n',
};

/** One breach a file, with the rule that must name it. */
const BREACHES: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['domain/a.ts', types('../db/pool.ts'), 'domain-sees-only-its-own'],
  [
    'domain/b.ts',
    `import { readFileSync } from 'node:fs';\nexport const y = readFileSync;\n`,
    'domain-sees-only-its-own',
  ],
  ['domain/c.ts', `import express from 'express';\nexport const y = express;\n`, 'domain-sees-only-its-own'],
  ['domain/d.ts', `import '@marcbachmann/cel-js';\n`, 'cel-in-forms-only'],
  ['domain/form/rule.ts', `import '@marcbachmann/cel-js';\n`, 'cel-in-forms-only'],
  ['domain/form/value.ts', `import 're2js';\n`, 're2-in-patterns-only'],
  ['contract/a.ts', types('../api/app.ts'), 'contract-sees-only-its-own'],
  ['contract/b.ts', types('../db/pool.ts'), 'contract-sees-only-its-own'],
  ['contract/c.ts', `import 'node:crypto';\n`, 'contract-sees-only-its-own'],
  ['command/f.ts', types('../contract/unit.ts'), 'contract-is-the-edge'],
  ['db/e.ts', types('../contract/unit.ts'), 'contract-is-the-edge'],
  ['domain/f.ts', types('../contract/unit.ts'), 'domain-sees-only-its-own'],
  ['workflows/a.ts', types('../db/pool.ts'), 'workflows-sees-only-its-own'],
  [
    'workflows/b.ts',
    `import type { Pool } from 'pg';\nexport type Y = Pool;\n`,
    'workflows-sees-only-its-own',
  ],
  ['workflows/c.ts', `import 'node:crypto';\n`, 'workflows-sees-only-its-own'],
  ['workflows/d.ts', `import '@temporalio/client';\n`, 'workflows-sees-only-its-own'],
  ['workflows/e.ts', values('../activities/contracts.ts'), 'workflows-see-contracts-as-types'],
  ['workflows/f.ts', types('../activities/issue.ts'), 'workflows-sees-only-its-own'],
  ['workflows/g.ts', values('./unit.ts'), 'workflows-start-each-other-by-name'],
  ['workflows/h.ts', values('../domain/form/rule.ts'), 'workflows-reach-no-io'],
  ['workflows/i.ts', types('../config.ts'), 'workflows-sees-only-its-own'],
  ['command/a.ts', types('../api/app.ts'), 'command-is-the-door'],
  ['command/b.ts', types('../workflows/unit.ts'), 'command-is-the-door'],
  ['command/c.ts', types('../activities/contracts.ts'), 'command-is-the-door'],
  ['activities/a.ts', types('../workflows/messages.ts'), 'activities-below-workflows'],
  ['activities/b.ts', types('../api/app.ts'), 'activities-below-workflows'],
  ['db/a.ts', `import '@temporalio/client';\n`, 'db-sees-domain'],
  ['db/b.ts', types('../command/batch.ts'), 'db-sees-domain'],
  ['db/c.ts', types('../reading/gate.ts'), 'db-sees-domain'],
  ['reading/a.ts', types('../command/batch.ts'), 'reading-only-reads'],
  ['reading/b.ts', types('../api/app.ts'), 'reading-only-reads'],
  ['reading/c.ts', types('../workflows/messages.ts'), 'reading-only-reads'],
  ['reading/d.ts', types('../config.ts'), 'reading-only-reads'],
  ['api/routes/d.ts', values('../../domain/access/sight.ts'), 'sight-by-the-gate'],
  ['api/routes/e.ts', values('../../domain/access/seating.ts'), 'seats-by-the-gate'],
  ['api/routes/f.ts', values('../../db/queries/sight.ts'), 'sight-in-lists-only'],
  ['command/looks.ts', types('../domain/access/sight.ts'), 'sight-by-the-gate'],
  ['db/looks.ts', types('../domain/access/sight.ts'), 'sight-by-the-gate'],
  ['api/views/a.ts', types('../../command/ledger/ledger.ts'), 'api-writes-by-the-door'],
  ['api/a.ts', types('../activities/issue.ts'), 'api-speaks-by-message'],
  ['api/b.ts', types('../workflows/unit.ts'), 'api-speaks-by-message'],
  ['api/c.ts', types('../config.ts'), 'api-speaks-by-message'],
  ['ooxml/a.ts', types('../api/app.ts'), 'ooxml-sees-domain-and-its-libraries'],
  ['ooxml/b.ts', types('../db/pool.ts'), 'ooxml-sees-domain-and-its-libraries'],
  ['ooxml/c.ts', types('../files/file-store.ts'), 'ooxml-sees-domain-and-its-libraries'],
  [
    'ooxml/d.ts',
    `import type { Response } from 'express';\nexport type Y = Response;\n`,
    'ooxml-sees-domain-and-its-libraries',
  ],
  ['files/a.ts', types('../api/app.ts'), 'files-sees-domain-and-its-libraries'],
  ['files/b.ts', types('../db/pool.ts'), 'files-sees-domain-and-its-libraries'],
  ['files/c.ts', `import 'express';\n`, 'files-sees-domain-and-its-libraries'],
  ['channels/a.ts', types('../activities/issue.ts'), 'channels-sees-domain-and-its-libraries'],
  ['channels/b.ts', `import 'express';\n`, 'channels-sees-domain-and-its-libraries'],
  ['command/d.ts', types('../ooxml/package/zip-parts.ts'), 'command-is-the-door'],
  ['db/stores.ts', types('../files/file-store.ts'), 'db-sees-domain'],
  ['workflows/j.ts', types('../channels/mail.ts'), 'workflows-sees-only-its-own'],
  ['web/c.ts', types('../ooxml/package/zip-parts.ts'), 'web-sees-domain'],
  ['web/a.ts', types('../api/app.ts'), 'web-sees-domain'],
  ['web/b.ts', types('../db/pool.ts'), 'web-sees-domain'],
  ['worker.ts', values('./tests/support/stack.ts'), 'nobody-sees-tests'],
  ['server.ts', values('./domain/unit.test.ts'), 'nobody-sees-tests'],
  ['demo/a.ts', types('./b.ts').replace('export', 'export const x = 1;\nexport'), 'no-cycles'],
  ['demo/c.ts', values('./nowhere.ts'), 'all-resolve'],
];

/** Code loaded in a browser: a schema's type costs nothing there, a schema 90 KB. */
const LOADED: readonly (readonly [file: string, source: string, rules: readonly string[]])[] = [
  ['domain/schema.ts', `import { z } from 'zod';\nexport const S = z;\nexport type T = typeof z;\n`, []],
  ['domain/function.ts', `export { S } from './schema.ts';\n`, []],
  [
    'domain/assignment/light.ts',
    `import { S } from '../function.ts';\nexport const y = S;\n`,
    ['browsers-need-no-zod'],
  ],
  ['domain/form/intake.ts', `import type { T } from '../schema.ts';\nexport type Y = T;\n`, []],
];
const BROWSER_LAW = '.dependency-cruiser.browser.js';

const ROOT = import.meta.dirname;
type Violation = { from: string; rule: { name: string } };

/** The violations found in planted files, in a folder of their own. */
function tried(law: string, files: readonly (readonly [file: string, source: string])[]): Violation[] {
  const planted = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-law-'));
  try {
    for (const name of [law, 'tsconfig.json', 'package.json'])
      cpSync(path.join(ROOT, name), path.join(planted, name));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(planted, 'node_modules'));
    for (const [file, source] of files) {
      mkdirSync(path.dirname(path.join(planted, file)), { recursive: true });
      writeFileSync(path.join(planted, file), source);
    }
    const args = [CRUISER, '--config', law, '--output-type', 'json', ...files.map(([file]) => file)];
    const { stdout } = spawnSync(process.execPath, args, {
      cwd: planted,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    });
    return Report.parse(JSON.parse(stdout)).summary.violations;
  } finally {
    rmSync(planted, { recursive: true, force: true });
  }
}

let violations: Violation[] = [];
let loaded: Violation[] = [];

beforeAll(() => {
  violations = tried('.dependency-cruiser.js', [
    ...Object.entries(INNOCENT),
    ...BREACHES.map(([file, source]) => [file, source] as const),
  ]);
  loaded = tried(
    BROWSER_LAW,
    LOADED.map(([file, source]) => [file, source]),
  );
});

const rulesBrokenBy = (file: string, found = violations): string[] =>
  found.filter(({ from }) => from === file).map(({ rule }) => rule.name);

/** Files of the product that call `relate` to decide sight, beside the rule. */
const ASKING = /\.(sees|seesResult)\b|\bsees\b[^;\n]*\}\s*=\s*relate\(/;

describe('who sees what', () => {
  it('is asked of `relate` by the rule and under the lock alone: reading goes by the gate', () => {
    const folders = [
      'activities',
      'api',
      'channels',
      'command',
      'contract',
      'db',
      'domain',
      'files',
      'ooxml',
      'reading',
    ];
    const asking = folders.flatMap((folder) =>
      globSync(`${folder}/**/*.ts`, { cwd: ROOT }).filter(
        (file) => !file.endsWith('.test.ts') && ASKING.test(readFileSync(path.join(ROOT, file), 'utf8')),
      ),
    );
    expect(asking.sort()).toEqual(['domain/access/sight.ts']);
  });
});

describe('the import law', () => {
  it.each(BREACHES)('finds the breach in %s', (file, _source, rule) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });

  it.each(Object.keys(INNOCENT))('finds no fault with %s', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });

  it.each(LOADED)('finds what a browser would have to load in %s', (file, _source, rules) => {
    expect(rulesBrokenBy(file, loaded)).toEqual(rules);
  });

  it('names only files that are there among those for browsers', () => {
    const named = [...readFileSync(path.join(ROOT, BROWSER_LAW), 'utf8').matchAll(/'(domain\/[^']+)'/g)];
    expect(named.map(([, file = '']) => file).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual(
      [],
    );
    expect(named.length).toBeGreaterThan(0);
  });
});

// An exported name means one thing in the whole product, so that a reader who meets it need not ask which one is meant (house-style 14).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const DECLARED =
  /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|type|interface|enum) (\w+)/gm;

/** The names a source declares for others. A schema and its type share one; a name passed on from another file is not declared here. */
const declaredIn = (source: string): Set<string> =>
  new Set([...source.matchAll(DECLARED)].map((match) => match[1] ?? ''));

/** Names that two files declare, each with its files: `Standing: a.ts, b.ts`. */
function doubled(files: ReadonlyMap<string, string>): string[] {
  const places = new Map<string, string[]>();
  for (const [file, source] of files)
    for (const name of declaredIn(source)) places.set(name, [...(places.get(name) ?? []), file]);
  return [...places]
    .filter(([, where]) => where.length > 1)
    .map(([name, where]) => `${name}: ${where.join(', ')}`);
}

const productFiles = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !/\.test\.tsx?$|^(tests|bench)\//.test(file));

describe('an exported name', () => {
  it('means one thing in the whole product', () => {
    const files = productFiles().flatMap((file) => {
      try {
        return [[file, readFileSync(file, 'utf8')] as const];
      } catch {
        return []; // Deleted, and not yet committed.
      }
    });
    expect(files.length).toBeGreaterThan(300);
    expect(doubled(new Map(files))).toEqual([]);
  });

  it('is found when two files declare it, as a value in one and as a type in the other', () => {
    const found = doubled(
      new Map([
        ['domain/a.ts', 'export const Place = 1;\nexport type Place = number;\n'],
        ['api/b.ts', 'export type Place = string;\n'],
        ['api/c.ts', "export { Place } from './b.ts';\nexport async function place() {}\n"],
      ]),
    );
    expect(found).toEqual(['Place: domain/a.ts, api/b.ts']);
  });
});

// The law against circles of folders, tried on planted trees: each circle is found at its depth, and nothing else is
// reported.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { circlesOfFolders, faultsOfFolders, importsBelow, type Import } from './folder-circles.ts';

let planted: string[] = [];
afterEach(() => {
  for (const folder of planted) rmSync(folder, { recursive: true, force: true });
  planted = [];
});

/** A tree of files that name their imports; every second is a type import. */
function plant(files: Record<string, string[]>): Import[] {
  const root = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-folders-'));
  planted.push(root);
  for (const [file, targets] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    const lines = targets.map((target, n) => `import ${n % 2 === 0 ? 'type ' : ''}{ x } from '${target}';\n`);
    writeFileSync(path.join(root, file), `${lines.join('')}export const y = 1;\n`);
  }
  return importsBelow(root);
}
const found = (files: Record<string, string[]>): [string, string[]][] =>
  circlesOfFolders(plant(files)).map(({ within, children }) => [within, children]);

describe('the law against circles of folders', () => {
  it('finds two folders that need each other, though no file needs itself', () => {
    expect(
      found({
        'ooxml/a/one.ts': ['../b/two.ts'],
        'ooxml/a/three.ts': [],
        'ooxml/b/two.ts': [],
        'ooxml/b/four.ts': ['../a/three.ts'],
      }),
    ).toEqual([['ooxml', ['a', 'b']]]);
  });

  it('finds one between roots, through a third, however deep its files lie', () => {
    expect(
      found({
        'api/x/y/z.ts': ['../../../command/deep/door.ts'],
        'command/deep/door.ts': ['../../db/pool.ts'],
        'db/pool.ts': [],
        'db/queries/a.ts': ['../../api/app.ts'],
        'api/app.ts': [],
      }),
    ).toEqual([['', ['api', 'command', 'db']]]);
  });

  it('finds a folder that needs a file beside it which needs the folder', () => {
    expect(
      found({ 'files/store.ts': ['./disk/a.ts'], 'files/disk/b.ts': ['../store.ts'], 'files/disk/a.ts': [] }),
    ).toEqual([['files', ['disk', 'store.ts']]]);
  });

  it('lets folders need one another in one direction, files make circles of their own, and tests see everything', () => {
    expect(
      found({
        'ooxml/a/one.ts': ['../b/two.ts', '../rendering.ts'],
        'ooxml/b/two.ts': ['../rendering.ts'],
        'ooxml/rendering.ts': [],
        'ooxml/b/two.test.ts': ['../a/one.ts'],
        'db/a.ts': ['./b.ts'],
        'db/b.ts': ['./a.ts'],
        'tests/a.ts': ['../db/a.ts'],
      }),
    ).toEqual([]);
  });

  it('counts the contract of the activities and the messages of the workflows as files of the root', () => {
    expect(
      found({
        'workflows/desk.ts': ['../activities/contracts.ts', './messages.ts'],
        'workflows/messages.ts': [],
        'activities/contracts.ts': [],
        'activities/issue.ts': ['../command/door.ts'],
        'command/door.ts': ['../workflows/messages.ts'],
      }),
    ).toEqual([]);
  });

  it('names an import for each step of a circle', () => {
    const circle = plant({
      'db/a/one.ts': ['../b/two.ts'],
      'db/b/two.ts': ['../a/three.ts'],
      'db/a/three.ts': [],
    });
    expect(faultsOfFolders(circle)).toEqual([
      'a circle within db: a, b\n  db/a/one.ts → db/b/two.ts\n  db/b/two.ts → db/a/three.ts',
    ]);
  });

  it('holds here', () => {
    expect(faultsOfFolders(importsBelow(import.meta.dirname))).toEqual([]);
  });
});

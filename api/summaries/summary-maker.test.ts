// Promises of where summaries are made: one file does it, a thread calls it, and no route plans one by itself.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.join(import.meta.dirname, '../..');
/** Modules that read, merge or plan a summary, and those that write one. */
const PLANNING = /from '[^']*\/(?:summary-figures|summary-workbook|summary-document|template\/filling)\.ts'/;
const WRITING = /from '[^']*\/ooxml\/(?:rendering|template\/template-task)\.ts'/;

/** The files of a folder that import such modules, not only their types. */
const filesThatNeed = (modules: RegExp, ...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter((name) =>
        readFileSync(path.join(ROOT, name), 'utf8')
          .split('\n')
          .some((line) => modules.test(line) && !line.startsWith('import type')),
      ),
  );

describe('what is made of many reports', () => {
  it('is planned in one file alone and written by one press, which a thread runs', () => {
    expect(filesThatNeed(PLANNING, 'api', 'reading')).toEqual(['reading/summary-work.ts']);
    expect(filesThatNeed(WRITING, 'api', 'reading')).toEqual(['api/summaries/summary-press.ts']);
    expect(readFileSync(path.join(ROOT, 'api/summaries/summary-thread.ts'), 'utf8')).toContain(
      'doSummaryWork(pool',
    );
  });
});

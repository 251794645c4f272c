// Promises of where summaries are made: one file does it, a thread calls it, and no route plans one by itself.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const API = path.join(import.meta.dirname, '..');
/** Modules that read, merge, plan or write a summary. */
const WORK =
  /from '[^']*\/(?:summary-figures|summary-workbook|summary-document|ooxml\/rendering|template\/filling)\.ts'/;

describe('what is made of many reports', () => {
  it('is planned in one file alone, which a thread runs', () => {
    const planning = readdirSync(API, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter((name) =>
        readFileSync(path.join(API, name), 'utf8')
          .split('\n')
          .some((line) => WORK.test(line) && !line.startsWith('import type')),
      );
    expect(planning).toEqual(['summaries/summary-work.ts']);
    expect(readFileSync(path.join(API, 'summaries/summary-thread.ts'), 'utf8')).toContain(
      'doSummaryWork(pool',
    );
  });
});

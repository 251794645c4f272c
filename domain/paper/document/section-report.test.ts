// Promises of a report of sections: the owner of each, and the sections that stay.
import { describe, expect, it } from '@jest/globals';
import { storedDocument } from './derived-form.ts';
import { faultsOfEdit, faultsOfReport, withdrawnBy, withEarlier } from './section-report.ts';

const document = storedDocument({
  sections: [
    { key: 'all', title: '全体', level: 1 },
    { key: 's1', title: '一街道', level: 2, units: ['S1'] },
    { key: 's2', title: '二街道', level: 2, units: ['S2-1'] },
  ],
});
const told = (faults: { path: string; code: string }[]): string[] =>
  faults.map(({ path, code }) => `${path} ${code}`);

describe('a unit’s report', () => {
  it('has every section the unit owes, itself or through what it hangs on, as text or as a file', () => {
    expect(told(faultsOfReport(document, 'd.i.TF.S1.S1-1', {}))).toEqual([
      'values.all REQUIRED',
      'values.s1 REQUIRED',
    ]);
    expect(faultsOfReport(document, 'd.i.TF.S1.S1-1', { all: '全', s1_docx: ['f'] })).toEqual([]);
    expect(told(faultsOfReport(document, 'd.i.TF.S2.S2-2', { all: '  ' }))).toEqual(['values.all REQUIRED']);
  });

  it('has no section of others', () => {
    const values = { all: '全', s1: '一', s2: '', s2_docx: ['f'] };
    expect(told(faultsOfReport(document, 'd.i.TF.S2.S2-2', values))).toEqual([
      'values.s1 NOT_YOUR_SECTION',
      'values.s2_docx NOT_YOUR_SECTION',
    ]);
  });

  it('keeps the sections that are not given again, and only those', () => {
    const earlier = { all: '旧', s1_docx: ['f'] };
    expect(withEarlier(document, { all: '新' }, earlier)).toEqual({ all: '新', s1_docx: ['f'] });
    expect(withEarlier(document, { s1: '改写' }, earlier)).toEqual({ all: '旧', s1: '改写' });
    expect(withEarlier(document, { all: null }, earlier)).toEqual({ all: null, s1_docx: ['f'] });
  });
});

describe('a node’s edit', () => {
  it('is of sections that pass through it', () => {
    const values = { all: '全', s1: '一', s2: '二' };
    expect(told(faultsOfEdit(document, 'd.i.TF.S2', values, new Set(['S2-1'])))).toEqual([
      'values.s1 NOT_YOUR_SECTION',
    ]);
    expect(faultsOfEdit(document, 'd.i.TF', values, new Set(['S1', 'S2-1']))).toEqual([]);
  });

  it('takes an edit back where it names a section and says nothing', () => {
    expect(withdrawnBy(document, { all: null, s1: ' ', s2: '二' })).toEqual({ all: null, s1: null });
    expect(withdrawnBy(document, { s1: '改', s1_docx: null })).toEqual({});
  });
});

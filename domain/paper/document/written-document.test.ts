// Promises of a document on paper: the writers of its words, their editors, the missing units.
import { describe, expect, it } from '@jest/globals';
import type { ComposedPart, ComposedSection } from './composed.ts';
import { writtenDocument } from './written-document.ts';

const place = (unit: string): { assignment: string; unit: string; unitName: string } => ({
  assignment: `d.i.TF.${unit}`,
  unit,
  unitName: `${unit}街道`,
});
const part = (unit: string, more: Partial<ComposedPart> = {}): ComposedPart => ({
  ...place(unit),
  version: 1,
  by: null,
  at: '2026-11-23T00:00:00.000Z',
  text: '文',
  ...more,
});
const section = (more: Partial<ComposedSection>): ComposedSection => ({
  key: 'work',
  fileKey: 'work_docx',
  title: '工作情况',
  level: 1,
  parts: [],
  edited: null,
  missing: [],
  moreMissing: 0,
  ...more,
});
const written = (more: Partial<ComposedSection>): ReturnType<typeof writtenDocument>[number] | undefined =>
  writtenDocument({ title: '专报', sections: [section(more)] }, 'zh')[0];

describe('a document on paper', () => {
  it('says of each part whose it is, and of an edit whose words it stands for', () => {
    const replaces = [
      { ...place('S1'), version: 1 },
      { ...place('S2'), version: 1 },
    ];
    const parts = [part('S1'), part('TF', { replaces }), part('TF', { replaces: [] })];
    expect(written({ parts })?.parts.map(({ attribution }) => attribution)).toEqual([
      '（供稿：S1街道）',
      '（供稿：S1街道、S2街道；统稿：TF街道）',
      '（供稿：TF街道）',
    ]);
  });

  it('leaves no section out: where nothing or not all has come in it names the missing units', () => {
    const missing = [place('S1'), place('S2')];
    expect(written({ missing })?.missing).toBe('（本节暂缺，待报单位：S1街道、S2街道）');
    expect(written({ missing, parts: [part('S3')] })?.missing).toBe('（本节尚缺：S1街道、S2街道）');
    expect(written({})?.missing).toBe('（本节暂缺）');
    expect(written({ parts: [part('S3')] })?.missing).toBeNull();
    const many = Array.from({ length: 40 }, (_, n) => place(`U${n}`));
    expect(written({ missing: many, moreMissing: 5 })?.missing).toMatch(/U29街道等 45 家）$/);
  });

  it('breaks text into its lines, without empty ones', () => {
    expect(written({ parts: [part('S1', { text: '一\n\n 二\r\n三' })] })?.parts[0]?.lines).toEqual([
      '一',
      ' 二',
      '三',
    ]);
  });

  it('keeps braces and dollars of names as they are', () => {
    const odd = { ...part('S1'), unitName: '{editor}$&' };
    expect(written({ parts: [odd] })?.parts[0]?.attribution).toBe('（供稿：{editor}$&）');
  });
});

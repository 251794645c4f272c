// Promises of what a report says of a section, and since when.
import { describe, expect, it } from '@jest/globals';
import { contributionOf, type Version } from './contribution.ts';

const section = { key: 'work', fileKey: 'work_docx' };
const version = (n: number, marks: Record<string, string>): Version => ({
  version: n,
  by: `P${n}`,
  at: `2026-11-2${n}T08:00:00.000Z`,
  since: `2026-11-2${n}T09:00:00.000Z`,
  marks,
});

describe('a contribution', () => {
  it('is dated by the version that brought its words, not by those that only kept them', () => {
    const versions = [
      version(1, { work: 'a', plan: 'x' }),
      version(2, { work: 'b', plan: 'x' }),
      version(3, { work: 'b', plan: 'y' }),
    ];
    expect(contributionOf(section, versions, { work: '乙', plan: '丁' })).toEqual({
      version: 2,
      by: 'P2',
      at: '2026-11-22T08:00:00.000Z',
      since: '2026-11-22T09:00:00.000Z',
      text: '乙',
      file: null,
    });
  });

  it('is new where the words came back after others', () => {
    const versions = [version(1, { work: 'a' }), version(2, { work: 'b' }), version(3, { work: 'a' })];
    expect(contributionOf(section, versions, { work: '甲' })?.version).toBe(3);
  });

  it('is new where a file took the place of a text', () => {
    const versions = [version(1, { work: 'a' }), version(2, { work_docx: 'f' })];
    expect(contributionOf(section, versions, { work_docx: ['id'] })).toMatchObject({
      version: 2,
      text: null,
      file: 'id',
    });
  });

  it('is none where nothing is said', () => {
    expect(contributionOf(section, [version(1, {})], { plan: '丁' })).toBeNull();
    expect(contributionOf(section, [], { work: '甲' })).toBeNull();
  });
});

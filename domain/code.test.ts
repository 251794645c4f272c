// Promises of codes and paths: valid names, and how an assignment's id tells its place.
import { describe, expect, it } from '@jest/globals';
import { ancestorsOf, childId, Code, isBelow, levelOf } from './code.ts';

describe('Code', () => {
  it.each(['DD-1', 'TF_ZY', 'a', '0', 'x'.repeat(40)])('takes %s', (code) => {
    expect(Code.safeParse(code).success).toBe(true);
  });

  it.each(['', 'x'.repeat(41), 'a.b', 'a/b', 'a~b', 'a b', '街道', 'a\n', '\u0000', 7, null])(
    'refuses %j',
    (code) => {
      expect(Code.safeParse(code).success).toBe(false);
    },
  );
});

describe('the path of an assignment', () => {
  const leaf = 'd.sites.TF.DD.DD-1';

  it('begins at level 1 with the task force', () => {
    expect(['d.sites.TF', 'd.sites.TF.DD', leaf].map(levelOf)).toEqual([1, 2, 3]);
  });

  it('names those above, top first, and none above a task force', () => {
    expect(ancestorsOf(leaf)).toEqual(['d.sites.TF', 'd.sites.TF.DD']);
    expect(ancestorsOf('d.sites.TF')).toEqual([]);
  });

  it('is below a node only past its dot: DD-1 is not below D, nor a node below itself', () => {
    expect(isBelow(childId('d.sites.TF', 'DD'), 'd.sites.TF')).toBe(true);
    expect(isBelow('d.sites.TF.DD-1', 'd.sites.TF.DD')).toBe(false);
    expect(isBelow('d.sites.TF', 'd.sites.TF')).toBe(false);
  });
});

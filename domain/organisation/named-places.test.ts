// Promises about finding places by words.
import { describe, expect, it } from '@jest/globals';
import { toMillis } from '../instant.ts';
import { MAX_NAMED, placesNamed } from './named-places.ts';
import { createDirectory, OrganisationFile } from './organisation.ts';

const NOW = toMillis('2026-11-30T01:00:00Z');
const many = Array.from({ length: MAX_NAMED + 10 }, (_, n) => ({
  code: `V${n}`,
  name: `${n}村`,
  kind: 'village',
}));
const directory = createDirectory(
  OrganisationFile.parse({
    units: [{ code: 'DD', name: '东渡街道', kind: 'street' }, ...many],
    people: [
      { id: 'P1', name: '王小明' },
      { id: 'P2', name: '王二' },
    ],
    taskForces: [{ code: 'TF-ZY', name: '志愿（Ａ）专班', office: 'DD' }],
    posts: [
      { unit: 'DD', role: 'liaisonA', person: 'P1' },
      { taskForce: 'TF-ZY', role: 'liaisonA', person: 'P2', to: '2026-01-01' },
      { role: 'auditor', person: 'P2' },
    ],
  }),
  1,
);

describe('places', () => {
  it.each([
    ['a name', '东渡', ['unit/DD']],
    ['a code in another case and width', ' ｔｆ-zy', ['taskForce/TF-ZY']],
    ['a name in another width', '志愿(a)', ['taskForce/TF-ZY']],
    ['who sits there', '王小', ['unit/DD']],
    ['who sat there once', '王二', []],
    ['nothing there is', '西湖', []],
  ])('are found by %s', (_, q, found) => {
    expect(placesNamed(directory, q, NOW)).toEqual(found);
  });

  it('are no more than a statement can look for', () => {
    expect(placesNamed(directory, '村', NOW)).toHaveLength(MAX_NAMED);
  });
});

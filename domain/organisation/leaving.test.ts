// Promises of leaving: only a person whose posts have all ended has left.
import { describe, expect, it } from '@jest/globals';
import { hasLeft } from './leaving.ts';
import { createDirectory, OrganisationFile } from './organisation.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(
  OrganisationFile.parse({
    units: [{ code: 'OFFICE', name: '办公室', kind: 'office' }],
    posts: [
      { unit: 'OFFICE', role: 'staff', person: 'now' },
      { unit: 'OFFICE', role: 'staff', person: 'soon', from: '2027-01-01' },
      { unit: 'OFFICE', role: 'staff', person: 'lastDay', to: '2026-11-23' },
      { unit: 'OFFICE', role: 'staff', person: 'gone', to: '2026-11-22' },
      { unit: 'OFFICE', role: 'staff', person: 'gone', to: '2020-01-01' },
      { unit: 'OFFICE', role: 'staff', person: 'moved', to: '2026-11-22' },
    ],
    taskForces: [
      { code: 'TF', name: '专班', office: 'OFFICE', posts: [{ role: 'deputy', person: 'moved' }] },
    ],
  }),
  1,
);

describe('hasLeft', () => {
  it.each([
    ['now', false],
    ['soon', false],
    ['lastDay', false],
    ['moved', false],
    ['never', false],
    ['gone', true],
  ])('of %s: %s', (person, expected) => {
    expect(hasLeft(directory, person, NOW)).toBe(expected);
  });
});

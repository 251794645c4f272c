// Promises of access: who is what to an assignment, and that nobody sees beside or above their own place.
import { describe, expect, it } from '@jest/globals';
import { issuerOf, readsAll, relate, type Relation, type Standing } from './access.ts';
import { createDirectory, OrganisationFile } from './organisation.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      { code: 'OFFICE', name: '办公室', kind: 'office' },
      { code: 'DD', name: '街道', kind: 'street' },
      { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
      { code: 'DD-2', name: '二社区', kind: 'community', parent: 'DD' },
      { code: 'WC', name: '另一街道', kind: 'street' },
    ],
    people: [],
    posts: [
      { unit: 'OFFICE', role: 'director', person: 'director' },
      { unit: 'OFFICE', role: 'staff', person: 'staff' },
      { unit: 'DD', role: 'leader', person: 'street' },
      { unit: 'DD-1', role: 'liaisonA', person: 'community' },
      { unit: 'DD-1', role: 'liaisonB', taskForce: 'TF', person: 'named' },
      { unit: 'DD-1', role: 'liaisonB', taskForce: 'OTHER', person: 'namedElsewhere' },
      { unit: 'DD-1', role: 'liaisonA', person: 'formerly', to: '2026-11-22' },
      { unit: 'DD-1', role: 'liaisonA', person: 'soon', from: '2026-11-24' },
      { unit: 'DD-1', role: 'liaisonA', person: 'lastDay', to: '2026-11-23' },
      { unit: 'DD-2', role: 'liaisonA', person: 'sibling' },
      { unit: 'WC', role: 'leader', person: 'otherStreet' },
      { role: 'auditor', person: 'auditor' },
      { role: 'administrator', person: 'administrator' },
      { role: 'auditor', person: 'retiredAuditor', to: '2026-01-01' },
    ],
    taskForces: [
      { code: 'TF', name: '专班', office: 'OFFICE', posts: [{ role: 'deputy', person: 'force' }] },
      {
        code: 'OTHER',
        name: '另一专班',
        office: 'OFFICE',
        posts: [{ role: 'leader', person: 'otherForce' }],
      },
    ],
  }),
  1,
);

const LEAF: Standing = {
  holder: 'unit/DD-1',
  above: ['taskForce/TF', 'unit/DD'],
  office: 'OFFICE',
  taskForce: 'TF',
  target: null,
  shared: [],
};
const FORCE: Standing = { ...LEAF, holder: 'taskForce/TF', above: [] };
const named = ({ holder, issuer, office, sees }: Relation): string =>
  [holder && 'holder', issuer && 'issuer', office && 'office', sees && 'sees'].filter(Boolean).join(' ');

describe('relate', () => {
  it.each([
    ['community', 'holder sees'],
    ['named', 'holder sees'],
    ['lastDay', 'holder sees'],
    ['street', 'issuer sees'],
    ['force', 'sees'],
    ['director', 'office sees'],
    ['staff', 'office sees'],
    ['auditor', 'sees'],
    ['administrator', 'sees'],
    ['sibling', ''],
    ['otherStreet', ''],
    ['otherForce', ''],
    ['namedElsewhere', ''],
    ['formerly', ''],
    ['soon', ''],
    ['retiredAuditor', ''],
    ['nobody', ''],
  ])('makes %s of a community’s assignment: %s', (person, expected) => {
    expect(named(relate(directory, person, LEAF, NOW))).toBe(expected);
  });

  it.each([
    ['force', 'holder sees'],
    ['director', 'issuer office sees'],
    ['street', ''],
    ['community', ''],
  ])('makes %s of the task force’s own assignment: %s', (person, expected) => {
    expect(named(relate(directory, person, FORCE, NOW))).toBe(expected);
  });

  it('shows a unit nothing of the assignment above it, and a street everything below it', () => {
    const street: Standing = { ...LEAF, holder: 'unit/DD', above: ['taskForce/TF'] };
    expect(relate(directory, 'community', street, NOW).sees).toBe(false);
    expect(relate(directory, 'street', LEAF, NOW).sees).toBe(true);
  });
});

describe('issuerOf', () => {
  it('is whoever holds the assignment above, and the office for a task force', () => {
    expect(issuerOf(LEAF)).toBe('unit/DD');
    expect(issuerOf(FORCE)).toBe('unit/OFFICE');
  });
});

describe('readsAll', () => {
  it('holds for auditors and administrators while they are', () => {
    const readers = ['auditor', 'administrator', 'retiredAuditor', 'director', 'nobody'];
    expect(readers.filter((person) => readsAll(directory, person, NOW))).toEqual([
      'auditor',
      'administrator',
    ]);
  });
});

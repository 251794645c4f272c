// Promises of access: who is what to an assignment, and that nobody sees beside or above their own place.
import { describe, expect, it } from '@jest/globals';
import { issuerOf, relate, type Relation, type AssignmentStanding } from './relation.ts';
import { readsAll } from './seating.ts';
import { createDirectory, OrganisationFile } from '../organisation/organisation.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      { code: 'OFFICE', name: '办公室', kind: 'office' },
      { code: 'DD', name: '街道', kind: 'street' },
      { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
      { code: 'DD-2', name: '二社区', kind: 'community', parent: 'DD' },
      { code: 'WC', name: '另一街道', kind: 'street' },
      { code: 'LEAD', name: '牵头局', kind: 'department' },
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
      { unit: 'LEAD', role: 'liaisonA', person: 'leadUnit' },
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
        leadUnit: 'LEAD',
        posts: [{ role: 'leader', person: 'otherForce' }],
      },
    ],
  }),
  1,
);

const LEAF: AssignmentStanding = {
  holder: 'unit/DD-1',
  above: ['taskForce/TF', 'unit/DD'],
  office: 'OFFICE',
  taskForce: 'TF',
  target: null,
  shared: [],
};
const FORCE: AssignmentStanding = { ...LEAF, holder: 'taskForce/TF', above: [] };
const named = ({ holder, issuer, above, office, sees }: Relation): string =>
  [holder && 'holder', issuer && 'issuer', above && 'above', office && 'office', sees && 'sees']
    .filter(Boolean)
    .join(' ');

describe('relate', () => {
  it.each([
    ['community', 'holder sees'],
    ['named', 'holder sees'],
    ['lastDay', 'holder sees'],
    ['street', 'issuer above sees'],
    ['force', 'above sees'],
    ['director', 'above office sees'],
    ['staff', 'above office sees'],
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
    ['director', 'issuer above office sees'],
    ['street', ''],
    ['community', ''],
  ])('makes %s of the task force’s own assignment: %s', (person, expected) => {
    expect(named(relate(directory, person, FORCE, NOW))).toBe(expected);
  });

  it('shows a unit nothing of the assignment above it, and a street everything below it', () => {
    const street: AssignmentStanding = { ...LEAF, holder: 'unit/DD', above: ['taskForce/TF'] };
    expect(relate(directory, 'community', street, NOW).sees).toBe(false);
    expect(relate(directory, 'street', LEAF, NOW).sees).toBe(true);
  });
});

const asked = (person: string, standing: AssignmentStanding): string =>
  Object.entries(relate(directory, person, standing, NOW))
    .filter(([, holds]) => holds)
    .map(([relation]) => relation)
    .join(' ');

describe('relate beside holder and issuer', () => {
  it('shows whoever is asked to take it over what it is, and lets them do no more', () => {
    const offered: AssignmentStanding = { ...LEAF, target: 'unit/WC' };
    expect(asked('otherStreet', offered)).toBe('target sees');
    expect(asked('otherStreet', LEAF)).toBe('');
    expect(asked('sibling', offered)).toBe('');
  });

  it('makes the unit that leads a task force a part of its own assignment, not of those below', () => {
    expect(asked('leadUnit', { ...FORCE, holder: 'taskForce/OTHER', taskForce: 'OTHER' })).toBe('lead sees');
    expect(asked('leadUnit', { ...LEAF, above: ['taskForce/OTHER'], taskForce: 'OTHER' })).toBe('');
    expect(asked('leadUnit', FORCE)).toBe('');
  });

  it('makes leader of a holder its head or the deputy, never a liaison, nor the head of another place', () => {
    const street: AssignmentStanding = { ...LEAF, holder: 'unit/DD', above: ['taskForce/TF'] };
    expect(asked('street', street)).toBe('holder leader sees');
    expect(asked('force', FORCE)).toBe('holder leader sees');
    expect(asked('community', LEAF)).toBe('holder sees');
    expect(asked('street', LEAF)).toBe('issuer above sees');
  });

  it('shows whom a result is shared with the result and nothing else', () => {
    const shared: AssignmentStanding = { ...LEAF, shared: ['unit/WC', 'taskForce/OTHER'] };
    expect(asked('otherStreet', shared)).toBe('seesResult');
    expect(asked('otherForce', shared)).toBe('seesResult');
    expect(asked('sibling', shared)).toBe('');
    expect(asked('community', { ...shared, shared: ['unit/DD-1'] })).toBe('holder sees');
  });

  it('moves custody with the holder: after a transfer the old one sees it no more', () => {
    const passed: AssignmentStanding = { ...LEAF, holder: 'unit/DD-2' };
    expect(asked('community', passed)).toBe('');
    expect(asked('sibling', passed)).toBe('holder sees');
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

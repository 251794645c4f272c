// Promises of the one rule who sees what: one row a person, one column a state of the directive.
import { describe, expect, it } from '@jest/globals';
import { createDirectory, OrganisationFile, type Place } from '../organisation/organisation.ts';
import type { AssignmentStanding } from './relation.ts';
import { placesRead, readingSeatsOf } from './seating.ts';
import { placesSeeing, sightOf, sightOfAssignment, type DirectiveFacts, type Part } from './sight.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      { code: 'OFFICE', name: '办公室', kind: 'office' },
      { code: 'CITY', name: '市指挥部', kind: 'superior' },
      { code: 'DD', name: '街道', kind: 'street' },
      { code: 'BJ', name: '局', kind: 'department' },
      { code: 'LEAD', name: '牵头局', kind: 'department' },
    ],
    people: [],
    posts: [
      { unit: 'OFFICE', role: 'staff', person: 'staff' },
      { unit: 'OFFICE', role: 'staff', person: 'formerStaff', to: '2026-11-22' },
      { unit: 'OFFICE', taskForce: 'TF', role: 'liaisonA', person: 'officeForTf' },
      { unit: 'OFFICE', taskForce: 'OTHER', role: 'liaisonA', person: 'officeForOther' },
      { role: 'auditor', person: 'auditor' },
      { unit: 'CITY', role: 'leader', person: 'city' },
      { unit: 'CITY', taskForce: 'TF', role: 'liaisonB', person: 'cityForTf' },
      { unit: 'CITY', role: 'liaisonA', person: 'cityAndStreet' },
      { unit: 'DD', role: 'leader', person: 'cityAndStreet' },
      { unit: 'DD', role: 'leader', person: 'street' },
      { unit: 'DD', taskForce: 'TF', role: 'liaisonA', person: 'streetForTf' },
      { unit: 'DD', taskForce: 'OTHER', role: 'liaisonA', person: 'streetForOther' },
      { unit: 'DD', role: 'liaisonA', person: 'streetTomorrow', from: '2026-11-24' },
      { unit: 'BJ', role: 'leader', person: 'asked' },
      { unit: 'BJ', taskForce: 'OTHER', role: 'liaisonA', person: 'askedForOther' },
      { unit: 'LEAD', role: 'leader', person: 'lead' },
      { unit: 'LEAD', taskForce: 'OTHER', role: 'liaisonA', person: 'leadForOther' },
      { taskForce: 'OTHER', role: 'leader', person: 'otherForce' },
    ],
    taskForces: [
      { code: 'TF', name: '专班', office: 'OFFICE', leadUnit: 'LEAD' },
      { code: 'OTHER', name: '另一专班', office: 'OFFICE' },
    ],
  }),
  1,
);

const PARTS: Part[] = [
  { holder: 'taskForce/TF', target: null, taskForce: 'TF' },
  { holder: 'unit/DD', target: 'unit/BJ', taskForce: 'TF' },
];
const OPEN: DirectiveFacts = {
  office: 'OFFICE',
  superior: 'CITY',
  handedUp: 0,
  isDraft: false,
  parts: PARTS,
};
const said = (person: string, facts: DirectiveFacts): string => {
  const sight = sightOf(directory, person, facts, NOW);
  if (sight.kind === 'whole') return sight.isOffice ? 'whole, office' : 'whole';
  return sight.kind === 'part' && sight.handUps ? 'part, handUps' : sight.kind;
};

describe('sightOf', () => {
  it.each([
    // person, open, handed up, draft
    ['staff', 'whole, office', 'whole, office', 'whole, office'],
    ['auditor', 'whole', 'whole', 'whole'],
    ['city', 'none', 'superior', 'none'],
    ['cityForTf', 'none', 'none', 'none'],
    ['cityAndStreet', 'part', 'part, handUps', 'none'],
    ['officeForTf', 'part', 'part', 'none'],
    ['officeForOther', 'none', 'none', 'none'],
    ['street', 'part', 'part', 'none'],
    ['streetForTf', 'part', 'part', 'none'],
    ['streetForOther', 'none', 'none', 'none'],
    ['streetTomorrow', 'none', 'none', 'none'],
    ['asked', 'part', 'part', 'none'],
    ['askedForOther', 'none', 'none', 'none'],
    ['lead', 'part', 'part', 'none'],
    ['leadForOther', 'none', 'none', 'none'],
    ['otherForce', 'none', 'none', 'none'],
    ['formerStaff', 'none', 'none', 'none'],
    ['nobody', 'none', 'none', 'none'],
  ])('shows %s: open %s, handed up %s, draft %s', (person, open, handedUp, draft) => {
    expect([
      said(person, OPEN),
      said(person, { ...OPEN, handedUp: 1 }),
      said(person, { ...OPEN, handedUp: 1, isDraft: true, parts: [] }),
    ]).toEqual([open, handedUp, draft]);
  });

  it('needs of a directive’s parts those alone that stand at the places the person reads by', () => {
    for (const person of ['street', 'asked', 'lead', 'streetForOther', 'city']) {
      const places = new Set<Place>(placesRead(readingSeatsOf(directory, person, NOW)));
      const near = PARTS.filter(({ holder, target }) => places.has(holder) || (target && places.has(target)));
      expect(said(person, { ...OPEN, parts: near })).toBe(said(person, OPEN));
    }
  });
});

describe('sightOfAssignment', () => {
  const street: AssignmentStanding = {
    holder: 'unit/DD',
    above: ['taskForce/TF'],
    office: 'OFFICE',
    taskForce: 'TF',
    target: 'unit/BJ',
    shared: ['taskForce/OTHER', 'unit/DD'],
  };
  it.each([
    ['street', 'whole'],
    ['asked', 'whole'],
    ['officeForTf', 'whole'],
    ['otherForce', 'result'],
    ['lead', 'none'],
    ['city', 'none'],
    ['streetForOther', 'none'],
  ])('shows %s: %s', (person, expected) => {
    expect(sightOfAssignment(directory, person, street, NOW)).toBe(expected);
  });

  it('is never whole for people of other places than those that may see it', () => {
    const places = new Set(placesSeeing(directory, street));
    for (const [person, seats] of directory.seatsByPerson) {
      if (sightOfAssignment(directory, person, street, NOW) !== 'whole' || person === 'auditor') continue;
      expect([person, seats.some(({ place }) => place !== null && places.has(place))]).toEqual([
        person,
        true,
      ]);
    }
  });
});

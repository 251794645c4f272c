// Promises of the organisation: who sits where and when, and who acts for what.
import { describe, expect, it } from '@jest/globals';
import { actsFor, codeOf, createDirectory, hasRole, isTaskForce, nameOf } from './organisation.ts';
import { occupants, officesOf, OrganisationFile, seatOf, taskForcePlace, unitPlace } from './organisation.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      { code: 'CITY', name: '市', kind: 'superior' },
      { code: 'OFFICE', name: '办公室', kind: 'office', parent: 'CITY' },
      { code: 'DD', name: '街道', kind: 'street', parent: 'OFFICE' },
      { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
      { code: 'DD-2', name: '二社区', kind: 'community', parent: 'DD' },
    ],
    people: [{ id: 'P1', name: '甲' }],
    posts: [
      { unit: 'OFFICE', role: 'director', person: 'P1' },
      { unit: 'DD', role: 'liaisonA', person: 'P3' },
      { unit: 'DD', role: 'liaisonA', person: 'P2' },
      { unit: 'DD', role: 'liaisonA', person: 'P2', from: '2026-01-01' },
      { unit: 'DD', role: 'liaisonA', person: 'P4', taskForce: 'TF' },
      { role: 'administrator', person: 'P9' },
      {
        unit: 'DD',
        role: 'leader',
        person: 'P5',
        from: '2026-11-23T10:35:00+08:00',
        to: '2026-11-23T11:00:00+08:00',
      },
    ],
    taskForces: [{ code: 'TF', name: '专班', office: 'OFFICE', posts: [{ role: 'leader', person: 'P6' }] }],
  }),
  7,
);
const DD = unitPlace('DD');
const TF = taskForcePlace('TF');

describe('a place', () => {
  it('says in one string what it is and its code', () => {
    expect([DD, TF]).toEqual(['unit/DD', 'taskForce/TF']);
    expect([codeOf(DD), codeOf(TF), isTaskForce(DD), isTaskForce(TF)]).toEqual(['DD', 'TF', false, true]);
  });

  it('has the name people read, and its code where the organisation no longer knows it', () => {
    expect([DD, TF, unitPlace('GONE')].map((place) => nameOf(directory, place))).toEqual([
      '街道',
      '专班',
      'GONE',
    ]);
  });
});

describe('a seat', () => {
  it('is held from the beginning of its first day to the end of its last, in China', () => {
    const { from, to } = seatOf({
      unit: 'DD',
      role: 'leader',
      person: 'P1',
      from: '2026-11-01',
      to: '2026-11-30',
    });
    expect([from, to]).toEqual([Date.parse('2026-10-31T16:00:00Z'), Date.parse('2026-11-30T16:00:00Z')]);
  });

  it('without days is held always', () => {
    expect(seatOf({ role: 'auditor', person: 'P1' })).toEqual({
      place: null,
      role: 'auditor',
      person: 'P1',
      only: null,
      from: -Infinity,
      to: Infinity,
    });
  });
});

describe('occupants', () => {
  it('names each person in the post once, sorted', () => {
    expect(occupants(directory, DD, 'liaisonA', null, NOW)).toEqual(['P2', 'P3']);
  });

  it('puts people named for the task force alone before the unit’s own', () => {
    expect(occupants(directory, DD, 'liaisonA', 'TF', NOW)).toEqual(['P4']);
    expect(occupants(directory, DD, 'liaisonA', 'OTHER', NOW)).toEqual(['P2', 'P3']);
  });

  it('is empty for an empty post, a place unknown, and a time before or after', () => {
    expect(occupants(directory, DD, 'liaisonB', null, NOW)).toEqual([]);
    expect(occupants(directory, unitPlace('NO'), 'leader', null, NOW)).toEqual([]);
    const minutes = [-1, 0, 24, 25].map((n) => NOW + n * 60_000);
    expect(minutes.map((time) => occupants(directory, DD, 'leader', null, time).length)).toEqual([
      0, 1, 1, 0,
    ]);
  });
});

describe('actsFor', () => {
  it('is true of any post of the place, and of one named for a task force only in its work', () => {
    expect(actsFor(directory, 'P2', DD, 'TF', NOW)).toBe(true);
    expect(actsFor(directory, 'P4', DD, 'TF', NOW)).toBe(true);
    expect(actsFor(directory, 'P4', DD, 'OTHER', NOW)).toBe(false);
    expect(actsFor(directory, 'P6', TF, 'TF', NOW)).toBe(true);
    expect(actsFor(directory, 'P2', unitPlace('DD-1'), 'TF', NOW)).toBe(false);
    expect(actsFor(directory, 'P9', unitPlace('OFFICE'), 'TF', NOW)).toBe(false);
  });
});

describe('the directory', () => {
  it('knows children in the file’s order, the installation’s roles, and who serves which office', () => {
    expect(directory.children.get('DD')?.map(({ code }) => code)).toEqual(['DD-1', 'DD-2']);
    expect(hasRole(directory, 'P9', 'administrator', NOW)).toBe(true);
    expect(hasRole(directory, 'P9', 'auditor', NOW)).toBe(false);
    expect(['P1', 'P2', 'P9'].map((person) => officesOf(directory, person, NOW))).toEqual([
      ['OFFICE'],
      [],
      [],
    ]);
    expect(directory.version).toBe(7);
  });
});

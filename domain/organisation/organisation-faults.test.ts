// Promises of the organisation's checks and of the import's plan.
import { describe, expect, it } from '@jest/globals';
import { organisationFaults } from './organisation-faults.ts';
import { completeFile, countsOf, planImport } from './organisation-import.ts';
import { createDirectory, OrganisationFile } from './organisation.ts';

const file = (value: unknown): OrganisationFile => OrganisationFile.parse(value);
const EMPTY = file({});

const DISTRICT = file({
  units: [
    { code: 'OFFICE', name: '办公室', kind: 'office' },
    { code: 'DD', name: '大渡街道', kind: 'street', parent: 'OFFICE' },
    { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
  ],
  people: [
    { id: 'P1', name: '甲', unit: 'OFFICE' },
    { id: 'P2', name: '乙', unit: 'DD', phone: '1' },
  ],
  posts: [
    { unit: 'OFFICE', role: 'director', person: 'P1' },
    { unit: 'DD', role: 'liaisonA', person: 'P2', to: '2027-01-01' },
    { unit: 'DD', taskForce: 'TF', role: 'liaisonB', person: 'P1' },
    { role: 'auditor', person: 'P2' },
  ],
  taskForces: [
    {
      code: 'TF',
      name: '专班',
      office: 'OFFICE',
      leadUnit: 'DD',
      members: ['DD-1'],
      sunset: { date: '2026-12-31', condition: null },
      posts: [{ role: 'leader', person: 'P2' }],
    },
  ],
});

const faultsOf = (value: unknown, known = EMPTY): string[] =>
  organisationFaults(completeFile(file(value), known), createDirectory(known, 1)).map(
    (fault) => `${fault.path} ${fault.code}`,
  );

describe('organisationFaults', () => {
  it('finds nothing wrong with a sound district', () => {
    expect(organisationFaults(DISTRICT, createDirectory(EMPTY, 1))).toEqual([]);
  });

  it('names a parent, a member, an office and a lead unit that do not exist', () => {
    expect(
      faultsOf({
        units: [{ code: 'A', name: 'A', kind: 'street', parent: 'B' }],
        taskForces: [{ code: 'T', name: 'T', office: 'C', leadUnit: 'D', members: ['A', 'E'] }],
      }),
    ).toEqual([
      'units[0].parent UNKNOWN_UNIT',
      'taskForces[0].office UNKNOWN_UNIT',
      'taskForces[0].leadUnit UNKNOWN_UNIT',
      'taskForces[0].members[1] UNKNOWN_UNIT',
    ]);
  });

  it('takes what is known for granted', () => {
    expect(
      faultsOf({ units: [{ code: 'A', name: 'A', kind: 'street', parent: 'OFFICE' }] }, DISTRICT),
    ).toEqual([]);
  });

  it('names every unit of a circle and none that only hangs below it', () => {
    const unit = (code: string, parent: string): object => ({ code, name: code, kind: 'street', parent });
    expect(faultsOf({ units: [unit('X', 'A'), unit('A', 'B'), unit('B', 'A'), unit('S', 'S')] })).toEqual([
      'units[1].parent OWN_ANCESTOR',
      'units[2].parent OWN_ANCESTOR',
      'units[3].parent OWN_ANCESTOR',
    ]);
  });

  it('sees a circle that closes through what is known', () => {
    expect(
      faultsOf({ units: [{ code: 'OFFICE', name: '办', kind: 'office', parent: 'DD-1' }] }, DISTRICT),
    ).toEqual(['units[0].parent OWN_ANCESTOR']);
  });

  it('names what is given twice at its second place', () => {
    expect(
      faultsOf({
        units: [DISTRICT.units[0], DISTRICT.units[0]],
        people: [
          { id: 'P1', name: '甲' },
          { id: 'P1', name: '甲' },
          { id: 'P2', name: '乙', login: 'P1' },
        ],
        posts: [
          { unit: 'OFFICE', role: 'staff', person: 'P1' },
          { unit: 'OFFICE', role: 'staff', person: 'P1' },
        ],
      }),
    ).toEqual([
      'units[1].code REPEATED',
      'people[1].id REPEATED',
      'people[2].login REPEATED',
      'posts[1] REPEATED',
    ]);
  });

  it('lets a login pass from one to the other in one file, and refuses one that is taken', () => {
    const swapped = [
      { id: 'P1', name: '甲', login: 'P2' },
      { id: 'P2', name: '乙', login: 'P1' },
    ];
    expect(faultsOf({ people: swapped }, DISTRICT)).toEqual([]);
    expect(faultsOf({ people: [{ id: 'P3', name: '丙', login: 'P2' }] }, DISTRICT)).toEqual([
      'people[0].login REPEATED',
    ]);
  });

  it('refuses roles their place does not have, and posts without a person or a place', () => {
    expect(
      faultsOf(
        {
          posts: [
            { unit: 'DD', role: 'director', person: 'P1' },
            { taskForce: 'TF', role: 'staff', person: 'P1' },
            { role: 'leader', person: 'P1' },
            { unit: 'DD', taskForce: 'TF', role: 'leader', person: 'P1' },
            { unit: 'ZZ', role: 'leader', person: 'P9' },
            { unit: 'DD', role: 'leader', person: 'P1', from: '2026-02-01', to: '2026-01-01' },
          ],
          taskForces: [{ ...DISTRICT.taskForces[0], posts: [{ role: 'auditor', person: 'P2' }] }],
        },
        DISTRICT,
      ),
    ).toEqual([
      'posts[0].role NOT_AN_OPTION',
      'posts[1].role NOT_AN_OPTION',
      'posts[2].role NOT_AN_OPTION',
      'posts[3].role NOT_AN_OPTION',
      'posts[4].unit UNKNOWN_UNIT',
      'posts[4].person UNKNOWN_PERSON',
      'posts[5].to INVALID',
      'taskForces[0].posts[0].role NOT_AN_OPTION',
    ]);
  });

  it('does not let an office with a director stop being one', () => {
    expect(faultsOf({ units: [{ code: 'OFFICE', name: '办', kind: 'department' }] }, DISTRICT)).toEqual([
      'units[0].kind NOT_AN_OPTION',
    ]);
  });
});

describe('planImport', () => {
  const plan = (value: OrganisationFile, known: OrganisationFile): ReturnType<typeof countsOf> =>
    countsOf(planImport(completeFile(value, known), known));

  it('creates everything once and finds everything the same after that', () => {
    expect(plan(DISTRICT, EMPTY)).toEqual({
      units: { created: 3, changed: 0, same: 0 },
      people: { created: 2, changed: 0, same: 0 },
      posts: { created: 5, changed: 0, same: 0 },
      taskForces: { created: 1, changed: 0, same: 0 },
    });
    const again = plan(DISTRICT, completeFile(DISTRICT, EMPTY));
    expect(Object.values(again).map(({ created, changed }) => created + changed)).toEqual([0, 0, 0, 0]);
  });

  it('takes nothing away by silence: what is left out stays, null clears', () => {
    const known = completeFile(DISTRICT, EMPTY);
    const silent = file({
      units: [{ code: 'DD', name: '大渡街道', kind: 'street' }],
      people: [{ id: 'P2', name: '乙' }],
      posts: [{ unit: 'DD', role: 'liaisonA', person: 'P2' }],
      taskForces: [{ code: 'TF', name: '专班', office: 'OFFICE' }],
    });
    expect(Object.values(plan(silent, known)).map(({ same }) => same)).toEqual([1, 1, 1, 1]);
    expect(plan(file({ people: [{ id: 'P2', name: '乙', phone: null }] }), known).people.changed).toBe(1);
  });
});

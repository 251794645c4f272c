// The trial's district, made by code: 14 task forces, 54 people, and three directives as an office sends them in a day.
import type { z } from 'zod';
import type { DirectiveRequest } from '../../../domain/directive/directive.ts';
import type { OrganisationFile } from '../../../domain/organisation/organisation.ts';
import { FORM } from '../../support/district.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);
const FORCES = upTo(14).map((n) => `TF${n}`);
const STREETS = upTo(8).map((n) => `S${n}`);
/** 30 communities over 8 streets: each place has its one liaison, as most have. */
export const COMMUNITIES = upTo(30).map((n) => ({
  code: `C${n}`,
  parent: STREETS[(n - 1) % STREETS.length] ?? '',
}));

export const DIRECTOR = 'DIRECTOR';
export const STAFF = 'STAFF';

/** 2 of the office, 14 of task forces, 8 of streets, 30 of communities. */
export const PEOPLE = [DIRECTOR, STAFF, ...FORCES, ...STREETS, ...COMMUNITIES.map(({ code }) => code)];

export function trialDistrict(): z.input<typeof OrganisationFile> {
  return {
    units: [
      { code: 'OFFICE', name: '区办公室', kind: 'office' },
      ...STREETS.map((code) => ({ code, name: `${code}街道`, kind: 'street' })),
      ...COMMUNITIES.map((unit) => ({ ...unit, name: `${unit.code}社区`, kind: 'community' })),
    ],
    people: PEOPLE.map((id) => ({ id, name: `名${id}` })),
    taskForces: FORCES.map((code) => ({ code, name: `${code}专班`, office: 'OFFICE', members: STREETS })),
    posts: [
      { unit: 'OFFICE', role: 'director', person: DIRECTOR },
      { unit: 'OFFICE', role: 'staff', person: STAFF },
      ...FORCES.map((taskForce) => ({ taskForce, role: 'liaisonA' as const, person: taskForce })),
      ...[...STREETS, ...COMMUNITIES.map(({ code }) => code)].map((unit) => ({
        unit,
        role: 'liaisonA' as const,
        person: unit,
      })),
    ],
  };
}

/** Which task forces a directive asks, and which two streets each of them asks: every community has three or four tasks. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  first: FORCES.slice(0, 5),
  second: FORCES.slice(5, 10),
  third: FORCES.slice(10),
};

export function trialDirective(id: string, day: string, dueTime: string): z.input<typeof DirectiveRequest> {
  return {
    id,
    number: `T-${id}`,
    title: `摸排 ${id}`,
    calendar: 'work',
    policy: 'standard',
    due: `${day}T${dueTime}:00+08:00`,
    items: [
      {
        key: 'sites',
        title: '站点',
        form: FORM,
        dispatch: (ASKED[id] ?? []).map((taskForce) => {
          const at = FORCES.indexOf(taskForce) * 2;
          const streets = [STREETS[at % 8] ?? '', STREETS[(at + 1) % 8] ?? ''];
          return {
            taskForce,
            receivers: streets.map((unit) => ({
              unit,
              receivers: COMMUNITIES.filter(({ parent }) => parent === unit).map(({ code }) => ({
                unit: code,
              })),
            })),
          };
        }),
      },
    ],
  };
}

// The faults of an organisation as imported or changed: every place, with its path.
import type { Fault } from '../failure.ts';
import {
  INSTALLATION_ROLES,
  OFFICE_ROLES,
  TASK_FORCE_ROLES,
  UNIT_ROLES,
  seatOf,
  unitPlace,
  type Directory,
  type OrganisationFile,
  type Post,
  type TaskForce,
  type Unit,
} from './organisation.ts';
import { postKey, postsOf } from './organisation-import.ts';

/** The file's units, people and posts first, then the known ones. */
type Scope = {
  file: OrganisationFile;
  known: Directory;
  unit: (code: string) => Unit | undefined;
  hasTaskForce: (code: string) => boolean;
  hasPerson: (id: string) => boolean;
};

function scopeOf(file: OrganisationFile, known: Directory): Scope {
  const units = new Map(file.units.map((unit) => [unit.code, unit]));
  const forces = new Set(file.taskForces.map((force) => force.code));
  const people = new Set(file.people.map((person) => person.id));
  return {
    file,
    known,
    unit: (code) => units.get(code) ?? known.units.get(code),
    hasTaskForce: (code) => forces.has(code) || known.taskForces.has(code),
    hasPerson: (id) => people.has(id) || known.people.has(id),
  };
}

/** Everything given a second time, at the path of the second. */
function repeated<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
  pathOf: (value: T, index: number) => string,
): Fault[] {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  values.forEach((value, index) => {
    const key = keyOf(value);
    if (seen.has(key)) faults.push({ path: pathOf(value, index), code: 'REPEATED', params: { value: key } });
    seen.add(key);
  });
  return faults;
}

const unknownUnit = (scope: Scope, code: string | null | undefined, path: string): Fault[] =>
  code === null || code === undefined || scope.unit(code) !== undefined
    ? []
    : [{ path, code: 'UNKNOWN_UNIT', params: { value: code } }];

/** Units that are above themselves. */
function unitsInCircles(scope: Scope): ReadonlySet<string> {
  const circles = new Set<string>();
  const done = new Set<string>();
  for (const { code } of scope.file.units) {
    const chain = new Map<string, number>();
    let at: string | null | undefined = code;
    while (at !== null && at !== undefined && !done.has(at) && !chain.has(at)) {
      chain.set(at, chain.size);
      at = scope.unit(at)?.parent;
    }
    const start = at === null || at === undefined ? undefined : chain.get(at);
    for (const [member, position] of chain) {
      if (start !== undefined && position >= start) circles.add(member);
      done.add(member);
    }
  }
  return circles;
}

/** A known office that ceases to be one while posts or task forces depend on it. */
function kindFaults(scope: Scope, unit: Unit, path: string): Fault[] {
  const before = scope.known.units.get(unit.code);
  if (before?.kind !== 'office' || unit.kind === 'office') return [];
  const seats = scope.known.seatsByPlace.get(unitPlace(unit.code)) ?? [];
  const isServed = seats.some((seat) => OFFICE_ROLES.some((role) => role === seat.role));
  const isOffice = [...scope.known.taskForces.values()].some((force) => force.office === unit.code);
  return isServed || isOffice
    ? [{ path: `${path}.kind`, code: 'NOT_AN_OPTION', params: { options: 'office' } }]
    : [];
}

function unitFaults(scope: Scope): Fault[] {
  const circles = unitsInCircles(scope);
  return scope.file.units.flatMap((unit, index) => {
    const path = `units[${index}]`;
    const circle: Fault[] = circles.has(unit.code)
      ? [{ path: `${path}.parent`, code: 'OWN_ANCESTOR', params: { value: unit.code } }]
      : [];
    return [
      ...unknownUnit(scope, unit.parent, `${path}.parent`),
      ...circle,
      ...kindFaults(scope, unit, path),
    ];
  });
}

/** Two people cannot sign in under one name, be they in the file or already here. */
function loginFaults(scope: Scope): Fault[] {
  const { people } = scope.file;
  if (people.length === 0) return [];
  const inFile = new Set(people.map((person) => person.id));
  const taken = new Map(
    [...scope.known.people.values()]
      .filter((person) => !inFile.has(person.id))
      .map((person) => [person.login ?? person.id, person.id]),
  );
  const faults: Fault[] = [];
  people.forEach((person, index) => {
    const login = person.login ?? person.id;
    const by = taken.get(login);
    // The same person given twice is one fault, told elsewhere.
    if (by !== undefined && by !== person.id)
      faults.push({ path: `people[${index}].login`, code: 'REPEATED', params: { value: login } });
    taken.set(login, person.id);
  });
  return faults;
}

/** The roles a post's place has. */
function rolesOf(scope: Scope, post: Post): readonly string[] {
  if (post.unit !== undefined && post.taskForce !== undefined) return ['liaisonA', 'liaisonB'];
  if (post.taskForce !== undefined) return TASK_FORCE_ROLES;
  if (post.unit === undefined) return INSTALLATION_ROLES;
  return scope.unit(post.unit)?.kind === 'office' ? [...OFFICE_ROLES, ...UNIT_ROLES] : UNIT_ROLES;
}

function postFaults(scope: Scope, post: Post, path: string): Fault[] {
  const faults = unknownUnit(scope, post.unit, `${path}.unit`);
  if (post.taskForce !== undefined && !scope.hasTaskForce(post.taskForce))
    faults.push({ path: `${path}.taskForce`, code: 'UNKNOWN_TASK_FORCE', params: { value: post.taskForce } });
  if (!scope.hasPerson(post.person))
    faults.push({ path: `${path}.person`, code: 'UNKNOWN_PERSON', params: { value: post.person } });
  const roles = rolesOf(scope, post);
  // Which roles an unknown unit has is not known either.
  if (faults.length === 0 && !roles.includes(post.role))
    faults.push({ path: `${path}.role`, code: 'NOT_AN_OPTION', params: { options: roles.join(', ') } });
  const seat = seatOf(post);
  if (seat.from >= seat.to) faults.push({ path: `${path}.to`, code: 'INVALID' });
  return faults;
}

function taskForceFaults(scope: Scope, force: TaskForce, path: string): Fault[] {
  const office = scope.unit(force.office);
  const notOffice: Fault[] =
    office !== undefined && office.kind !== 'office'
      ? [{ path: `${path}.office`, code: 'NOT_AN_OPTION', params: { options: 'office' } }]
      : [];
  const memberPath = (_: string, index: number): string => `${path}.members[${index}]`;
  return [
    ...unknownUnit(scope, force.office, `${path}.office`),
    ...notOffice,
    ...unknownUnit(scope, force.leadUnit, `${path}.leadUnit`),
    ...force.members.flatMap((member, index) => unknownUnit(scope, member, memberPath(member, index))),
    ...repeated(force.members, (member) => member, memberPath),
  ];
}

/** All faults of a file, completed (organisation-import.ts), on top of what is known; none means it can be written. */
export function organisationFaults(file: OrganisationFile, known: Directory): Fault[] {
  const scope = scopeOf(file, known);
  const posts = postsOf(file);
  return [
    ...repeated(
      file.units,
      (unit) => unit.code,
      (_, index) => `units[${index}].code`,
    ),
    ...unitFaults(scope),
    ...repeated(
      file.people,
      (person) => person.id,
      (_, index) => `people[${index}].id`,
    ),
    ...file.people.flatMap((person, index) => unknownUnit(scope, person.unit, `people[${index}].unit`)),
    ...loginFaults(scope),
    ...repeated(
      file.taskForces,
      (force) => force.code,
      (_, index) => `taskForces[${index}].code`,
    ),
    ...file.taskForces.flatMap((force, index) => taskForceFaults(scope, force, `taskForces[${index}]`)),
    ...repeated(
      posts,
      ({ post }) => postKey(post),
      ({ path }) => path,
    ),
    ...posts.flatMap(({ post, path }) => postFaults(scope, post, path)),
  ];
}

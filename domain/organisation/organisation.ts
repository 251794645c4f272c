// The organisation: units, people, posts and task forces, and a directory of the people who hold each post.
import { z } from 'zod';
import { Code } from '../code.ts';
import { Instant } from '../instant-text.ts';
import { DAY_MS, toMillis, type Millis } from '../instant.ts';

const Name = z.string().trim().min(1).max(200);
/** A day or an instant from which, or until which, a post is held. */
const Moment = z.union([z.iso.date(), Instant]);

/** `superior` and `office` have a meaning here; department, street, town, community, village and others are groups. */
export const Unit = z.strictObject({
  code: Code,
  name: Name,
  kind: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,39}$/),
  parent: Code.nullish(),
  /** Its place among its siblings: small before large; units without `order` come last, as they were given. */
  order: z.int().min(0).max(1_000_000).nullish(),
});
export type Unit = z.infer<typeof Unit>;

export const Person = z.strictObject({
  id: Code,
  name: Name,
  unit: Code.nullish(),
  login: z.string().trim().min(1).max(100).optional(),
  phone: z.string().trim().max(40).nullish(),
  email: z.email().max(200).nullish(),
});
export type Person = z.infer<typeof Person>;

export const OFFICE_ROLES = ['director', 'deputy', 'staff'] as const;
export const TASK_FORCE_ROLES = ['leader', 'deputy', 'liaisonA', 'liaisonB'] as const;
export const UNIT_ROLES = ['leader', 'liaisonA', 'liaisonB'] as const;
export const INSTALLATION_ROLES = ['auditor', 'administrator'] as const;
export const Role = z.enum([...OFFICE_ROLES, 'leader', 'liaisonA', 'liaisonB', ...INSTALLATION_ROLES]);
export type Role = z.infer<typeof Role>;

/** A seat and who holds it. With both `unit` and `taskForce`: the unit's liaison for that task force only. With neither: a role of the installation. */
export const Post = z.strictObject({
  unit: Code.optional(),
  taskForce: Code.optional(),
  role: Role,
  person: Code,
  from: Moment.nullish(),
  to: Moment.nullish(),
});
export type Post = z.infer<typeof Post>;

export const TaskForcePost = Post.omit({ unit: true, taskForce: true });

export const TaskForce = z.strictObject({
  code: Code,
  name: Name,
  office: Code,
  leadUnit: Code.nullish(),
  members: z.array(Code).max(2000).default([]),
  established: z.iso.date().nullish(),
  sunset: z
    .strictObject({ date: z.iso.date().nullish(), condition: z.string().max(2000).nullish() })
    .nullish(),
  posts: z.array(TaskForcePost).max(200).default([]),
});
export type TaskForce = z.infer<typeof TaskForce>;

/** A whole district as imported and exported. */
export const OrganisationFile = z.strictObject({
  name: Name.optional(),
  units: z.array(Unit).max(50_000).default([]),
  people: z.array(Person).max(200_000).default([]),
  posts: z.array(Post).max(200_000).default([]),
  taskForces: z.array(TaskForce).max(5_000).default([]),
});
export type OrganisationFile = z.infer<typeof OrganisationFile>;

/** Who may hold an assignment, as one string: `unit/DD` or `taskForce/TF-ZY`. */
export type Place = `unit/${string}` | `taskForce/${string}`;
export const unitPlace = (code: string): Place => `unit/${code}`;
export const taskForcePlace = (code: string): Place => `taskForce/${code}`;
export const codeOf = (place: Place): string => place.slice(place.indexOf('/') + 1);
export const isTaskForce = (place: Place): boolean => place.startsWith('taskForce/');

/** A post as the directory keeps it: `only` is the task force a unit's liaison is named for. */
export type Seat = {
  place: Place | null;
  role: Role;
  person: string;
  only: string | null;
  from: Millis;
  to: Millis;
};

/** The organisation indexed for questions; immutable, replaced whole when `version` rises. */
export type Directory = {
  version: number;
  units: ReadonlyMap<string, Unit>;
  children: ReadonlyMap<string, readonly Unit[]>;
  taskForces: ReadonlyMap<string, TaskForce>;
  people: ReadonlyMap<string, Person>;
  seatsByPerson: ReadonlyMap<string, readonly Seat[]>;
  seatsByPlace: ReadonlyMap<string, readonly Seat[]>;
  /** Codes of the task forces a place leads. */
  ledBy: ReadonlyMap<string, readonly string[]>;
};

/** A day begins and ends at midnight in China (+08:00). */
const startOf = (moment: string): Millis =>
  moment.length === 10 ? toMillis(`${moment}T00:00:00+08:00`) : toMillis(moment);
const endOf = (moment: string): Millis =>
  moment.length === 10 ? startOf(moment) + DAY_MS : toMillis(moment);

export function seatOf(post: Post): Seat {
  let place: Place | null = null;
  if (post.unit !== undefined) place = unitPlace(post.unit);
  else if (post.taskForce !== undefined) place = taskForcePlace(post.taskForce);
  return {
    place,
    role: post.role,
    person: post.person,
    only: post.unit === undefined ? null : (post.taskForce ?? null),
    from: post.from ? startOf(post.from) : Number.NEGATIVE_INFINITY,
    to: post.to ? endOf(post.to) : Number.POSITIVE_INFINITY,
  };
}

const grouped = <K, V>(values: readonly V[], keyOf: (value: V) => K | null | undefined): Map<K, V[]> => {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === null || key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
};

const naturally = new Intl.Collator('en', { numeric: true });

/**
 * Units in the organisation's own order: by their `order`, those without one after them as they were given. Two with
 * the same one stand by name and code, with digits read as numbers.
 */
const inOwnOrder = (units: readonly Unit[]): Unit[] =>
  units.toSorted((a, b) => {
    if (a.order == null && b.order == null) return 0;
    const by = (a.order ?? Infinity) - (b.order ?? Infinity);
    return by || naturally.compare(a.name, b.name) || naturally.compare(a.code, b.code);
  });

function ledBy(taskForces: readonly TaskForce[]): Map<string, string[]> {
  const led = grouped(taskForces, ({ leadUnit }) => (leadUnit ? unitPlace(leadUnit) : null));
  return new Map([...led].map(([place, forces]) => [place, forces.map(({ code }) => code)]));
}

export function createDirectory(file: OrganisationFile, version: number): Directory {
  const seats = [
    ...file.posts.map(seatOf),
    ...file.taskForces.flatMap((force) =>
      force.posts.map((post) => seatOf({ ...post, taskForce: force.code })),
    ),
  ];
  return {
    version,
    units: new Map(file.units.map((unit) => [unit.code, unit])),
    children: grouped(inOwnOrder(file.units), (unit) => unit.parent),
    taskForces: new Map(file.taskForces.map((force) => [force.code, force])),
    people: new Map(file.people.map((person) => [person.id, person])),
    seatsByPerson: grouped(seats, (seat) => seat.person),
    seatsByPlace: grouped(seats, (seat) => seat.place),
    ledBy: ledBy(file.taskForces),
  };
}

const holds = (seat: Seat, at: Millis): boolean => seat.from <= at && at < seat.to;

/** The units of a task force, in the organisation's own order: those without an `order` as the task force lists them. */
export const membersOf = (directory: Directory, taskForce: string): Unit[] =>
  inOwnOrder(
    [...new Set(directory.taskForces.get(taskForce)?.members)].flatMap(
      (member) => directory.units.get(member) ?? [],
    ),
  );

/** Who sits in `role` at `place` at that moment, for work of `taskForce`; those named for that task force alone come first. */
export function occupants(
  directory: Directory,
  place: Place,
  role: Role,
  taskForce: string | null,
  at: Millis,
): string[] {
  const seats = (directory.seatsByPlace.get(place) ?? []).filter(
    (seat) => seat.role === role && holds(seat, at),
  );
  const named = seats.filter((seat) => seat.only !== null && seat.only === taskForce);
  const chosen = named.length > 0 ? named : seats.filter((seat) => seat.only === null);
  return [...new Set(chosen.map((seat) => seat.person))].sort();
}

/** Does this person act for `place` in work of `taskForce`? Any post of the place acts for it. */
export function actsFor(
  directory: Directory,
  person: string,
  place: Place,
  taskForce: string | null,
  at: Millis,
): boolean {
  const seats = directory.seatsByPerson.get(person) ?? [];
  return seats.some(
    (seat) => seat.place === place && holds(seat, at) && (seat.only === null || seat.only === taskForce),
  );
}

const LEADING: ReadonlySet<Role> = new Set<Role>(['leader', 'deputy', 'director']);

/** Is this person the head of the place, or the head's deputy? */
export function leads(directory: Directory, person: string, place: Place, at: Millis): boolean {
  const seats = directory.seatsByPerson.get(person) ?? [];
  return seats.some((seat) => seat.place === place && LEADING.has(seat.role) && holds(seat, at));
}

/** Does anybody head this place at that moment? */
export const isLed = (directory: Directory, place: Place, at: Millis): boolean =>
  (directory.seatsByPlace.get(place) ?? []).some((seat) => LEADING.has(seat.role) && holds(seat, at));

/** Does anybody act for this place in work of `taskForce` at that moment? */
export const isManned = (directory: Directory, place: Place, taskForce: string | null, at: Millis): boolean =>
  (directory.seatsByPlace.get(place) ?? []).some(
    (seat) => holds(seat, at) && (seat.only === null || seat.only === taskForce),
  );

export function hasRole(
  directory: Directory,
  person: string,
  role: 'auditor' | 'administrator',
  at: Millis,
): boolean {
  const seats = directory.seatsByPerson.get(person) ?? [];
  return seats.some((seat) => seat.place === null && seat.role === role && holds(seat, at));
}

/** Is the unit somewhere below one of these in the tree of units? None is below itself. */
export function isUnder({ units }: Directory, code: string, roots: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  let above = units.get(code)?.parent;
  while (above && !seen.has(above)) {
    if (roots.has(above)) return true;
    seen.add(above);
    above = units.get(above)?.parent;
  }
  return false;
}

/** Does this person hold any post at that moment? */
export const hasSeat = (directory: Directory, person: string, at: Millis): boolean =>
  (directory.seatsByPerson.get(person) ?? []).some((seat) => holds(seat, at));

/** Everybody who holds a post there at that moment. */
export const peopleAt = (directory: Directory, place: Place, at: Millis): string[] => [
  ...new Set(
    (directory.seatsByPlace.get(place) ?? []).flatMap((seat) => (holds(seat, at) ? [seat.person] : [])),
  ),
];

/** Codes of the offices this person acts for; a liaison named for one task force acts in that one's work, not for the office. */
export function officesOf(directory: Directory, person: string, at: Millis): string[] {
  const seats = directory.seatsByPerson.get(person) ?? [];
  return seats
    .filter((seat) => seat.place?.startsWith('unit/') && seat.only === null && holds(seat, at))
    .map((seat) => codeOf(seat.place as Place))
    .filter((code) => directory.units.get(code)?.kind === 'office');
}

/** Does this person serve an office, as its director, deputy or staff? */
export const servesOffice = (directory: Directory, person: string, at: Millis): boolean =>
  (directory.seatsByPerson.get(person) ?? []).some(
    ({ role, ...seat }) =>
      OFFICE_ROLES.some((each) => each === role) &&
      holds({ role, ...seat }, at) &&
      seat.place !== null &&
      !isTaskForce(seat.place),
  );

/** The name people read for a place; the code where the organisation no longer knows it. */
export function nameOf(directory: Directory, place: Place): string {
  const code = codeOf(place);
  return (
    (isTaskForce(place) ? directory.taskForces.get(code)?.name : directory.units.get(code)?.name) ?? code
  );
}

/** The name people read for a code where it may be a unit's or a task force's; the unit's where it is both. */
export const nameOfCode = (directory: Directory, code: string): string =>
  nameOf(directory, directory.units.has(code) ? unitPlace(code) : taskForcePlace(code));

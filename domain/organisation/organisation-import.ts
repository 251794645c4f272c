// The effect of an import on the present organisation: what it leaves out, creates, changes, finds the same.
import type { OrganisationFile, Person, Post, TaskForce, Unit } from './organisation.ts';

/** Posts have no code: the same seat, person and beginning is the same post; only its end can move. */
export const postKey = (post: Post): string =>
  [post.unit ?? '', post.taskForce ?? '', post.role, post.person, post.from ?? ''].join(' ');

/** All posts of a file, those inside task forces included, each with its path. */
export const postsOf = (file: OrganisationFile): { post: Post; path: string }[] => [
  ...file.posts.map((post, index) => ({ post, path: `posts[${index}]` })),
  ...file.taskForces.flatMap((force, forceIndex) =>
    force.posts.map((post, index) => ({
      post: { ...post, taskForce: force.code },
      path: `taskForces[${forceIndex}].posts[${index}]`,
    })),
  ),
];

/** The known entry with the file's entry laid over it: a field left out stays as it is, null clears it. */
const over = <T extends object>(known: T | undefined, said: T): T => ({ ...known, ...said });

/** Of the same post only the end can be left out. */
const withEnd = <T extends Pick<Post, 'to'>>(known: Post | undefined, said: T): T =>
  known?.to === undefined ? said : { to: known.to, ...said };

/**
 * The file with everything it leaves out filled in from the known organisation, in its own order, so that paths still hold.
 * A task force given without members keeps those it has: an import takes nothing away by silence.
 */
export function completeFile(file: OrganisationFile, known: OrganisationFile): OrganisationFile {
  const units = new Map(known.units.map((unit) => [unit.code, unit]));
  const people = new Map(known.people.map((person) => [person.id, person]));
  const forces = new Map(known.taskForces.map((force) => [force.code, force]));
  const posts = new Map(postsOf(known).map(({ post }) => [postKey(post), post]));
  return {
    ...file,
    units: file.units.map((unit) => over(units.get(unit.code), unit)),
    people: file.people.map((person) => ({ login: person.id, ...over(people.get(person.id), person) })),
    posts: file.posts.map((post) => withEnd(posts.get(postKey(post)), post)),
    taskForces: file.taskForces.map((force) => {
      const there = forces.get(force.code);
      const members = force.members.length > 0 ? force.members : (there?.members ?? []);
      const inline = force.posts.map((post) =>
        withEnd(posts.get(postKey({ ...post, taskForce: force.code })), post),
      );
      return { ...over(there, force), members, posts: inline };
    }),
  };
}

export type Changes<T> = { created: T[]; changed: T[]; same: number };
export type ImportPlan = {
  units: Changes<Unit>;
  people: Changes<Person>;
  posts: Changes<Post>;
  taskForces: Changes<TaskForce>;
};

/** Two entries are the same when all fields are equal; absent equals null. A flat list: 250,000 of them are compared. */
type Saying = readonly (string | null | undefined)[];

const unitSaying = (unit: Unit): Saying => [
  unit.name,
  unit.kind,
  unit.parent,
  unit.order == null ? null : String(unit.order),
];
const personSaying = (person: Person): Saying => [
  person.name,
  person.unit,
  person.login,
  person.phone,
  person.email,
];
const postSaying = (post: Post): Saying => [post.to];
const taskForceSaying = (force: TaskForce): Saying => [
  force.name,
  force.office,
  force.leadUnit,
  force.established,
  force.sunset?.date,
  force.sunset?.condition,
  ...force.members,
];

function compare<T>(
  said: readonly T[],
  known: readonly T[],
  keyOf: (value: T) => string,
  sayingOf: (value: T) => Saying,
): Changes<T> {
  const before = new Map(known.map((value) => [keyOf(value), sayingOf(value)]));
  const changes: Changes<T> = { created: [], changed: [], same: 0 };
  for (const value of said) {
    const old = before.get(keyOf(value));
    const now = sayingOf(value);
    if (old === undefined) changes.created.push(value);
    else if (old.length === now.length && old.every((part, index) => (part ?? null) === (now[index] ?? null)))
      changes.same += 1;
    else changes.changed.push(value);
  }
  return changes;
}

/** `file` as `completeFile` made it, without faults. */
export function planImport(file: OrganisationFile, known: OrganisationFile): ImportPlan {
  const allPosts = (from: OrganisationFile): Post[] => postsOf(from).map(({ post }) => post);
  return {
    units: compare(file.units, known.units, (unit) => unit.code, unitSaying),
    people: compare(file.people, known.people, (person) => person.id, personSaying),
    posts: compare(allPosts(file), allPosts(known), postKey, postSaying),
    taskForces: compare(file.taskForces, known.taskForces, (force) => force.code, taskForceSaying),
  };
}

export type ImportCounts = Record<keyof ImportPlan, { created: number; changed: number; same: number }>;

export function countsOf(plan: ImportPlan): ImportCounts {
  const count = (changes: Changes<unknown>): ImportCounts['units'] => ({
    created: changes.created.length,
    changed: changes.changed.length,
    same: changes.same,
  });
  return {
    units: count(plan.units),
    people: count(plan.people),
    posts: count(plan.posts),
    taskForces: count(plan.taskForces),
  };
}

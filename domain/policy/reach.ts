// The people behind a policy's targets: the posts named, as they are occupied at that moment, else those above.
import { issuerOf, placesUpward, type AssignmentStanding } from '../access/relation.ts';
import type { Millis } from '../instant.ts';
import {
  codeOf,
  isTaskForce,
  occupants,
  unitPlace,
  type Directory,
  type Place,
  type Role,
} from '../organisation/organisation.ts';
import type { Target } from './policy.ts';

/** The people a rung or reminder reaches now, and the place it passed to where the posts named were empty. */
export type Reached = { notified: string[]; passedTo?: Place };
/** `place` replaces the holder where another place is asked; `isRung`: it passes above where its posts are empty. */
export type Reach = (targets: readonly Target[], place?: Place, isRung?: boolean) => Reached;

/** In an office the director leads and the staff are the liaisons. */
const OFFICE_ROLES: Readonly<Record<string, Role[]>> = {
  leader: ['director', 'deputy'],
  liaisonA: ['staff'],
  liaisonB: ['staff'],
};

/** The people in that role there at that moment; an office’s staff are its liaisons. */
export function seated(
  directory: Directory,
  place: Place,
  role: string,
  taskForce: string,
  at: Millis,
): string[] {
  const isOffice = !isTaskForce(place) && directory.units.get(codeOf(place))?.kind === 'office';
  const roles: Role[] = isOffice ? (OFFICE_ROLES[role] ?? [role as Role]) : [role as Role];
  return roles.flatMap((each) => occupants(directory, place, each, taskForce, at));
}

/** The people of a place, its liaisons first: a notice reaches them when the post named is empty. */
function anyoneOf(directory: Directory, place: Place, taskForce: string, at: Millis): string[] {
  for (const role of ['liaisonA', 'liaisonB', 'leader', 'deputy', 'director']) {
    const people = seated(directory, place, role, taskForce, at);
    if (people.length > 0) return people;
  }
  return [];
}

/**
 * The people behind a rung's or a reminder's targets. Where all posts named are empty it passes to other people
 * there, or to the next place above in the tree with a person in post, and names that place. A rung (`isRung`) fires
 * because the place itself has not answered: it passes above at once, and stays only where all places above are empty.
 */
export function reach(
  directory: Directory,
  standing: AssignmentStanding,
  targets: readonly Target[],
  at: Millis,
  isRung = false,
): Reached {
  const office = unitPlace(standing.office);
  const places: Record<string, Place> = { unit: standing.holder, issuer: issuerOf(standing), office };
  const people = new Set<string>();
  for (const target of targets) {
    const [whose = '', role = ''] = target.split('.');
    const place = places[whose];
    if (place)
      for (const person of seated(directory, place, role, standing.taskForce, at)) people.add(person);
  }
  if (people.size > 0) return { notified: [...people].sort() };
  // No person there: from the lowest place named upward, ending at the office.
  const isOfUnit = targets.some((target) => target.startsWith('unit.'));
  const upward = isOfUnit ? placesUpward(standing) : placesUpward(standing).slice(1);
  const [named, ...above] = upward;
  for (const place of isRung && named ? [...above, named] : upward) {
    const found = anyoneOf(directory, place, standing.taskForce, at);
    if (found.length > 0) return { notified: found, passedTo: place };
  }
  return { notified: [] };
}

// Who reads the sensitive values of a report in clear: the people of its holder, and those of its direct issuer.
import { levelOf, taskForceOf } from '../code.ts';
import type { Millis } from '../instant.ts';
import { actsFor, unitPlace, type Directory, type Place } from '../organisation/organisation.ts';
import type { Relation } from './relation.ts';

/** Of one assignment's own reports. The office, a superior, auditors and administrators are only that if they issued it. */
export const readsSensitive = ({ holder, issuer }: Pick<Relation, 'holder' | 'issuer'>): boolean =>
  holder || issuer;

/**
 * The same rule for all reports of a directive at once, as plain data for a thread: the assignments the reader holds, and
 * whether the reader acts for the office that issues those of the task forces, in work of which ones.
 */
export type SensitiveSight = { held: readonly string[]; office: 'all' | readonly string[] };

export const SEES_NO_SENSITIVE: SensitiveSight = { held: [], office: [] };

/** `held`: assignments of the directive with their holders, at least those whose holders are places of the reader. */
export function sensitiveSightOf(
  directory: Directory,
  person: string,
  about: { office: string; held: readonly { id: string; holder: Place; taskForce: string }[] },
  at: Millis,
): SensitiveSight {
  const office = unitPlace(about.office);
  const isOffice = (taskForce: string | null): boolean => actsFor(directory, person, office, taskForce, at);
  return {
    held: about.held.flatMap(({ id, holder, taskForce }) =>
      actsFor(directory, person, holder, taskForce, at) ? [id] : [],
    ),
    office: isOffice(null) ? 'all' : [...directory.taskForces.keys()].filter(isOffice),
  };
}

/** Are the sensitive values of this assignment's report clear to the reader? */
export function clearTo({ held, office }: SensitiveSight): (assignment: string) => boolean {
  const own = new Set(held);
  return (assignment) => {
    if (own.has(assignment)) return true;
    const above = assignment.slice(0, assignment.lastIndexOf('.'));
    if (levelOf(assignment) > 1) return own.has(above);
    return office === 'all' || office.includes(taskForceOf(assignment));
  };
}

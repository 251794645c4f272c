// Who may see an assignment and what each person is to it (api.md §3): decided here, at the door and again in `decide`.
import type { Millis } from './instant.ts';
import { actsFor, hasRole, unitPlace, type Directory, type Place } from './organisation.ts';

/** Where an assignment stands: its holder, the holders above it (top first), the directive's office, its task force. */
export type Standing = {
  holder: Place;
  above: readonly Place[];
  office: string;
  taskForce: string;
};

/** What a person is to an assignment at one moment. */
export type Relation = {
  holder: boolean;
  issuer: boolean;
  office: boolean;
  sees: boolean;
};

/** Who acts: the person, and the token used, if any. */
export type Actor = { person: string; token: string | null; madeBy: string | null };

/** Who the issuer is: whoever holds the assignment above, or the office for a task force's. */
export const issuerOf = (standing: Standing): Place => standing.above.at(-1) ?? unitPlace(standing.office);

export function relate(directory: Directory, person: string, standing: Standing, at: Millis): Relation {
  const is = (place: Place): boolean => actsFor(directory, person, place, standing.taskForce, at);
  const holder = is(standing.holder);
  const issuer = is(issuerOf(standing));
  const office = is(unitPlace(standing.office));
  const sees =
    holder ||
    issuer ||
    office ||
    standing.above.some(is) ||
    hasRole(directory, person, 'auditor', at) ||
    hasRole(directory, person, 'administrator', at);
  return { holder, issuer, office, sees };
}

/** Reads every directive: auditors verify, the administrator keeps the installation. */
export const readsAll = (directory: Directory, person: string, at: Millis): boolean =>
  hasRole(directory, person, 'auditor', at) || hasRole(directory, person, 'administrator', at);

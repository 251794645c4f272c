// What each person is to an assignment (api.md §3): asked at the door, in `decide`, and by the rule who sees what.
import type { Millis } from '../instant.ts';
import {
  actsFor,
  leads,
  taskForcePlace,
  unitPlace,
  type Directory,
  type Place,
} from '../organisation/organisation.ts';
import { readsAll } from './seating.ts';

/** Where an assignment stands: its holder, the holders above it (top first), the directive's office, its task force. */
export type AssignmentStanding = {
  holder: Place;
  above: readonly Place[];
  office: string;
  taskForce: string;
  /** Who has been asked to take it over. */
  target: Place | null;
  /** Who may see its merged result besides. */
  shared: readonly Place[];
};

/** What a person is to an assignment at one moment. */
export type Relation = {
  holder: boolean;
  /** Of the holder's people, the one who signs. */
  leader: boolean;
  /** Of the unit that leads the task force which holds it. */
  lead: boolean;
  issuer: boolean;
  /** On any level above it, the office included. */
  above: boolean;
  /** Of those asked to take it over. */
  target: boolean;
  office: boolean;
  sees: boolean;
  /** Sees its merged result and nothing else of it. */
  seesResult: boolean;
};

/** Who acts: the person, and the token used, if any. */
export type Actor = { person: string; token: string | null; madeBy: string | null };

/** The issuer: the holder of the assignment above, or the office for a task force's. */
export const issuerOf = (standing: AssignmentStanding): Place =>
  standing.above.at(-1) ?? unitPlace(standing.office);

/** The places from its holder upward, the office last. */
export const placesUpward = ({ holder, above, office }: AssignmentStanding): Place[] => [
  holder,
  ...above.toReversed(),
  unitPlace(office),
];

export function relate(
  directory: Directory,
  person: string,
  standing: AssignmentStanding,
  at: Millis,
): Relation {
  const is = (place: Place): boolean => actsFor(directory, person, place, standing.taskForce, at);
  const holder = is(standing.holder);
  const issuer = is(issuerOf(standing));
  const office = is(unitPlace(standing.office));
  const target = standing.target !== null && is(standing.target);
  const above = office || standing.above.some(is);
  const lead = leadUnitsOf(directory, standing).some(is);
  const sees = holder || above || target || lead || readsAll(directory, person, at);
  return {
    holder,
    leader: holder && leads(directory, person, standing.holder, at),
    lead,
    issuer,
    above,
    target,
    office,
    sees,
    seesResult: !sees && standing.shared.some(is),
  };
}

/** The lead unit of the task force that holds it; a unit's assignment has none. */
export function leadUnitsOf(directory: Directory, { holder, taskForce }: AssignmentStanding): Place[] {
  const unit = directory.taskForces.get(taskForce)?.leadUnit;
  return holder === taskForcePlace(taskForce) && unit ? [unitPlace(unit)] : [];
}

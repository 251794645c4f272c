// The giver of parts and the units that may take one: those below it in the organisation, none beside or above it.
import {
  codeOf,
  isTaskForce,
  isUnder,
  unitPlace,
  type Directory,
  type Place,
} from '../organisation/organisation.ts';

/** The units of `own` may take a part; of `roots` all units below them may. */
export type Giver = { place: Place; own: ReadonlySet<string>; roots: ReadonlySet<string> };

const NO_PEOPLE: ReadonlySet<string> = new Set();

/** A unit gives to the units below it, never to itself. */
export const belowUnit = (code: string): Giver => ({
  place: unitPlace(code),
  own: NO_PEOPLE,
  roots: new Set([code]),
});

/**
 * The holder of an assignment, by transfer too. A task force gives to its members, its lead unit and the units the
 * office has put below it (`taken`, though no members), and to all units below these.
 */
export function giverOf(directory: Directory, holder: Place, taken: readonly string[]): Giver {
  const code = codeOf(holder);
  if (!isTaskForce(holder)) return belowUnit(code);
  const force = directory.taskForces.get(code);
  const units = new Set([...(force?.members ?? []), ...(force?.leadUnit ? [force.leadUnit] : []), ...taken]);
  return { place: holder, own: units, roots: units };
}

export const takesFrom = (directory: Directory, code: string, { own, roots }: Giver): boolean =>
  own.has(code) || isUnder(directory, code, roots);

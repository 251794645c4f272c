// A place as a command names it: by its unit, its task force, or by a bare code.
import { taskForcePlace, unitPlace, type Directory, type Place } from '../organisation/organisation.ts';

type Named = { unit?: string | undefined; taskForce?: string | undefined };

/** Null where it names none, or two. A bare code is a unit's where there is one, else a task force's. */
export function placeOf(named: Named): Place | null;
export function placeOf(named: Named | string, directory: Directory): Place | null;
export function placeOf(named: Named | string, directory?: Directory): Place | null {
  if (typeof named === 'string')
    return directory?.units.has(named) || !directory?.taskForces.has(named)
      ? unitPlace(named)
      : taskForcePlace(named);
  const { unit, taskForce } = named;
  if (unit !== undefined) return taskForce === undefined ? unitPlace(unit) : null;
  return taskForce === undefined ? null : taskForcePlace(taskForce);
}

// Warnings about the receivers of a directive: no person in post, no member of the task force, a task force at its end.
import { dayOf, dayOfDate } from '../calendar/day.ts';
import { levelOf } from '../code.ts';
import type { Millis } from '../instant.ts';
import {
  isManned,
  nameOf,
  taskForcePlace,
  unitPlace,
  type Directory,
  type TaskForce,
} from '../organisation/organisation.ts';

/** A planned assignment, as far as it matters here; `unit` null for the task force's own. */
type Addressee = {
  id: string;
  taskForce: string;
  unit: string | null;
  dueAt: Millis;
  children: readonly Addressee[];
};

export type AddresseeWarning = {
  /**
   * NOBODY_SITS: no post of the unit or task force is held. NOT_A_MEMBER: the task force has no such member, nor is the
   * unit below one. TASK_FORCE_ENDED: its last day is over by the due time. ADDRESSEES_MORE: the number of warnings not listed.
   */
  code: 'NOBODY_SITS' | 'NOT_A_MEMBER' | 'TASK_FORCE_ENDED' | 'ADDRESSEES_MORE';
  /** The planned assignment. */
  path?: string;
  params: Record<string, string | number>;
};

/** Warnings beyond these say nothing new: they are counted. */
const MAX_WARNINGS = 100;

export function warningsOfAddressees(
  roots: readonly Addressee[],
  directory: Directory,
  at: Millis,
): AddresseeWarning[] {
  const warnings: AddresseeWarning[] = [];
  let more = 0;
  const warn = (warning: AddresseeWarning): void => {
    if (warnings.length < MAX_WARNINGS) warnings.push(warning);
    else more += 1;
  };
  const walk = (addressee: Addressee): void => {
    const { id: path, taskForce, unit, dueAt, children } = addressee;
    const place = unit === null ? taskForcePlace(taskForce) : unitPlace(unit);
    const force = directory.taskForces.get(taskForce);
    const params = {
      ...(unit === null ? {} : { unit }),
      unitName: nameOf(directory, place),
      taskForce,
      taskForceName: nameOf(directory, taskForcePlace(taskForce)),
    };
    const endedOn = unit === null ? force?.sunset?.date : null;
    if (endedOn != null && dayOfDate(endedOn) < dayOf(dueAt))
      warn({ code: 'TASK_FORCE_ENDED', path, params: { ...params, endedOn } });
    if (!isManned(directory, place, taskForce, at)) warn({ code: 'NOBODY_SITS', path, params });
    // Further down a unit has its part from the unit above it; membership does not matter there.
    if (unit !== null && levelOf(path) === 2 && force && !isBelowMember(directory, force, unit))
      warn({ code: 'NOT_A_MEMBER', path, params });
    children.forEach(walk);
  };
  roots.forEach(walk);
  return more === 0 ? warnings : [...warnings, { code: 'ADDRESSEES_MORE', params: { count: more } }];
}

function isBelowMember(directory: Directory, { members }: TaskForce, unit: string): boolean {
  const seen = new Set<string>();
  for (let code: string | null | undefined = unit; code != null && !seen.has(code);) {
    if (members.includes(code)) return true;
    seen.add(code);
    code = directory.units.get(code)?.parent;
  }
  return false;
}

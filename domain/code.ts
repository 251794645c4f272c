// The names people choose, and the path that names an assignment.
import { z } from 'zod';

/** A code chosen by people: unit, task force, item key, person, directive (api.md §2). */
export const Code = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'A-Z a-z 0-9 _ - , 1 to 40');
export type Code = z.infer<typeof Code>;

/** Longest id of an assignment, in bytes; Temporal workflow ids and index keys stay small (design.md §8). */
export const MAX_ID_BYTES = 240;
/** Levels of assignments below a directive (design.md §8). */
export const MAX_DEPTH = 12;

export const childId = (parent: string, code: string): string => `${parent}.${code}`;

/** Level of an assignment: 1 is a task force's (`directive.item.taskForce`). */
export const levelOf = (assignment: string): number => assignment.split('.').length - 2;

/** Code of the task force an assignment was issued under. */
export const taskForceOf = (assignment: string): string => assignment.split('.')[2] ?? '';

/** Ids of the assignments above, top first; a task force's assignment has none. */
export function ancestorsOf(assignment: string): string[] {
  const parts = assignment.split('.');
  const above: string[] = [];
  for (let length = 3; length < parts.length; length += 1) above.push(parts.slice(0, length).join('.'));
  return above;
}

export const isBelow = (assignment: string, node: string): boolean => assignment.startsWith(`${node}.`);

/** The directive an assignment's id begins with; null where it is no id of an assignment. */
export function directiveOfId(id: string): string | null {
  const parts = id.split('.');
  const isPath =
    id.length <= MAX_ID_BYTES && parts.length >= 3 && parts.every((part) => Code.safeParse(part).success);
  return isPath ? (parts[0] ?? null) : null;
}

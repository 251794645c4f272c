// Places found by a reader's search words: the name or code of a unit or task force, or the name of a person with a post there.
import { comparable } from '../comparable.ts';
import type { Millis } from '../instant.ts';
import { taskForcePlace, unitPlace, type Directory, type Place } from './organisation.ts';

/** Words that name more places than this name none in particular. */
export const MAX_NAMED = 500;

const folded = (text: string): string => comparable(text).toLowerCase();

/** At most `MAX_NAMED` of them, in the order they were told. Posts are those of that moment. */
export function placesNamed(directory: Directory, q: string, now: Millis): Place[] {
  const sought = folded(q);
  const has = (...texts: (string | undefined)[]): boolean =>
    texts.some((text) => text !== undefined && folded(text).includes(sought));
  const places = new Set<Place>();
  for (const { code, name } of directory.units.values()) if (has(code, name)) places.add(unitPlace(code));
  for (const { code, name } of directory.taskForces.values())
    if (has(code, name)) places.add(taskForcePlace(code));
  for (const person of directory.people.values()) {
    if (!has(person.name, person.id)) continue;
    for (const seat of directory.seatsByPerson.get(person.id) ?? [])
      if (seat.place !== null && seat.from <= now && now < seat.to) places.add(seat.place);
  }
  return [...places].slice(0, MAX_NAMED);
}

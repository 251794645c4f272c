// Whose telephone and mail a person reads in clear: their own, and those of the people they work with.
import { maskedMail, maskedPhone } from '../form/masking.ts';
import type { Millis } from '../instant.ts';
import {
  hasRole,
  taskForcePlace,
  unitPlace,
  type Directory,
  type Place,
  type Seat,
} from '../organisation/organisation.ts';
import type { ReadingSeats } from './seating.ts';

/** `all`: an administrator keeps the list of people. An auditor does not: records are verified without a telephone. */
export type ContactSight = { person: string; all: boolean; places: ReadonlySet<Place> };

const heldNow = ({ from, to }: Seat, at: Millis): boolean => from <= at && at < to;

/** The places whose posts a person holds. */
export const placesHeld = (directory: Directory, person: string, at: Millis): Place[] =>
  (directory.seatsByPerson.get(person) ?? []).flatMap((seat) =>
    seat.place !== null && heldNow(seat, at) ? [seat.place] : [],
  );

/**
 * What the organisation says of the places a person works with: the person's own; the unit above each and those below it;
 * and of each task force they belong to its own posts, its office, its lead unit and its members. What open assignments
 * add is looked up for a whole page (db/queries/contact.ts).
 */
export function contactSightOf(
  directory: Directory,
  person: string,
  { seats }: Pick<ReadingSeats, 'seats'>,
  at: Millis,
): ContactSight {
  const places = new Set<Place>(seats.map(({ place }) => place));
  const own = new Set(seats.flatMap(({ place, only }) => (only === null ? [place] : [])));
  for (const { place } of seats) {
    const code = place.startsWith('unit/') ? place.slice('unit/'.length) : null;
    const parent = code === null ? null : directory.units.get(code)?.parent;
    if (parent) places.add(unitPlace(parent));
    for (const child of code === null ? [] : (directory.children.get(code) ?? []))
      places.add(unitPlace(child.code));
  }
  for (const { code, office, leadUnit, members } of directory.taskForces.values()) {
    const units = [office, ...(leadUnit ? [leadUnit] : []), ...members].map(unitPlace);
    const isIn =
      own.has(taskForcePlace(code)) ||
      units.some((place) => own.has(place)) ||
      seats.some(({ only }) => only === code);
    if (isIn) for (const place of [taskForcePlace(code), ...units]) places.add(place);
  }
  return { person, all: hasRole(directory, person, 'administrator', at), places };
}

type Reachable = { id: string; phone: string | null; email: string | null };

/** `held`: the places whose posts that person holds. */
export const isContactClear = (sight: ContactSight, id: string, held: readonly Place[]): boolean =>
  sight.all || sight.person === id || held.some((place) => sight.places.has(place));

/** A person as others see them who do not work with them. */
export const withMaskedContacts = <P extends Reachable>(person: P): P => ({
  ...person,
  phone: person.phone === null ? null : maskedPhone(person.phone),
  email: person.email === null ? null : maskedMail(person.email),
});

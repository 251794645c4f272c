// The seats a person holds at one moment, and what reading goes by: those seats, the task forces led, and reading all.
import type { Millis } from '../instant.ts';
import { hasRole, taskForcePlace, type Directory, type Place } from '../organisation/organisation.ts';

/** A place a person acts for; with `only`, in work of that task force alone. */
export type HeldSeat = { place: Place; only: string | null };

function heldBy(directory: Directory, person: string, at: Millis): HeldSeat[] {
  return (directory.seatsByPerson.get(person) ?? []).flatMap((seat) =>
    seat.place !== null && seat.from <= at && at < seat.to ? [{ place: seat.place, only: seat.only }] : [],
  );
}

/** Reads every directive: auditors verify, the administrator keeps the installation. */
export const readsAll = (directory: Directory, person: string, at: Millis): boolean =>
  hasRole(directory, person, 'auditor', at) || hasRole(directory, person, 'administrator', at);

/** All that decides at one moment what a person may read; lists hand it to PostgreSQL whole (db/queries/sight.ts). */
export type ReadingSeats = {
  readsAll: boolean;
  seats: readonly HeldSeat[];
  /** Task forces led by a unit this person acts for in their work. */
  led: readonly string[];
};

export function readingSeatsOf(directory: Directory, person: string, at: Millis): ReadingSeats {
  const seats = heldBy(directory, person, at);
  const led = seats.flatMap(({ place, only }) =>
    (directory.ledBy.get(place) ?? []).filter((taskForce) => only === null || only === taskForce),
  );
  return { readsAll: readsAll(directory, person, at), seats, led: [...new Set(led)] };
}

/** The places by which what is read of can be found: those held, and the task forces led. */
export const placesRead = ({ seats, led }: Pick<ReadingSeats, 'seats' | 'led'>): Place[] => [
  ...new Set([...seats.map(({ place }) => place), ...led.map(taskForcePlace)]),
];

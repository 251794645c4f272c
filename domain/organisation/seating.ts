// The seats a person holds at one moment: what queries ask the assignments' holders against.
import type { Millis } from '../instant.ts';
import type { Directory, Place } from './organisation.ts';

/** A place a person acts for; with `only`, in work of that task force alone. */
export type Held = { place: Place; only: string | null };

export function heldBy(directory: Directory, person: string, at: Millis): Held[] {
  return (directory.seatsByPerson.get(person) ?? []).flatMap((seat) =>
    seat.place !== null && seat.from <= at && at < seat.to ? [{ place: seat.place, only: seat.only }] : [],
  );
}

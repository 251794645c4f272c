// Finds the listeners who may hear of each entry of the stream, for many entries and many listeners at once.
import type { Db } from '../db/pool.ts';
import { findDirectiveFacts, findStandings } from '../db/queries/sight-facts.ts';
import type { StreamEntry } from '../db/queries/stream.ts';
import type { AssignmentStanding } from '../domain/access/relation.ts';
import { placesRead, type HeldSeat, type ReadingSeats } from '../domain/access/seating.ts';
import type { DirectiveFacts } from '../domain/access/sight.ts';
import type { Millis } from '../domain/instant.ts';
import { unitPlace, type Directory, type Place } from '../domain/organisation/organisation.ts';
import { isAssignmentSeen, placesThatSee, readingOf, sightBy, type Viewer } from './gate.ts';

export type Audience<L> = (entry: StreamEntry) => readonly L[];

type Asked<L> = { db: Db; directory: Directory; now: Millis; listeners: readonly L[] };

/** Listeners by the places they hold: we ask only about these. `led`: task forces that their units lead. */
type Held<L> = {
  everything: L[];
  byPlace: Map<Place, L[]>;
  byPerson: Map<string, L[]>;
  reading: Pick<ReadingSeats, 'seats' | 'led'>;
};

function holdings<L extends { person: string }>({ directory, now, listeners }: Asked<L>): Held<L> {
  const held = { everything: [] as L[], byPlace: new Map<Place, L[]>(), byPerson: new Map<string, L[]>() };
  const seats = new Map<string, HeldSeat>();
  const led = new Set<string>();
  const add = <K>(groups: Map<K, L[]>, key: K, listener: L): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  };
  for (const listener of listeners) {
    add(held.byPerson, listener.person, listener);
    const reading = readingOf({ directory, person: listener.person, now });
    if (reading.readsAll) held.everything.push(listener);
    for (const place of placesRead(reading)) add(held.byPlace, place, listener);
    for (const seat of reading.seats) seats.set(`${seat.place} ${seat.only ?? ''}`, seat);
    for (const taskForce of reading.led) led.add(taskForce);
  }
  return { ...held, reading: { seats: [...seats.values()], led: [...led] } };
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/** Reads all it needs in two statements, and then answers from memory. */
export async function audienceOf<L extends { person: string }>(
  entries: readonly StreamEntry[],
  asked: Asked<L>,
): Promise<Audience<L>> {
  const { db, directory, now } = asked;
  const held = holdings(asked);
  const events = entries.flatMap((entry) => (entry.kind === 'event' ? [entry.row] : []));
  const assignments = distinct(events.map((event) => event.assignment));
  const directives = distinct(events.map((event) => (event.assignment === null ? event.directive : null)));
  const standings =
    assignments.length === 0 ? new Map<string, AssignmentStanding>() : await findStandings(db, assignments);
  const facts =
    directives.length === 0
      ? new Map<string, DirectiveFacts>()
      : await findDirectiveFacts(db, directives, held.reading);

  const among = (places: readonly Place[], sees: (viewer: Viewer) => boolean): L[] => {
    const candidates = new Set(places.flatMap((place) => held.byPlace.get(place) ?? []));
    const seeing = [...candidates].filter(({ person }) => sees({ directory, person, now }));
    return [...new Set([...held.everything, ...seeing])];
  };
  const seeAssignment = (id: string): L[] => {
    const standing = standings.get(id);
    if (standing === undefined) return held.everything;
    return among(placesThatSee(directory, standing), (viewer) => isAssignmentSeen(viewer, standing));
  };
  /** A directive's superior reads events of the directive as a whole as hand-ups, not in its log. */
  const seeDirective = (id: string): L[] => {
    const found = facts.get(id);
    if (found === undefined) return held.everything;
    const places = found.parts.flatMap(({ holder, target }) => [
      holder,
      ...(target === null ? [] : [target]),
    ]);
    return among([unitPlace(found.office), ...places], (viewer) => {
      const { kind } = sightBy(viewer, found);
      return kind === 'whole' || kind === 'part';
    });
  };

  const known = new Map<string, L[]>();
  return (entry) => {
    if (entry.kind === 'notification') return held.byPerson.get(entry.row.person) ?? [];
    const { assignment, directive } = entry.row;
    const key = assignment ?? directive;
    const found =
      known.get(key) ?? (assignment === null ? seeDirective(directive) : seeAssignment(assignment));
    known.set(key, found);
    return found;
  };
}

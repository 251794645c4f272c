// Who of those listening may hear of what happened, for many entries and many listeners at once.
import type { Db } from '../../db/pool.ts';
import { findDirectiveHolders, findStandings, type DirectiveHolders } from '../../db/queries/access.ts';
import type { Entry } from '../../db/queries/stream.ts';
import { leadUnitsOf, readsAll, relate, type Standing } from '../../domain/assignment/access.ts';
import type { Millis } from '../../domain/instant.ts';
import { actsFor, unitPlace, type Directory, type Place } from '../../domain/organisation/organisation.ts';
import { heldBy } from '../../domain/organisation/seating.ts';

export type Audience<L> = (entry: Entry) => readonly L[];

type Asked<L> = { db: Db; directory: Directory; now: Millis; listeners: readonly L[] };

/** Those listening, by what they hold: only they need be asked about. */
type Held<L> = { everything: L[]; byPlace: Map<Place, L[]>; byPerson: Map<string, L[]> };

function holdings<L extends { person: string }>({ directory, now, listeners }: Asked<L>): Held<L> {
  const held: Held<L> = { everything: [], byPlace: new Map(), byPerson: new Map() };
  const add = <K>(groups: Map<K, L[]>, key: K, listener: L): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  };
  for (const listener of listeners) {
    add(held.byPerson, listener.person, listener);
    if (readsAll(directory, listener.person, now)) held.everything.push(listener);
    for (const { place } of heldBy(directory, listener.person, now)) add(held.byPlace, place, listener);
  }
  return held;
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/** Reads what it needs to know in two statements, and then answers from memory. */
export async function audienceOf<L extends { person: string }>(
  entries: readonly Entry[],
  asked: Asked<L>,
): Promise<Audience<L>> {
  const { db, directory, now } = asked;
  const held = holdings(asked);
  const events = entries.flatMap((entry) => (entry.kind === 'event' ? [entry.row] : []));
  const assignments = distinct(events.map((event) => event.assignment));
  const directives = distinct(events.map((event) => (event.assignment === null ? event.directive : null)));
  const standings =
    assignments.length === 0 ? new Map<string, Standing>() : await findStandings(db, assignments);
  const holders =
    directives.length === 0
      ? new Map<string, DirectiveHolders>()
      : await findDirectiveHolders(db, directives, [...held.byPlace.keys()]);

  const among = (places: readonly Place[], sees: (listener: L) => boolean): L[] => {
    const candidates = new Set(places.flatMap((place) => held.byPlace.get(place) ?? []));
    return [...new Set([...held.everything, ...[...candidates].filter(sees)])];
  };
  const seeAssignment = (id: string): L[] => {
    const standing = standings.get(id);
    if (standing === undefined) return held.everything;
    const asked = standing.target === null ? [] : [standing.target];
    const leading = leadUnitsOf(directory, standing);
    const places = [standing.holder, ...asked, ...leading, ...standing.above, unitPlace(standing.office)];
    return among(places, ({ person }) => relate(directory, person, standing, now).sees);
  };
  const seeDirective = (id: string): L[] => {
    const found = holders.get(id);
    if (found === undefined) return held.everything;
    const office = unitPlace(found.office);
    return among([office, ...found.holders.map(({ place }) => place)], ({ person }) => {
      const holds = found.holders.some(({ place, taskForce }) =>
        actsFor(directory, person, place, taskForce, now),
      );
      return holds || actsFor(directory, person, office, null, now);
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

// People's telephones and mail addresses as one reader may know them: those of a page are judged with one look at the record.
import { listWorkedWith } from '../db/queries/contact.ts';
import type { Db } from '../db/pool.ts';
import { contactSightOf, isContactClear, placesHeld, withMaskedContacts } from '../domain/access/contacts.ts';
import { readingOf, type Viewer } from './gate.ts';

type Reachable = { id: string; phone: string | null; email: string | null };

/** The same people in the same order. */
export async function seenPeople<P extends Reachable>(
  db: Db,
  viewer: Viewer,
  people: readonly P[],
): Promise<P[]> {
  const { directory, person, now } = viewer;
  const reading = readingOf(viewer);
  const sight = contactSightOf(directory, person, reading, now);
  const held = new Map(people.map(({ id }) => [id, placesHeld(directory, id, now)]));
  const of = (id: string): ReturnType<typeof placesHeld> => held.get(id) ?? [];
  const rest = people.filter(({ id }) => !isContactClear(sight, id, of(id)));
  const asked = new Set(rest.flatMap(({ id }) => of(id)));
  const worked = new Set(await listWorkedWith(db, reading, [...asked]));
  const masked = new Set(
    rest.filter(({ id }) => !of(id).some((place) => worked.has(place))).map(({ id }) => id),
  );
  return people.map((each) => (masked.has(each.id) ? withMaskedContacts(each) : each));
}

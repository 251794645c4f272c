// Has a person left? The organisation knows it by their posts: all of them have ended.
import type { Millis } from '../instant.ts';
import type { Directory } from './organisation.ts';

/**
 * True where there were posts and none is held now or later. A person who never had a post has not left: such people
 * are entered before their posts are, and services act as them.
 */
export function hasLeft({ seatsByPerson }: Directory, person: string, at: Millis): boolean {
  const seats = seatsByPerson.get(person) ?? [];
  return seats.length > 0 && seats.every(({ to }) => to <= at);
}

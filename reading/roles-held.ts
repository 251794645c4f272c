// The posts a person holds now, with the names of their places, and the screen they land on.
import type { Db } from '../db/pool.ts';
import type { PostRow } from '../db/queries/organisation-list.ts';
import { findWorkAt, type WorkAtPlace } from '../db/queries/work-of-places.ts';
import { DAY_MS } from '../domain/instant.ts';
import { landingOf, type Landing, type PostAtWork } from '../domain/access/landing.ts';
import {
  codeOf,
  isTaskForce,
  nameOf,
  seatOf,
  taskForcePlace,
  type Directory,
  type Place,
  type Role,
  type Seat,
} from '../domain/organisation/organisation.ts';
import type { Viewer } from './gate.ts';

export type RoleHeld = {
  post: string;
  place: { code: string; name: string; kind: string } | null;
  /** Of a unit's liaison named for one task force only. */
  taskForce: { code: string; name: string } | null;
  role: Role;
};

type Held = { post: string; seat: Seat };

const heldNow = (posts: readonly PostRow[], now: number): Held[] =>
  posts.flatMap(({ id, unit, taskForce, role, person, from, to }) => {
    const seat = seatOf({
      role,
      person,
      from,
      to,
      ...(unit === null ? {} : { unit }),
      ...(taskForce === null ? {} : { taskForce }),
    });
    return seat.from <= now && now < seat.to ? [{ post: id, seat }] : [];
  });

const kindOf = ({ units }: Directory, place: Place): string =>
  isTaskForce(place) ? 'taskForce' : (units.get(codeOf(place))?.kind ?? 'unit');

function roleOf(directory: Directory, { post, seat: { place, only, role } }: Held): RoleHeld {
  return {
    post,
    place:
      place === null
        ? null
        : { code: codeOf(place), name: nameOf(directory, place), kind: kindOf(directory, place) },
    taskForce: only === null ? null : { code: only, name: nameOf(directory, taskForcePlace(only)) },
    role,
  };
}

export const rolesHeld = ({ directory, now }: Viewer, posts: readonly PostRow[]): RoleHeld[] =>
  heldNow(posts, now).map((held) => roleOf(directory, held));

/** What has been due for longer sends nobody to its screen any more; it keeps the look short where much was held. */
const LOOK_BACK_MS = 180 * DAY_MS;

function postAtWork(
  { place, only, role }: Seat,
  kind: string | null,
  work: readonly WorkAtPlace[],
): PostAtWork {
  const own = work.filter(
    ({ holder, taskForce }) => holder === place && (only === null || only === taskForce),
  );
  const dues = own.flatMap(({ dueAtMs }) => dueAtMs ?? []);
  return {
    role,
    kind,
    dueAt: dues.length === 0 ? null : Math.min(...dues),
    holdsNode: own.some(({ holdsNode }) => holdsNode),
    toSign: own.some(({ toSign }) => toSign),
  };
}

/** By the person's posts and the work at them; asks nothing of the record for people without a place. */
export async function findLanding(db: Db, viewer: Viewer, posts: readonly PostRow[]): Promise<Landing> {
  const held = heldNow(posts, viewer.now);
  const places = [...new Set(held.flatMap(({ seat }) => seat.place ?? []))];
  const work = places.length === 0 ? [] : await findWorkAt(db, places, viewer.now - LOOK_BACK_MS);
  return landingOf(
    held.map(({ seat }) =>
      postAtWork(seat, seat.place === null ? null : kindOf(viewer.directory, seat.place), work),
    ),
  );
}

// Rows of `preference`: how a person wants to be told, where each write raises the routing's version, and where they land.
import { LANDINGS, type Landing } from '../../domain/access/landing.ts';
import { Preferences, USUAL_PREFERENCES } from '../../domain/delivery/preferences.ts';
import type { Db, Transaction } from '../pool.ts';

export async function findPreferences(db: Db, person: string): Promise<Preferences> {
  const { rows } = await db.query<{ body: unknown }>({
    name: 'preference/find',
    text: 'select body from preference where person = $1',
    values: [person],
  });
  return rows[0] === undefined ? USUAL_PREFERENCES : Preferences.parse(rows[0].body);
}

/** Preferences written after a version of the routing, by person. */
export async function listPreferencesAfter(
  db: Db,
  version: number,
): Promise<{ person: string; preferences: Preferences }[]> {
  const { rows } = await db.query<{ person: string; body: unknown }>({
    name: 'preference/list_after',
    text: 'select person, body from preference where version > $1',
    values: [version],
  });
  return rows.map(({ person, body }) => ({ person, preferences: Preferences.parse(body) }));
}

export async function savePreferences(
  tx: Transaction,
  person: string,
  preferences: Preferences,
): Promise<void> {
  await tx.query({
    name: 'preference/save',
    text: `
      with raised as (update installation set routing_version = routing_version + 1 returning routing_version)
      insert into preference (person, body, version)
      select $1, $2, routing_version from raised
      on conflict (person) do update set body = excluded.body, version = excluded.version`,
    values: [person, JSON.stringify(preferences)],
  });
}

/** The screen a person has pinned; null for none, or for one there is no more. */
export async function findPinnedLanding(db: Db, person: string): Promise<Landing | null> {
  const { rows } = await db.query<{ landing: string | null }>({
    name: 'preference/find_landing',
    text: 'select landing from preference where person = $1',
    values: [person],
  });
  return LANDINGS.find((each) => each === rows[0]?.landing) ?? null;
}

/** For a person whose preferences are kept. */
export async function pinLanding(tx: Transaction, person: string, landing: Landing | null): Promise<void> {
  await tx.query({
    name: 'preference/pin_landing',
    text: 'update preference set landing = $2 where person = $1',
    values: [person, landing],
  });
}

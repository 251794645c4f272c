// Rows of `login_failure`: wrong passwords of the last hour, by login and by the place they were tried from.
import type { Db } from '../pool.ts';

/** Newest first, in epoch milliseconds of PostgreSQL's clock. */
export type WrongTries = { pairMs: number[]; addressMs: number[]; nowMs: number };

/** At most so many of the pair, of the last `minutes`, and of the place over all logins, of the last minute. */
export async function findWrongTries(
  db: Db,
  login: string,
  place: string,
  { pair, address, minutes }: { pair: number; address: number; minutes: number },
): Promise<WrongTries> {
  const { rows } = await db.query<WrongTries>({
    name: 'login_failure/wrong_tries',
    text: `
      select (extract(epoch from now()) * 1000)::float8 as "nowMs",
             array(select (extract(epoch from at) * 1000)::float8 from login_failure
                    where login = $1 and address = $2 and at > now() - $5 * interval '1 minute'
                    order by at desc limit $3) as "pairMs",
             array(select (extract(epoch from at) * 1000)::float8 from login_failure
                    where address = $2 and at > now() - interval '1 minute'
                    order by at desc limit $4) as "addressMs"`,
    values: [login, place, pair, address, minutes],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('select returned no row');
  return row;
}

/** Also deletes those that are forgotten. */
export async function insertLoginFailure(
  db: Db,
  login: string,
  place: string,
  rememberedMinutes: number,
): Promise<void> {
  await db.query({
    name: 'login_failure/sweep',
    text: `delete from login_failure where at < now() - $1 * interval '1 minute'`,
    values: [rememberedMinutes],
  });
  await db.query({
    name: 'login_failure/insert',
    text: `insert into login_failure (login, address) values ($1, $2)`,
    values: [login, place],
  });
}

/** After a good one. */
export async function deleteSignInFailures(db: Db, login: string, place: string): Promise<void> {
  await db.query({
    name: 'login_failure/delete_of',
    text: `delete from login_failure where login = $1 and address = $2`,
    values: [login, place],
  });
}

// People by what another system calls them: their login or their id.
import type { Db } from '../pool.ts';

/** More than one where one person's id is another's login. */
export async function findPeopleNamed(db: Db, name: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'person/find_named',
    text: `select id from person where id = $1 or login = $1 limit 2`,
    values: [name],
  });
  return rows.map(({ id }) => id);
}

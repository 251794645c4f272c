// Who may see a directive or an assignment: the facts of the record that domain/assignment/access.ts judges by.
import { readsAll, receivesHandUps, relate, type Standing } from '../../domain/assignment/access.ts';
import { ancestorsOf } from '../../domain/code.ts';
import type { Millis } from '../../domain/instant.ts';
import { actsFor, unitPlace, type Directory, type Place } from '../../domain/organisation/organisation.ts';
import { heldBy } from '../../domain/organisation/seating.ts';
import type { Db } from '../pool.ts';

/** The directive an assignment's id begins with. */
const directiveOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('.'));

async function findOffice(db: Db, directive: string): Promise<string | null> {
  const { rows } = await db.query<{ office: string }>({
    name: 'access/find_office',
    text: `select office from directive where id = $1`,
    values: [directive],
  });
  return rows[0]?.office ?? null;
}

/**
 * Sees a directive: its office, whoever is seated at the holder of one of its assignments (and so whoever stands above
 * one: those are holders too), auditors, administrators. False where there is none. A draft is its office's alone.
 */
export async function seesDirective(
  db: Db,
  directory: Directory,
  person: string,
  directive: string,
  now: Millis,
): Promise<boolean> {
  const office = await findOffice(db, directive);
  if (office === null) return false;
  if (actsFor(directory, person, unitPlace(office), null, now) || readsAll(directory, person, now))
    return true;
  const held = heldBy(directory, person, now);
  if (held.length === 0) return false;
  const { rows } = await db.query<{ found: boolean }>({
    name: 'access/holds_of_directive',
    text: `
      select exists (
        select from unnest($2::text[], $3::text[]) as seat (place, only_for)
          join assignment a
            on (a.holder = seat.place or a.transfer_to = seat.place)
           and a.directive = $1
           and (seat.only_for is null or seat.only_for = a.task_force)) as found`,
    values: [directive, held.map((seat) => seat.place), held.map((seat) => seat.only)],
  });
  return rows[0]?.found === true;
}

/** Sees the notice and its files: whoever sees the directive, and the superior once something was handed up to it. */
export async function seesNotice(
  db: Db,
  directory: Directory,
  person: string,
  directive: string,
  now: Millis,
): Promise<boolean> {
  if (await seesDirective(db, directory, person, directive, now)) return true;
  const { rows } = await db.query<{ superior: string | null; handedUp: number }>({
    name: 'access/find_superior',
    text: `select superior, handed_up as "handedUp" from directive where id = $1`,
    values: [directive],
  });
  return rows[0] !== undefined && receivesHandUps(directory, person, rows[0], now);
}

/** Where each assignment stands, with the holders above it; those that do not exist are left out. */
export async function findStandings(db: Db, assignments: readonly string[]): Promise<Map<string, Standing>> {
  const path = [...new Set(assignments.flatMap((id) => [...ancestorsOf(id), id]))];
  const { rows } = await db.query<{
    id: string;
    holder: Place;
    taskForce: string;
    office: string;
    target: Place | null;
    shared: Place[];
  }>({
    name: 'access/find_standings',
    text: `
      select a.id, a.holder, a.task_force as "taskForce", d.office, a.transfer_to as target,
             coalesce(a.state -> 'shared', '[]') as shared
        from unnest($1::text[], $2::text[]) as asked (directive, id)
        join assignment a on a.directive = asked.directive and a.id = asked.id
        join directive d on d.id = a.directive`,
    values: [path.map(directiveOf), path],
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  const standings = new Map<string, Standing>();
  for (const id of assignments) {
    const row = found.get(id);
    if (row === undefined) continue;
    const above = ancestorsOf(id).flatMap((node) => found.get(node)?.holder ?? []);
    const { id: _, ...standing } = row;
    standings.set(id, { ...standing, above });
  }
  return standings;
}

/** Sees an assignment: its holder, everyone above on the path, the office, auditors, administrators. */
export async function seesAssignment(
  db: Db,
  directory: Directory,
  person: string,
  assignment: string,
  now: Millis,
): Promise<boolean> {
  const standing = (await findStandings(db, [assignment])).get(assignment);
  return standing !== undefined && relate(directory, person, standing, now).sees;
}

/** A directive's office and, of the places asked about, those that hold one of its assignments, by task force. */
export type DirectiveHolders = { office: string; holders: { place: Place; taskForce: string }[] };

/** For many directives and many people's places at once: who of them is concerned (the stream). */
export async function findDirectiveHolders(
  db: Db,
  directives: readonly string[],
  places: readonly Place[],
): Promise<Map<string, DirectiveHolders>> {
  const { rows } = await db.query<{
    id: string;
    office: string;
    place: Place | null;
    taskForce: string | null;
  }>({
    name: 'access/find_directive_holders',
    text: `
      select d.id, d.office, a.holder as place, a.task_force as "taskForce"
        from directive d
        left join (select distinct directive, holder, task_force
                     from assignment
                    where holder = any($2) and directive = any($1)) a on a.directive = d.id
       where d.id = any($1)`,
    values: [directives, places],
  });
  const found = new Map<string, DirectiveHolders>();
  for (const { id, office, place, taskForce } of rows) {
    const entry = found.get(id) ?? { office, holders: [] };
    found.set(id, entry);
    if (place !== null && taskForce !== null) entry.holders.push({ place, taskForce });
  }
  return found;
}

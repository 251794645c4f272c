// The facts of directives and assignments that the sight rule (domain/access/sight.ts) needs.
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import { placesRead, type ReadingSeats } from '../../domain/access/seating.ts';
import type { DirectiveFacts, Part } from '../../domain/access/sight.ts';
import { ancestorsOf } from '../../domain/code.ts';
import type { Place } from '../../domain/organisation/organisation.ts';
import type { Db } from '../pool.ts';
import { partsOfGuests, seatValues } from './sight.ts';

/** The directive an assignment's id begins with. */
const directiveOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('.'));

/** Each assignment's place, with the holders above it; unknown ones are left out. */
export async function findStandings(
  db: Db,
  assignments: readonly string[],
): Promise<Map<string, AssignmentStanding>> {
  const path = [...new Set(assignments.flatMap((id) => [...ancestorsOf(id), id]))];
  const { rows } = await db.query<{
    id: string;
    holder: Place;
    taskForce: string;
    office: string;
    target: Place | null;
    shared: Place[];
  }>({
    name: 'sight/find_standings',
    text: `
      select a.id, a.holder, a.task_force as "taskForce", d.office, a.transfer_to as target,
             coalesce(a.state -> 'shared', '[]') as shared
        from unnest($1::text[], $2::text[]) as asked (directive, id)
        join assignment a on a.directive = asked.directive and a.id = asked.id
        join directive d on d.id = a.directive`,
    values: [path.map(directiveOf), path],
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  const standings = new Map<string, AssignmentStanding>();
  for (const id of assignments) {
    const row = found.get(id);
    if (row === undefined) continue;
    const above = ancestorsOf(id).flatMap((node) => found.get(node)?.holder ?? []);
    const { id: _, ...standing } = row;
    standings.set(id, { ...standing, above });
  }
  return standings;
}

type PartRow = { holder: Place | null; target: Place | null; taskForce: string };

/**
 * For these directives, the facts that decide which people with these seats see them; unknown directives are left out.
 */
export async function findDirectiveFacts(
  db: Db,
  directives: readonly string[],
  reading: Pick<ReadingSeats, 'seats' | 'led'>,
): Promise<Map<string, DirectiveFacts>> {
  const { rows } = await db.query<Omit<DirectiveFacts, 'parts'> & PartRow & { id: string }>({
    name: 'sight/find_directive_facts',
    text: `
      select d.id, d.office, d.superior, d.handed_up as "handedUp", d.phase = 'draft' as "isDraft",
             p.holder, p.transfer_to as target, p.task_force as "taskForce"
        from directive d
        left join lateral (
          select holder, transfer_to, task_force from assignment
           where directive = d.id and holder = any($4)
          union
          select holder, transfer_to, task_force from assignment
           where directive = d.id and transfer_to = any($4)
          union
          select holder, transfer_to, task_force from (${partsOfGuests('d')}) guests) p on true
       where d.id = any($3)`,
    values: [...seatValues(reading), directives, placesRead(reading)],
  });
  const found = new Map<string, DirectiveFacts & { parts: Part[] }>();
  for (const { id, holder, target, taskForce, ...facts } of rows) {
    const entry = found.get(id) ?? { ...facts, parts: [] };
    found.set(id, entry);
    if (holder !== null) entry.parts.push({ holder, target, taskForce });
  }
  return found;
}

export type HeldAssignment = { id: string; holder: Place; taskForce: string };

/** The assignments of a directive that these places hold. */
export async function listHeldIn(
  db: Db,
  directive: string,
  places: readonly Place[],
): Promise<HeldAssignment[]> {
  if (places.length === 0) return [];
  const { rows } = await db.query<HeldAssignment>({
    name: 'sight/list_held_in',
    text: `select id, holder, task_force as "taskForce" from assignment where directive = $1 and holder = any($2)`,
    values: [directive, places],
  });
  return rows;
}

// Random organisations with directives in every state, written as rows, on which both forms of the sight rule are
// compared.
import type { Db } from '../../db/pool.ts';
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import type { DirectiveFacts } from '../../domain/access/sight.ts';
import { SHIPPED_POLICIES } from '../../domain/policy/policy.ts';
import {
  createDirectory,
  OrganisationFile,
  taskForcePlace,
  unitPlace,
  type Directory,
  type Place,
} from '../../domain/organisation/organisation.ts';
import { randomFrom } from './mutate-json.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const OFFICES = ['O1', 'O2'];
const UNITS = ['A', 'B', 'C', 'D', 'E'];
const SUPERIOR = 'CITY';
const FORCES = ['F1', 'F2', 'F3'];
const PEOPLE = Array.from({ length: 14 }, (_, index) => `p${index}`);

export type SightWorld = {
  now: number;
  directory: Directory;
  people: readonly string[];
  directives: readonly { id: string; facts: DirectiveFacts }[];
  assignments: readonly { id: string; directive: string; standing: AssignmentStanding; isNode: boolean }[];
  slips: readonly { id: string; assignment: string }[];
};

/** Ids begin with `prefix`, so that several worlds fit in one database. */
export function randomWorld(seed: number, prefix: string): SightWorld {
  const random = randomFrom(seed);
  const among = <T>(all: readonly T[]): T => all[random.below(all.length)] as T;
  const maybe = <T>(share: number, value: () => T): T | null => (random.below(100) < share ? value() : null);

  const time = (): { from?: string; to?: string } =>
    among([
      {},
      {},
      {},
      {},
      { to: '2026-11-22' },
      { from: '2026-11-24' },
      { to: '2026-11-23' },
      { from: '2026-11-23' },
    ]);
  const post = (person: string): Record<string, unknown> => {
    const kind = random.below(20);
    if (kind === 0) return { role: among(['auditor', 'administrator']), person, ...time() };
    if (kind < 3) return { unit: among(OFFICES), role: 'staff', person, ...time() };
    if (kind < 5)
      return { unit: among(OFFICES), taskForce: among(FORCES), role: 'liaisonA', person, ...time() };
    if (kind < 7) return { unit: SUPERIOR, role: 'leader', person, ...time() };
    if (kind < 8) return { unit: SUPERIOR, taskForce: among(FORCES), role: 'liaisonB', person, ...time() };
    if (kind < 11) return { taskForce: among(FORCES), role: 'liaisonA', person, ...time() };
    if (kind < 15)
      return { unit: among(UNITS), taskForce: among(FORCES), role: 'liaisonB', person, ...time() };
    return { unit: among(UNITS), role: 'leader', person, ...time() };
  };
  const directory = createDirectory(
    OrganisationFile.parse({
      units: [
        ...OFFICES.map((code) => ({ code, name: code, kind: 'office' })),
        ...UNITS.map((code) => ({ code, name: code, kind: 'street' })),
        { code: SUPERIOR, name: SUPERIOR, kind: 'superior' },
      ],
      people: PEOPLE.map((id) => ({ id, name: id })),
      posts: PEOPLE.flatMap((person) => Array.from({ length: random.below(3) }, () => post(person))),
      taskForces: FORCES.map((code) => ({
        code,
        name: code,
        office: among(OFFICES),
        leadUnit: maybe(60, () => among(UNITS)),
      })),
    }),
    1,
  );

  const anyPlace = (): Place =>
    random.below(5) === 0 ? taskForcePlace(among(FORCES)) : unitPlace(among([...UNITS, ...OFFICES]));
  const directives: SightWorld['directives'][number][] = [];
  const assignments: SightWorld['assignments'][number][] = [];
  for (let n = 0; n < 5; n += 1) {
    const id = `${prefix}d${n}`;
    const office = among(OFFICES);
    const isDraft = random.below(5) === 0;
    const parts: AssignmentStanding[] = [];
    const add = (place: string, above: readonly Place[], holder: Place, taskForce: string): void => {
      const standing: AssignmentStanding = {
        holder,
        above,
        office,
        taskForce,
        target: maybe(15, anyPlace),
        shared: maybe(15, () => [anyPlace()]) ?? [],
      };
      const below = above.length < 3 ? random.below(3) : 0;
      assignments.push({ id: place, directive: id, standing, isNode: below > 0 });
      parts.push(standing);
      for (let k = 0; k < below; k += 1)
        add(`${place}.u${k}`, [...above, holder], unitPlace(among(UNITS)), taskForce);
    };
    // A draft has been issued to no place.
    if (!isDraft)
      for (const item of ['x', 'y'])
        for (const force of FORCES)
          if (random.below(3) === 0)
            add(
              `${id}.${item}.${force}`,
              [],
              random.below(5) === 0 ? anyPlace() : taskForcePlace(force),
              force,
            );
    const superior = maybe(60, () => SUPERIOR);
    directives.push({ id, facts: { office, superior, handedUp: random.below(2), isDraft, parts } });
  }
  const slips = assignments.flatMap(({ id }, index) =>
    random.below(2) === 0 ? [{ id: `${prefix}s#${index}`, assignment: id }] : [],
  );
  return { now: NOW, directory, people: PEOPLE, directives, assignments, slips };
}

/** Rows as the product would write them; texts and times that sight does not depend on are all the same. */
export async function insertWorld(db: Db, { directives, assignments, slips }: SightWorld): Promise<void> {
  await db.query(
    `insert into directive (id, number, title, request, items, office, superior, handed_up, urgency, calendar, policy,
            phase, received_at, issued_at, due_at, made_by)
     select x.id, x.id, x.id, '{}', '[{"key":"x"},{"key":"y"}]', x.office, x.superior, x."handedUp", 'urgent', 'work', $2,
            case when x."isDraft" then 'draft' else 'open' end, now(), now(), now(), 'p0'
       from json_to_recordset($1) as x (id text, office text, superior text, "handedUp" int, "isDraft" boolean)`,
    [
      JSON.stringify(directives.map(({ id, facts }) => ({ id, ...facts }))),
      JSON.stringify(SHIPPED_POLICIES.standard),
    ],
  );
  await db.query(
    `insert into desk (id, directive, kind, unsettled, issued) select id, id, 'directive', 1, true from directive
     on conflict do nothing`,
  );
  const rows = assignments.map(({ id, directive, standing, isNode }) => ({
    id,
    directive,
    parent: id.split('.').length > 3 ? id.slice(0, id.lastIndexOf('.')) : null,
    item: id.split('.')[1],
    level: id.split('.').length - 2,
    node: isNode,
    ...standing,
  }));
  await db.query(
    `insert into assignment (directive, id, desk, parent, item, task_force, holder, transfer_to, level, node, phase,
            settled, due_at, state)
     select x.directive, x.id, x.directive, x.parent, x.item, x."taskForce", x.holder, x.target, x.level, x.node, 'issued',
            false, now(), jsonb_build_object('shared', x.shared)
       from json_to_recordset($1) as x (directive text, id text, parent text, item text, "taskForce" text, holder text,
            target text, level int, node boolean, shared jsonb)`,
    [JSON.stringify(rows)],
  );
  await db.query(
    `insert into event (directive, desk, seq, epoch, tx, assignment, type, received, at, data, hash)
     select x.directive, x.directive, row_number() over (), epoch, pg_current_xact_id(), x.id, 'shared', now(), now(),
            jsonb_build_object('to', place), ''
       from installation, json_to_recordset($1) as x (directive text, id text, shared jsonb),
            jsonb_array_elements_text(x.shared) place`,
    [JSON.stringify(rows)],
  );
  const paths = slips.map(({ id, assignment }, index) => {
    const { directive, standing } = assignments.find(
      (each) => each.id === assignment,
    ) as (typeof assignments)[number];
    const parts = assignment.split('.');
    const path = parts.flatMap((_, at) => (at < 2 ? [] : [parts.slice(0, at + 1).join('.')]));
    return { id, directive, assignment, path, office: standing.office, number: index };
  });
  await db.query(
    `insert into slip (id, seq, directive, assignment, path, office, year, number, color, holder, issuer, clock, facts, at)
     select x.id, 1, x.directive, x.assignment, x.path, x.office, 2026,
            (select coalesce(max(number), 0) from slip) + x.number + 1, 'blue', '', '', 'due', '{}', now()
       from json_to_recordset($1) as x (id text, directive text, assignment text, path text[], office text, number int)`,
    [JSON.stringify(paths)],
  );
}

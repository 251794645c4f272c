// The organisation's tables as a whole: read in one snapshot, written in bulk, versioned.
import type {
  OrganisationFile,
  Person,
  Post,
  TaskForce,
  TaskForcePost,
  Unit,
} from '../../domain/organisation/organisation.ts';
import type { z } from 'zod';
import type { Db } from '../pool.ts';

export async function findOrganisationVersion(db: Db): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'installation/version',
    text: `select organisation_version as version from installation`,
  });
  return rows[0]?.version ?? 0;
}

/** One writer of the organisation at a time; held until the transaction ends. */
export async function lockOrganisation(db: Db): Promise<void> {
  await db.query({ name: 'installation/lock', text: `select is_only from installation for update` });
}

/** In the same transaction as every write to unit, person, task_force or post. */
export async function raiseOrganisationVersion(db: Db): Promise<void> {
  await db.query({
    name: 'installation/raise_version',
    text: `update installation set organisation_version = organisation_version + 1`,
  });
}

export async function renameInstallation(db: Db, name: string): Promise<void> {
  await db.query({ name: 'installation/rename', text: `update installation set name = $1`, values: [name] });
}

type Loaded = {
  version: number;
  name: string | null;
  units: Unit[];
  people: Person[];
  posts: Post[];
  forces: Omit<TaskForce, 'posts'>[];
};

/** One statement, so one snapshot: the version belongs to the rows read. */
const LOAD = `
  select organisation_version as version,
         name,
         (select coalesce(json_agg(json_strip_nulls(json_build_object(
            'code', code, 'name', name, 'kind', kind, 'parent', parent, 'order', ordinal)) order by seq), '[]')
            from unit) as units,
         (select coalesce(json_agg(json_strip_nulls(json_build_object(
            'id', id, 'name', name, 'unit', unit, 'login', login, 'phone', phone, 'email', email)) order by seq), '[]')
            from person) as people,
         (select coalesce(json_agg(json_strip_nulls(json_build_object(
            'unit', unit, 'taskForce', task_force, 'role', role, 'person', person,
            'from', starts, 'to', ends)) order by id), '[]')
            from post) as posts,
         (select coalesce(json_agg(json_strip_nulls(json_build_object(
            'code', code, 'name', name, 'office', office, 'leadUnit', lead_unit, 'members', to_json(members),
            'established', established, 'sunset', sunset)) order by seq), '[]')
            from task_force) as forces
    from installation`;

/** In the form of the import: a task force's own posts are inside it, empty parts are left out. */
export async function loadOrganisation(db: Db): Promise<{ version: number; file: OrganisationFile }> {
  const { rows } = await db.query<Loaded>({ name: 'organisation/load', text: LOAD });
  const row = rows[0];
  if (row === undefined) throw new Error('the installation has no row: the database is not migrated');
  const inline = new Map<string, z.infer<typeof TaskForcePost>[]>();
  const posts: Post[] = [];
  for (const post of row.posts) {
    const { taskForce, ...rest } = post;
    if (taskForce === undefined || post.unit !== undefined) {
      posts.push(post);
      continue;
    }
    const group = inline.get(taskForce);
    if (group) group.push(rest);
    else inline.set(taskForce, [rest]);
  }
  const taskForces = row.forces.map((force) => ({ ...force, posts: inline.get(force.code) ?? [] }));
  const name = row.name === null ? {} : { name: row.name };
  return { version: row.version, file: { ...name, units: row.units, people: row.people, posts, taskForces } };
}

/** Creates or replaces, by code, keeping the order given. */
export async function saveUnits(db: Db, units: readonly Unit[]): Promise<void> {
  await db.query({
    name: 'unit/save',
    text: `
      insert into unit (code, name, kind, parent, ordinal)
      select code, name, kind, parent, ordinal
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])
             with ordinality as u (code, name, kind, parent, ordinal, n)
       order by n
      on conflict (code) do update
         set name = excluded.name, kind = excluded.kind, parent = excluded.parent, ordinal = excluded.ordinal`,
    values: [
      units.map((unit) => unit.code),
      units.map((unit) => unit.name),
      units.map((unit) => unit.kind),
      units.map((unit) => unit.parent ?? null),
      units.map((unit) => unit.order ?? null),
    ],
  });
}

/** Creates or replaces, by id. */
export async function savePeople(db: Db, people: readonly Person[]): Promise<void> {
  await db.query({
    name: 'person/save',
    text: `
      insert into person (id, name, unit, login, phone, email)
      select id, name, unit, login, phone, email
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
             with ordinality as p (id, name, unit, login, phone, email, n)
       order by n
      on conflict (id) do update
         set name = excluded.name, unit = excluded.unit, login = excluded.login,
             phone = excluded.phone, email = excluded.email`,
    values: [
      people.map((person) => person.id),
      people.map((person) => person.name),
      people.map((person) => person.unit ?? null),
      people.map((person) => person.login ?? person.id),
      people.map((person) => person.phone ?? null),
      people.map((person) => person.email ?? null),
    ],
  });
}

/** Creates or replaces, by code; their posts are saved with `savePosts`. */
export async function saveTaskForces(db: Db, forces: readonly TaskForce[]): Promise<void> {
  await db.query({
    name: 'task_force/save',
    text: `
      insert into task_force (code, name, office, lead_unit, members, established, sunset)
      select code, name, office, "leadUnit", members, established, sunset
        from rows from (jsonb_to_recordset($1::jsonb) as (
               code text, name text, office text, "leadUnit" text, members text[], established text, sunset jsonb))
             with ordinality as f (code, name, office, "leadUnit", members, established, sunset, n)
       order by n
      on conflict (code) do update
         set name = excluded.name, office = excluded.office, lead_unit = excluded.lead_unit,
             members = excluded.members, established = excluded.established, sunset = excluded.sunset`,
    values: [JSON.stringify(forces)],
  });
}

/** Creates, or moves the end of a post already there (same seat, person and beginning). */
export async function savePosts(db: Db, posts: readonly Post[]): Promise<void> {
  await db.query({
    name: 'post/save',
    text: `
      insert into post (unit, task_force, role, person, starts, ends)
      select unit, task_force, role, person, starts, ends
        from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
             with ordinality as p (unit, task_force, role, person, starts, ends, n)
       order by n
      on conflict (coalesce(unit, ''), coalesce(task_force, ''), role, person, coalesce(starts, '')) do update
         set ends = excluded.ends`,
    values: [
      posts.map((post) => post.unit ?? null),
      posts.map((post) => post.taskForce ?? null),
      posts.map((post) => post.role),
      posts.map((post) => post.person),
      posts.map((post) => post.from ?? null),
      posts.map((post) => post.to ?? null),
    ],
  });
}

// Units, people, task forces and posts one by one and page by page, as the API shows them.
import type { Role } from '../../domain/organisation/organisation.ts';
import type { Db } from '../pool.ts';
import { patternOf, searched } from './searched.ts';

/** `seq` is the place in the list; it is not shown. */
type Row<T> = T & { seq: number };

export type UnitRow = Row<{
  code: string;
  name: string;
  kind: string;
  parent: string | null;
  order: number | null;
}>;
export type PersonRow = Row<{
  id: string;
  name: string;
  unit: string | null;
  login: string;
  phone: string | null;
  email: string | null;
}>;
export type TaskForceRow = Row<{
  code: string;
  name: string;
  office: string;
  leadUnit: string | null;
  members: string[];
  established: string | null;
  sunset: { date?: string | null; condition?: string | null } | null;
  posts: { role: Role; person: string; from: string | null; to: string | null }[];
}>;
export type PostRow = Row<{
  id: string;
  unit: string | null;
  taskForce: string | null;
  role: Role;
  person: string;
  from: string | null;
  to: string | null;
}>;

/** Where a page begins, and how many rows it has at most. */
type Span = { after: number | null; limit: number };

const UNIT = `select seq, code, name, kind, parent, ordinal as "order" from unit`;

/** The largest there is, plus one: units without an `order` follow all that have one. */
const ORDINAL = 'coalesce(ordinal, 1000001)';

export async function findUnit(db: Db, code: string): Promise<UnitRow | null> {
  const { rows } = await db.query<UnitRow>({
    name: 'unit/find',
    text: `${UNIT} where code = $1`,
    values: [code],
  });
  return rows[0] ?? null;
}

type UnitFilter = { q: string | null; kind: string | null; parent: string | null };

/** Where a page of units begins: after that unit. */
type UnitSpan = { after: readonly [order: number, seq: number] | null; limit: number };

export const unitPosition = ({ order, seq }: UnitRow): [number, number] => [order ?? 1_000_001, seq];

/** In the organisation's own order. */
export async function listUnits(db: Db, filter: UnitFilter, { after, limit }: UnitSpan): Promise<UnitRow[]> {
  const { rows } = await db.query<UnitRow>({
    name: 'unit/list',
    text: `
      ${UNIT}
       where ($1::int is null or (${ORDINAL}, seq) > ($1, $6::bigint))
         and ($2::text is null or ${searched('name', '$2')} or ${searched('code', '$2')})
         and ($3::text is null or kind = $3)
         and ($4::text is null or parent = $4)
       order by ${ORDINAL}, seq
       limit $5`,
    values: [after?.[0] ?? null, patternOf(filter.q), filter.kind, filter.parent, limit, after?.[1] ?? null],
  });
  return rows;
}

const PERSON = `select seq, id, name, unit, login, phone, email from person`;

export async function findPerson(db: Db, id: string): Promise<PersonRow | null> {
  const { rows } = await db.query<PersonRow>({
    name: 'person/find',
    text: `${PERSON} where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function findPeople(db: Db, ids: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await db.query<PersonRow>({
    name: 'person/find_many',
    text: `${PERSON} where id = any($1)`,
    values: [ids],
  });
  return rows;
}

type PersonFilter = { q: string | null; unit: string | null };

export async function listPeople(db: Db, filter: PersonFilter, { after, limit }: Span): Promise<PersonRow[]> {
  const { rows } = await db.query<PersonRow>({
    name: 'person/list',
    text: `
      ${PERSON}
       where seq > coalesce($1, 0)
         and ($2::text is null or ${searched('name', '$2')} or ${searched('id', '$2')})
         and ($3::text is null or unit = $3)
       order by seq
       limit $4`,
    values: [after, patternOf(filter.q), filter.unit, limit],
  });
  return rows;
}

const TASK_FORCE = `
  select seq, code, name, office, lead_unit as "leadUnit", members, established, sunset,
         (select coalesce(json_agg(json_build_object(
            'role', role, 'person', person, 'from', starts, 'to', ends) order by id), '[]')
            from post
           where post.task_force = task_force.code and post.unit is null) as posts
    from task_force`;

export async function findTaskForce(db: Db, code: string): Promise<TaskForceRow | null> {
  const { rows } = await db.query<TaskForceRow>({
    name: 'task_force/find',
    text: `${TASK_FORCE} where code = $1`,
    values: [code],
  });
  return rows[0] ?? null;
}

export async function listTaskForces(
  db: Db,
  filter: { q: string | null },
  { after, limit }: Span,
): Promise<TaskForceRow[]> {
  const { rows } = await db.query<TaskForceRow>({
    name: 'task_force/list',
    text: `
      ${TASK_FORCE}
       where seq > coalesce($1, 0)
         and ($2::text is null or ${searched('name', '$2')} or ${searched('code', '$2')})
       order by seq
       limit $3`,
    values: [after, patternOf(filter.q), limit],
  });
  return rows;
}

/** A bigint, as a path names it. */
const POST_ID = /^\d{1,18}$/;

const POST = `
  select id as seq, id::text as id, unit, task_force as "taskForce", role, person, starts as "from", ends as "to"
    from post`;

export async function findPost(db: Db, id: string): Promise<PostRow | null> {
  if (!POST_ID.test(id)) return null;
  const { rows } = await db.query<PostRow>({
    name: 'post/find',
    text: `${POST} where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Roles of the installation itself, those that have ended too. */
export async function listInstallationPosts(db: Db): Promise<PostRow[]> {
  const { rows } = await db.query<PostRow>({
    name: 'post/list_of_installation',
    text: `${POST} where unit is null and task_force is null order by id`,
  });
  return rows;
}

type PostFilter = { unit: string | null; taskForce: string | null; person: string | null };

export async function listPosts(db: Db, filter: PostFilter, { after, limit }: Span): Promise<PostRow[]> {
  const { rows } = await db.query<PostRow>({
    name: 'post/list',
    text: `
      ${POST}
       where id > coalesce($1, 0)
         and ($2::text is null or unit = $2)
         and ($3::text is null or task_force = $3)
         and ($4::text is null or person = $4)
       order by id
       limit $5`,
    values: [after, filter.unit, filter.taskForce, filter.person, limit],
  });
  return rows;
}

type PostValues = Omit<PostRow, 'seq' | 'id'>;

const valuesOf = (post: PostValues): (string | null)[] => [
  post.unit,
  post.taskForce,
  post.role,
  post.person,
  post.from,
  post.to,
];

/** The new post's id; null when the seat is already held by this person from that moment. */
export async function insertPost(db: Db, post: PostValues): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>({
    name: 'post/insert',
    text: `
      insert into post (unit, task_force, role, person, starts, ends)
      values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing
      returning id::text as id`,
    values: valuesOf(post),
  });
  return rows[0]?.id ?? null;
}

/** Whether the post could be moved; not onto a seat this person already holds from that moment. */
export async function updatePost(db: Db, id: string, post: PostValues): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'post/update',
    text: `
      update post
         set unit = $1, task_force = $2, role = $3, person = $4, starts = $5, ends = $6
       where id = $7
         and not exists (
               select from post other
                where other.id <> $7
                  and (other.unit, other.task_force, other.role, other.person, other.starts)
                      is not distinct from ($1, $2, $3, $4, $5))`,
    values: [...valuesOf(post), id],
  });
  return rowCount === 1;
}

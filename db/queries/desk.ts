// Rows of `desk` and `plan`: a desk's state, what it will issue, and when it is looked at next.
import type { DeskPlan, PlacedAssignment } from '../../domain/directive/cut.ts';
import type { Order } from '../../domain/assignment/order.ts';
import type { Db } from '../pool.ts';

/** Stores all desks of a directive with their plans, before anything goes out. */
export async function insertDesks(db: Db, directive: string, desks: readonly DeskPlan[]): Promise<void> {
  await db.query({
    name: 'desk/insert',
    text: `insert into desk (id, directive, kind, node, parent, unsettled)
           select id, $1, kind, node, parent, unsettled
             from json_to_recordset($2::json) as x (id text, kind text, node text, parent text, unsettled int)`,
    values: [directive, JSON.stringify(desks.map(({ rows: _, ...desk }) => desk))],
  });
  await db.query({
    name: 'plan/insert',
    text: `insert into plan (desk, directive, rows)
           select id, $1, rows from json_to_recordset($2::json) as x (id text, rows jsonb)`,
    values: [directive, JSON.stringify(desks.map(({ id, rows }) => ({ id, rows })))],
  });
}

/** The size that a desk's limit counts: its assignments, issued or not yet issued, and the desks directly below it. */
export async function countInDesk(db: Db, desk: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: 'desk/count_in',
    text: `
      select (select count(*) from assignment where desk = $1)::int + (select count(*) from desk where parent = $1)::int
             + (select count(*) from desk d join plan p on p.desk = d.id, jsonb_array_elements(p.rows) r
                 where d.id = $1 and not d.issued
                   and not exists (select from assignment a
                                    where a.directive = d.directive and a.id = r ->> 'id'))::int as count`,
    values: [desk],
  });
  return rows[0]?.count ?? 0;
}

/** Sections of a node: the desks of this node other than its own. */
export async function countSections(db: Db, node: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: 'desk/count_sections',
    text: 'select count(*)::int as count from desk where node = $1 and id <> $1',
    values: [node],
  });
  return rows[0]?.count ?? 0;
}

export async function findPlan(db: Db, desk: string): Promise<PlacedAssignment[]> {
  const { rows } = await db.query<{ rows: PlacedAssignment[] }>({
    name: 'plan/find',
    text: 'select rows from plan where desk = $1',
    values: [desk],
  });
  return rows[0]?.rows ?? [];
}

export async function findIssuedIds(db: Db, desk: string): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>({
    name: 'desk/find_issued_ids',
    text: 'select id from assignment where desk = $1',
    values: [desk],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Desks directly below, with the input of their workflows. */
export async function findDesksBelow(
  db: Db,
  desk: string,
): Promise<
  { id: string; kind: 'directive' | 'taskForce' | 'unit'; directive: string; node: string | null }[]
> {
  const { rows } = await db.query<{
    id: string;
    kind: 'directive' | 'taskForce' | 'unit';
    directive: string;
    node: string | null;
  }>({
    name: 'desk/find_below',
    text: 'select id, kind, directive, node from desk where parent = $1 and not ended order by id',
    values: [desk],
  });
  return rows;
}

export type DeskMark = {
  directive: string;
  node: string | null;
  parent: string | null;
  kind: string;
  asked: number;
  looked: number;
  ended: boolean;
  issued: boolean;
  orders: number;
};

export async function findMark(db: Db, desk: string): Promise<DeskMark | null> {
  const { rows } = await db.query<DeskMark>({
    name: 'desk/find_mark',
    text: 'select directive, node, parent, kind, asked, looked, ended, issued, orders from desk where id = $1',
    values: [desk],
  });
  return rows[0] ?? null;
}

/** Orders that apply to a desk: of the directive, of the assignments above it and of the nodes in it; top first. */
export async function findOrders(
  db: Db,
  desk: { id: string; directive: string; above: readonly string[] },
): Promise<{ id: string; orders: Order[] }[]> {
  const { rows } = await db.query<{ id: string; orders: Order[] }>({
    name: 'desk/find_orders',
    text: `
      select id, orders from (
        select d.id, d.orders, 0 as level from directive d where d.id = $2
        union all
        select a.id, a.state -> 'orders', a.level from assignment a where a.directive = $2 and a.id = any($3)
        union all
        select a.id, a.state -> 'orders', a.level from assignment a where a.desk = $1 and a.node) o
       where jsonb_array_length(orders) > 0 order by level, id`,
    values: [desk.id, desk.directive, desk.above],
  });
  return rows;
}

/**
 * Takes the rows of these desks, and of all desks of these directives, in byte order. A transaction that writes some of
 * them and then asks others must take all of them first: in two steps it could wait for another that waits for it.
 */
export async function holdDesks(
  db: Db,
  desks: readonly string[],
  directives: readonly string[],
): Promise<void> {
  await db.query({
    name: 'desk/hold',
    text: `
      select from desk
       where id in (select unnest($1::text[]) union all select id from desk where directive = any($2))
       order by id for no key update`,
    values: [desks, directives],
  });
}

/**
 * Raises the mark of desks that this transaction has not locked; answers those to nudge. In byte order, against
 * deadlock.
 */
export async function askDesks(
  db: Db,
  filter: { parent: string } | { directive: string } | { ids: readonly string[] },
): Promise<string[]> {
  const { name, where, value } = whichDesks(filter);
  const { rows } = await db.query<{ id: string }>({
    name,
    text: `
      with due as (select id, asked = looked as first from desk where ${where} and not ended
                    order by id for update)
      update desk d set asked = d.asked + 1, asked_at = case when due.first then clock_timestamp() else d.asked_at end
        from due where d.id = due.id returning case when due.first then d.id end as id`,
    values: [value],
  });
  return rows.flatMap(({ id }) => (id as string | null) ?? []);
}

function whichDesks(filter: Parameters<typeof askDesks>[1]): { name: string; where: string; value: unknown } {
  if ('parent' in filter) return { name: 'desk/ask_below', where: 'parent = $1', value: filter.parent };
  if ('ids' in filter) return { name: 'desk/ask', where: 'id = any($1)', value: filter.ids };
  return { name: 'desk/ask_all', where: 'directive = $1', value: filter.directive };
}

export async function saveOrders(db: Db, desk: string, orders: number): Promise<void> {
  await db.query({
    name: 'desk/save_orders',
    text: 'update desk set orders = $2 where id = $1',
    values: [desk, orders],
  });
}

/**
 * What a turn has come to. `endsIfAsked`: nothing is left to do for a desk that has been asked no more than this; where
 * somebody has asked meanwhile, it is another turn that ends it.
 */
export async function savePlanned(
  db: Db,
  planned: { desk: string; looked: number; plannedAt: string | null; endsIfAsked: number | null },
): Promise<{ asked: number; looked: number; ended: boolean }> {
  const { rows } = await db.query<{ asked: number; looked: number; ended: boolean }>({
    name: 'desk/save_planned',
    text: `
      update desk
         set looked = case when asked = $4::int then asked else greatest(looked, $2) end, looked_at = clock_timestamp(),
             planned_at = case when ended or asked = $4::int then null else $3::timestamptz end,
             ended = ended or coalesce(asked = $4::int, false), nudges = 0, nudged_at = null
       where id = $1 returning asked, looked, ended`,
    values: [planned.desk, planned.looked, planned.plannedAt, planned.endsIfAsked],
  });
  return rows[0] ?? { asked: 0, looked: 0, ended: true };
}

/** Is any desk of the directive still sending out? */
export async function isIssuing(db: Db, directive: string): Promise<boolean> {
  const { rows } = await db.query<{ issuing: boolean }>({
    name: 'desk/is_issuing',
    text: 'select exists (select from desk where directive = $1 and not issued) as issuing',
    values: [directive],
  });
  return rows[0]?.issuing ?? false;
}

/** The earliest clock of a desk's assignments, and how many are in each phase. */
export async function findClock(
  db: Db,
  desk: string,
): Promise<{ nextMs: number | null; counts: Record<string, number> }> {
  const { rows } = await db.query<{ nextMs: number | null; counts: Record<string, number> | null }>({
    name: 'desk/find_clock',
    text: `
      select floor(extract(epoch from min(next)) * 1000)::float8 as "nextMs", json_object_agg(phase, n) as counts
        from (select phase, count(*)::int as n, min(next_wake) as next from assignment where desk = $1 group by phase) p`,
    values: [desk],
  });
  return { nextMs: rows[0]?.nextMs ?? null, counts: rows[0]?.counts ?? {} };
}

/** Does a correction at or below a node, or anywhere in the directive, wait for its signature or its issuer? */
export async function hasCorrectionPending(db: Db, directive: string, node: string | null): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'desk/has_correction_pending',
    text: `
      select exists (
        select from assignment a
         where a.directive = $1 and a.id > coalesce($2, $1) || '.' and a.id < coalesce($2, $1) || '/'
           and a.phase = 'approved' and not a.node
           and (a.state ->> 'correcting' = 'true' or a.state -> 'presented' is not null)) as found`,
    values: [directive, node],
  });
  return rows[0]?.found ?? false;
}

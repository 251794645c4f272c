// Reports for a reviewer who compares many: the numbers in them, and the last approved numbers of their units
// elsewhere.
import type { Db } from '../pool.ts';
import { WAITS } from './figure.ts';
import { findRank, RANK, WITHIN } from './rank.ts';

/** A leaf's report that counts on the basis asked for, with the values of the fields asked for. */
export type ReportRow = {
  id: string;
  unit: string | null;
  version: number;
  values: Record<string, unknown>;
};

/** Reports of leaves at or below a node, in order of their ranks; reports of cancelled leaves are left out. */
export async function listReports(
  db: Db,
  at: { directive: string; node: string; reported: boolean; keys: readonly string[]; limit: number },
): Promise<ReportRow[]> {
  const rank = await findRank(db, at.directive, at.node);
  if (rank === null) return [];
  const { rows } = await db.query<ReportRow>({
    name: 'outlier/list_reports',
    text: `
      select a.id, a.unit, s.version,
             (select coalesce(jsonb_object_agg(key, s.content -> 'values' -> key), '{}')
                from unnest($4::text[]) as asked (key)
               where s.content -> 'values' ? key) as values
        from assignment a
        join submission s on s.directive = a.directive and s.assignment = a.id and s.kind = 'report'
             and s.version = case when $3 and ${WAITS} then a.current else a.approved end
       where a.directive = $1 and ${WITHIN('$2')}
         and not a.node and a.phase <> 'cancelled'
       order by ${RANK}
       limit $5`,
    values: [at.directive, rank, at.reported, at.keys, at.limit],
  });
  return rows;
}

/** Tables of reports, which may be long: some reports at a time. */
export async function findTables(
  db: Db,
  directive: string,
  reports: readonly Pick<ReportRow, 'id' | 'version'>[],
  keys: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await db.query<{ id: string; rows: Record<string, unknown> }>({
    name: 'outlier/find_tables',
    text: `
      select s.assignment as id,
             (select coalesce(jsonb_object_agg(key, s.content -> 'rows' -> key), '{}')
                from unnest($4::text[]) as asked (key)
               where s.content -> 'rows' ? key) as rows
        from unnest($2::text[], $3::int[]) as x (assignment, version)
        join submission s on s.directive = $1 and s.assignment = x.assignment and s.kind = 'report'
             and s.version = x.version`,
    values: [directive, reports.map(({ id }) => id), reports.map(({ version }) => version), keys],
  });
  return new Map(rows.map((row) => [row.id, row.rows]));
}

/** An earlier report with those of the fields asked for that have a value in it. */
export type EarlierRow = {
  /** The assignment for which it was looked up. */
  asked: string;
  assignment: string;
  at: Date;
  values: Record<string, unknown>;
};

/** How many of the latest approved reports are looked at for a unit. */
const LOOK_BACK = 20;
/** How many of those that were asked any of the fields: the reader may not see the last one. */
const GIVEN = 5;

/**
 * The latest approved reports of many units in other assignments, with their values for fields of the same key and
 * type, by the form of that time; newest first. The reports are chosen before any is read.
 */
export async function listEarlierValues(
  db: Db,
  asked: readonly { id: string; unit: string }[],
  fields: readonly { key: string; type: string }[],
): Promise<EarlierRow[]> {
  const { rows } = await db.query<EarlierRow>({
    name: 'outlier/list_earlier',
    text: `
      with recent as materialized (
        select asked.id as asked, r.*
          from unnest($1::text[], $2::text[]) as asked (id, unit)
         cross join lateral (
           select a.directive, a.id, a.item, a.approved, a.due_at
             from assignment a
            where a.unit = asked.unit and a.approved > 0 and not a.node and a.id <> asked.id
            order by a.due_at desc
            limit $5) r),
      known as materialized (
        select d.id as directive, i ->> 'key' as item, array_agg(w.key) as keys
          from directive d
         cross join jsonb_array_elements(d.items) i
         cross join jsonb_array_elements(i -> 'form' -> 'fields') f
          join unnest($3::text[], $4::text[]) as w (key, type)
            on f ->> 'key' = w.key and f ->> 'type' = w.type
         where d.id in (select directive from recent)
         group by 1, 2),
      given as materialized (
        select *
          from (select r.*, k.keys,
                       row_number() over (partition by r.asked order by r.due_at desc, r.id) as nth
                  from recent r
                  join known k using (directive, item)) as ranked
         where nth <= $6)
      select g.asked, g.id as assignment, s.at,
             (select coalesce(jsonb_object_agg(key, s.content -> 'values' -> key), '{}')
                from unnest(g.keys) as key
               where s.content -> 'values' ? key) as values
        from given g
        join submission s on s.directive = g.directive and s.assignment = g.id and s.kind = 'report'
             and s.version = g.approved
       order by s.at desc, g.id`,
    values: [
      asked.map(({ id }) => id),
      asked.map(({ unit }) => unit),
      fields.map(({ key }) => key),
      fields.map(({ type }) => type),
      LOOK_BACK,
      GIVEN,
    ],
  });
  return rows;
}

// Reports as a reviewer looks at many of them at once: the numbers in them, and what their units last had approved elsewhere.
import type { Db } from '../pool.ts';

/** A leaf's report that counts on the basis asked for, with the values of the fields asked for. */
export type ReportRow = {
  id: string;
  unit: string | null;
  version: number;
  values: Record<string, unknown>;
};

/** Reports of leaves at or below a node, in order of their ids; cancelled ones are none. */
export async function listReports(
  db: Db,
  at: { directive: string; node: string; reported: boolean; keys: readonly string[]; limit: number },
): Promise<ReportRow[]> {
  const { rows } = await db.query<ReportRow>({
    name: 'outlier/list_reports',
    text: `
      select a.id, a.unit, s.version,
             (select coalesce(jsonb_object_agg(key, s.content -> 'values' -> key), '{}')
                from unnest($4::text[]) as asked (key)
               where s.content -> 'values' ? key) as values
        from assignment a
        join submission s on s.directive = a.directive and s.assignment = a.id and s.kind = 'report'
             and s.version = case when $3 and (a.phase = 'submitted' or a.phase = 'approved') then a.current
                                  else a.approved end
       where a.directive = $1 and (a.id = $2 or (a.id > $2 || '.' and a.id < $2 || '/'))
         and not a.node and a.phase <> 'cancelled'
       order by a.id
       limit $5`,
    values: [at.directive, at.node, at.reported, at.keys, at.limit],
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

export type LastRow = {
  /** The assignment it is asked for. */
  asked: string;
  key: string;
  value: unknown;
  at: Date;
  /** The assignment it was approved in. */
  assignment: string;
};

/** Of each unit the latest approved reports that are looked through. */
const LOOK_BACK = 20;
/** Of each field the latest values that are given: the last may be one the reader does not see. */
const GIVEN = 3;

/**
 * The last approved values of many units in other assignments, newest first, by field key and type as the form of that
 * time had them. 2,000 units with 20 earlier reports each take about 0.6 s.
 */
export async function listLastOfMany(
  db: Db,
  asked: readonly { id: string; unit: string }[],
  keys: readonly { key: string; type: string }[],
): Promise<LastRow[]> {
  const { rows } = await db.query<LastRow>({
    name: 'outlier/list_last_of_many',
    text: `
      with recent as materialized (
        select asked.id as asked, r.*
          from unnest($1::text[], $2::text[]) as asked (id, unit)
         cross join lateral (
           select a.directive, a.id, a.item, s.content -> 'values' as values, s.at
             from assignment a
             join submission s on s.directive = a.directive and s.assignment = a.id and s.kind = 'report'
                  and s.version = a.approved
            where a.unit = asked.unit and a.approved > 0 and not a.node and a.id <> asked.id
            order by a.due_at desc
            limit $5) r),
      known as materialized (
        select d.id as directive, i ->> 'key' as item, w.key
          from (select distinct directive from recent) as r
          join directive d on d.id = r.directive
         cross join jsonb_array_elements(d.items) i
         cross join jsonb_array_elements(i -> 'form' -> 'fields') f
          join unnest($3::text[], $4::text[]) as w (key, type)
            on f ->> 'key' = w.key and f ->> 'type' = w.type)
      select asked, key, value, at, assignment
        from (select r.asked, k.key, r.values -> k.key as value, r.at, r.id as assignment,
                     row_number() over (partition by r.asked, k.key order by r.at desc, r.id) as nth
                from recent r
                join known k on k.directive = r.directive and k.item = r.item
               where r.values ? k.key) as found
       where nth <= $6
       order by asked, key, nth`,
    values: [
      asked.map(({ id }) => id),
      asked.map(({ unit }) => unit),
      keys.map(({ key }) => key),
      keys.map(({ type }) => type),
      LOOK_BACK,
      GIVEN,
    ],
  });
  return rows;
}

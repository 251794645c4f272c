// What units are being asked already, or have answered lately, of the fields a new directive asks.
import type { Earlier } from '../../domain/form/asked-again.ts';
import type { Db } from '../pool.ts';

/** A field of an item of the new directive; `freshDays` null: an old answer is of no use. */
export type AskedField = { item: string; key: string; type: string; freshDays: number | null };
export type AskedUnit = { item: string; unit: string };

/**
 * How far back is looked, a unit: what it owes or has reported with the latest due times. A unit that owes more than
 * this has greater worries than being asked twice.
 */
const LOOK_BACK = 50;

type Row = Omit<Earlier, 'at' | 'assignment'> & { at: Date; assignment: string | null; total: number };

/**
 * One statement for all units and fields: the latest assignments of each unit, the fields of their directives (each
 * directive's items opened once), and for answers the report that counts. What is open comes first, and of one kind one
 * unit and field the latest; `total` is all there are, `limit` the most that are answered.
 */
export async function findEarlier(
  db: Db,
  about: {
    /** The new directive itself is no earlier one, nor are those of the same id still a draft. */
    directive: string;
    /** Assignments of this office's directives are named. */
    office: string;
    units: readonly AskedUnit[];
    fields: readonly AskedField[];
    now: string;
    limit: number;
  },
): Promise<{ found: Earlier[]; total: number }> {
  const { units, fields } = about;
  const { rows } = await db.query<Row>({
    name: 'asked_again/find',
    text: `
      with asked as (select * from unnest($1::text[], $2::text[]) as u (item, unit)),
      wanted as (select * from unnest($3::text[], $4::text[], $5::text[], $6::int[]) as w (item, key, type, fresh)),
      places as (select distinct unit from asked),
      owed as materialized (
        select p.unit, a.*
          from places p
         cross join lateral (
           select a.directive, a.id, a.item, a.due_at as at, a.settled, a.node
             from assignment a
            where a.holder = 'unit/' || p.unit
            order by a.due_at desc
            limit ${LOOK_BACK}) a
         where not a.settled and not a.node and a.directive <> $7),
      answered as materialized (
        select p.unit, a.*
          from places p
         cross join lateral (
           select a.directive, a.id, a.item, a.approved
             from assignment a
            where a.unit = p.unit and a.approved > 0 and not a.node
            order by a.due_at desc
            limit ${LOOK_BACK}) a
         where a.directive <> $7 and exists (select from wanted where fresh is not null)),
      known as materialized (
        select d.id as directive, d.number, d.office, i ->> 'key' as item, f ->> 'key' as key, f ->> 'type' as type
          from directive d
         cross join jsonb_array_elements(d.items) i
         cross join jsonb_array_elements(i -> 'form' -> 'fields') f
         where d.id in (select directive from owed union select directive from answered)
           and exists (select from wanted w where w.key = f ->> 'key' and w.type = f ->> 'type')),
      earlier as (
        select w.item, o.unit, w.key as field, 'open' as kind, o.at, k.number, k.office, o.id
          from owed o
          join known k on k.directive = o.directive and k.item = o.item
          join asked u on u.unit = o.unit
          join wanted w on w.item = u.item and w.key = k.key and w.type = k.type
        union all
        select w.item, a.unit, w.key, 'fresh', s.at, k.number, k.office, a.id
          from answered a
          join known k on k.directive = a.directive and k.item = a.item
          join asked u on u.unit = a.unit
          join wanted w on w.item = u.item and w.key = k.key and w.type = k.type
          join submission s
            on s.directive = a.directive and s.assignment = a.id and s.kind = 'report' and s.version = a.approved
         where s.at >= $8::timestamptz - w.fresh * interval '1 day'
           and coalesce(s.content -> 'values' -> w.key, s.content -> 'rows' -> w.key, 'null') not in ('null', '[]', '""')),
      latest as (
        select distinct on (kind, item, unit, field) * from earlier order by kind, item, unit, field, at desc)
      select item, unit, field, kind, at, number, case when office = $9 then id end as assignment,
             (count(*) over ())::int as total
        from latest
       order by kind desc, item, unit, field
       limit $10`,
    values: [
      units.map(({ item }) => item),
      units.map(({ unit }) => unit),
      fields.map(({ item }) => item),
      fields.map(({ key }) => key),
      fields.map(({ type }) => type),
      fields.map(({ freshDays }) => freshDays),
      about.directive,
      about.now,
      about.office,
      about.limit,
    ],
  });
  const found = rows.map(({ total: _, at, ...row }): Earlier => ({ ...row, at: at.toISOString() }));
  return { found, total: rows[0]?.total ?? 0 };
}

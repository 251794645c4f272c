// The open requests and latest answers of units, looked up for many units at once before a directive goes out.
import type { AnsweredElsewhere, KnownField, AskedElsewhere } from '../../domain/form/asked-again.ts';
import type { Db } from '../pool.ts';

/**
 * How many assignments and reports are looked at for one unit, those with the latest due times. A unit that owes more
 * than this has greater worries than being asked twice.
 */
const LOOK_BACK = 30;

const ms = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`;

/** Latest due first. */
export async function listOwed(db: Db, units: readonly string[], except: string): Promise<AskedElsewhere[]> {
  const { rows } = await db.query<AskedElsewhere>({
    name: 'asked_again/list_owed',
    text: `
      select p.unit, a.directive, a.item, a.id as assignment, ${ms('a.due_at')} as at
        from unnest($1::text[]) as p (unit)
       cross join lateral (
         select * from assignment
          where holder = 'unit/' || p.unit
          order by due_at desc, id desc
          limit ${LOOK_BACK}) a
       where not a.settled and not a.node and a.directive <> $2
       order by a.due_at desc`,
    values: [units, except],
  });
  return rows;
}

/** Latest report first. */
export async function listAnswered(
  db: Db,
  units: readonly string[],
  except: string,
  since: string,
): Promise<AnsweredElsewhere[]> {
  const { rows } = await db.query<AnsweredElsewhere>({
    name: 'asked_again/list_answered',
    text: `
      select p.unit, a.directive, a.item, a.id as assignment, a.approved as version, ${ms('s.at')} as at
        from unnest($1::text[]) as p (unit)
       cross join lateral (
         select * from assignment
          where unit = p.unit and approved > 0 and unit is not null and not node
          order by due_at desc
          limit ${LOOK_BACK}) a
        join submission s
          on s.directive = a.directive and s.assignment = a.id and s.kind = 'report' and s.version = a.approved
       where a.directive <> $2 and s.at >= $3
       order by s.at desc`,
    values: [units, except, since],
  });
  return rows;
}

/** The fields with these keys that the directives ask; the items of each directive are opened once. */
export async function listKnownFields(
  db: Db,
  directives: readonly string[],
  keys: readonly string[],
): Promise<KnownField[]> {
  const { rows } = await db.query<KnownField>({
    name: 'asked_again/list_fields',
    text: `
      select d.id as directive, d.number, d.office, i ->> 'key' as item, f ->> 'key' as key, f ->> 'type' as type
        from directive d
       cross join jsonb_array_elements(d.items) i
       cross join jsonb_array_elements(i -> 'form' -> 'fields') f
       where d.id = any($1) and f ->> 'key' = any($2)`,
    values: [directives, keys],
  });
  return rows;
}

/** Which of the keys each report has answered, by assignment. */
export async function findSaid(
  db: Db,
  reports: readonly AnsweredElsewhere[],
  keys: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await db.query<{ assignment: string; said: string[] }>({
    name: 'asked_again/find_said',
    text: `
      select s.assignment,
             array(select k from unnest($4::text[]) k
                    where coalesce(s.content -> 'values' -> k, s.content -> 'rows' -> k, 'null')
                          not in ('null', '[]', '""')) as said
        from unnest($1::text[], $2::text[], $3::int[]) as r (directive, assignment, version)
        join submission s
          on s.directive = r.directive and s.assignment = r.assignment and s.version = r.version and s.kind = 'report'`,
    values: [
      reports.map(({ directive }) => directive),
      reports.map(({ assignment }) => assignment),
      reports.map(({ version }) => version),
      keys,
    ],
  });
  return new Map(rows.map(({ assignment, said }) => [assignment, new Set(said)]));
}

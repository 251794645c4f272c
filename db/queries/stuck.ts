// What holds directives up: reports that wait for a review, and leaves that owe a receipt or a report.
import type { Place } from '../../domain/organisation/organisation.ts';
import type { Db } from '../pool.ts';

export type StuckRow = {
  directive: string;
  assignment: string;
  holder: Place;
  waitsFor: 'receipt' | 'report' | 'review';
  since: Date;
  behind: number;
  escalation: number;
  slips: number;
};

/**
 * At most `limit` of each directive, most waiting behind first, then longest waited. A review is waited for at the node
 * above the reports; at the top it is the office's own, which has no assignment: the report's itself is named.
 */
export async function listStuck(
  db: Db,
  directives: readonly string[],
  nowMs: number,
  limit: number,
): Promise<StuckRow[]> {
  const { rows } = await db.query<StuckRow>({
    name: 'stuck/list',
    text: `
      select x.* from unnest($1::text[]) as d (id)
       cross join lateral (
         select * from (
           select d.id as directive, p.id as assignment, p.holder, 'review' as "waitsFor",
                  min(a.settled_or_sent) as since, count(*)::int as behind, p.escalation,
                  coalesce((p.state ->> 'slips')::int, 0) as slips
             from (select a.parent, to_timestamp((a.state ->> 'submittedAt')::float8 / 1000) as settled_or_sent
                     from assignment a
                    where a.directive = d.id and a.phase = 'submitted' and a.parent is not null) a
             join assignment p on p.directive = d.id and p.id = a.parent
            group by p.id, p.holder, p.escalation, p.state
           union all
           select a.directive, a.id, a.holder,
                  case when a.phase = 'issued' then 'receipt' else 'report' end,
                  to_timestamp((a.state ->> 'issuedAt')::float8 / 1000), 1, a.escalation,
                  coalesce((a.state ->> 'slips')::int, 0)
             from assignment a
            where a.directive = d.id and not a.node and not a.suspended and a.phase in ('issued', 'acknowledged', 'returned')
              and (a.phase = 'issued' or a.due_at < to_timestamp($2::float8 / 1000))) y
          order by behind desc, since limit $3) x`,
    values: [directives, nowMs, limit],
  });
  return rows;
}

export type StripRow = {
  directive: string;
  grey: number;
  green: number;
  yellow: number;
  red: number;
  blue: number;
  hatched: number;
  receiptsLate: number;
};

/** Leaves by light as rows say it, without the fifth of the time that makes one yellow before it is due. */
export async function countStrips(
  db: Db,
  directives: readonly string[],
  nowMs: number,
): Promise<Map<string, StripRow>> {
  const { rows } = await db.query<StripRow>({
    name: 'stuck/strips',
    text: `
      select d.id as directive, s.* from unnest($1::text[]) as d (id)
       cross join lateral (
         select count(*) filter (where l = 'grey')::int as grey, count(*) filter (where l = 'green')::int as green,
                count(*) filter (where l = 'yellow')::int as yellow, count(*) filter (where l = 'red')::int as red,
                count(*) filter (where l = 'blue')::int as blue, count(*) filter (where l = 'hatched')::int as hatched,
                count(*) filter (where late)::int as "receiptsLate"
           from (select a.phase = 'issued' and (a.state ->> 'acknowledgeBy')::float8 < $2::float8 as late,
                        case when a.suspended then 'hatched'
                             when a.phase in ('issued', 'acknowledged', 'returned') and a.due_at < to_timestamp($2::float8 / 1000) then 'red'
                             when a.phase in ('approved', 'cancelled', 'missing') then 'blue'
                             when a.phase = 'returned'
                               or (a.phase = 'issued' and (a.state ->> 'acknowledgeBy')::float8 < $2::float8) then 'yellow'
                             when a.phase = 'issued' then 'grey' else 'green' end as l
                   from assignment a where a.directive = d.id and not a.node) leaves) s`,
    values: [directives, nowMs],
  });
  return new Map(rows.map((row) => [row.directive, row]));
}

/** Those of the directives in which a task force has a part. */
export async function findWithTaskForce(
  db: Db,
  directives: readonly string[],
  taskForce: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>({
    name: 'stuck/with_task_force',
    text: `select d.id from unnest($1::text[]) as d (id)
            where exists (select from assignment a where a.directive = d.id and a.task_force = $2)`,
    values: [directives, taskForce],
  });
  return new Set(rows.map(({ id }) => id));
}

// How much a person owes and is asked for: counts beside the first screen, each bounded so that it costs the same for all.
import type { ReadingSeats } from '../../domain/access/seating.ts';
import type { Db } from '../pool.ts';
import { OF_OFFICE_FOR, OFFERED, SEAT_PLACES, SEATED, seatValues } from './sight.ts';

export type OwedCounts = {
  owed: number;
  unacknowledged: number;
  returned: number;
  suspended: number;
  asked: number;
  overdue: number;
  today: number;
  week: number;
};

/** Numbers on a badge: above this they say "and more". */
const COUNTED = 1000;

/** Of what these seats hold and still owe; days end at `todayEndMs` and `weekEndMs`. */
export async function countOwed(
  db: Db,
  reading: ReadingSeats,
  times: { nowMs: number; todayEndMs: number; weekEndMs: number },
): Promise<OwedCounts> {
  const at = (parameter: string): string => `to_timestamp(${parameter}::float8 / 1000)`;
  const { rows } = await db.query<OwedCounts>({
    name: 'work/count_owed',
    text: `
      select count(*)::int as owed,
             count(*) filter (where phase = 'issued')::int as unacknowledged,
             count(*) filter (where phase = 'returned')::int as returned,
             count(*) filter (where suspended)::int as suspended,
             count(*) filter (where asked or transfer_to is not null)::int as asked,
             count(*) filter (where due_at < ${at('$3')})::int as overdue,
             count(*) filter (where due_at >= ${at('$3')} and due_at < ${at('$4')})::int as today,
             count(*) filter (where due_at >= ${at('$3')} and due_at >= ${at('$4')} and due_at < ${at('$5')})::int as week
        from assignment a
       where a.holder = any(${SEAT_PLACES}) and ${SEATED('a')} and a.phase in ('issued', 'acknowledged', 'returned')`,
    values: [...seatValues(reading), times.nowMs, times.todayEndMs, times.weekEndMs],
  });
  const [counts] = rows;
  if (counts === undefined) throw new Error('a count without a row');
  return counts;
}

/** Of what these seats have issued, or are asked to take over: reports to review, and requests to decide. */
export async function countWaiting(
  db: Db,
  reading: ReadingSeats,
): Promise<{ toReview: number; toDecide: number }> {
  const issued = (where: string): string => `
    select from assignment a join directive d on d.id = a.directive
      left join assignment p on p.directive = a.directive and p.id = a.parent
     where ${where} and ((p.id is null and ${OF_OFFICE_FOR('d.office', 'a')}) or (p.id is not null and ${SEATED('p')}))
     limit ${COUNTED}`;
  const { rows } = await db.query<{ review: number; decide: number; offered: number }>({
    name: 'work/count_waiting',
    text: `
      select (select count(*)::int from (${issued(`a.waits and (a.phase = 'submitted' or a.state ->> 'correcting' = 'true')`)}) r) as review,
             (select count(*)::int from (${issued('a.asked')}) r) as decide,
             (select count(*)::int from (
                select from assignment a where a.transfer_to = any(${SEAT_PLACES}) and ${OFFERED('a')} limit ${COUNTED}) r) as offered`,
    values: seatValues(reading),
  });
  const [counts] = rows;
  return { toReview: counts?.review ?? 0, toDecide: (counts?.decide ?? 0) + (counts?.offered ?? 0) };
}

// The places people work with by open assignments: who issued to them, and to whom they issued.
import type { ReadingSeats } from '../../domain/access/seating.ts';
import type { Place } from '../../domain/organisation/organisation.ts';
import type { Db } from '../pool.ts';
import { SEAT_PLACES, SEATED, seatValues } from './sight.ts';

const OPEN = `x.phase in ('issued', 'acknowledged', 'submitted', 'returned')`;
const UP = 'join assignment up on up.directive = x.directive and up.id = x.parent';

/** Of these places those that hold, or issued, an open assignment directly above or below one of the seats'. */
export async function listWorkedWith(
  db: Db,
  reading: Pick<ReadingSeats, 'seats'>,
  places: readonly Place[],
): Promise<Place[]> {
  if (places.length === 0 || reading.seats.length === 0) return [];
  const { rows } = await db.query<{ place: Place }>({
    name: 'contact/list_worked_with',
    text: `
      select x.holder as place from assignment x ${UP}
       where x.holder = any($3) and ${OPEN} and up.holder = any(${SEAT_PLACES}) and ${SEATED('up')}
      union
      select up.holder from assignment x ${UP}
       where x.holder = any(${SEAT_PLACES}) and ${SEATED('x')} and ${OPEN} and up.holder = any($3)
      union
      select 'unit/' || d.office from assignment x join directive d on d.id = x.directive
       where x.parent is null and x.holder = any(${SEAT_PLACES}) and ${SEATED('x')} and ${OPEN}
         and 'unit/' || d.office = any($3)
      union
      select x.holder from assignment x join directive d on d.id = x.directive
       where x.parent is null and x.holder = any($3) and ${OPEN} and 'unit/' || d.office = any(${SEAT_PLACES})`,
    values: [...seatValues(reading), places],
  });
  return rows.map(({ place }) => place);
}

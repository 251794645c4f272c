// The sight rule (domain/access/sight.ts) as SQL, for lists: the one place where a statement may decide it.
//
// A statement that uses it has the reader's seats as its first two parameters, places and what each seat is named for.
// tests/integration/reading/sight.test.ts proves that both give the same answers: change neither without the other.
import type { ReadingSeats } from '../../domain/access/seating.ts';

/** The first two parameters of every statement that asks what seats see. */
export const seatValues = ({ seats }: Pick<ReadingSeats, 'seats'>): [string[], (string | null)[]] => [
  seats.map(({ place }) => place),
  seats.map(({ only }) => only),
];

/**
 * All seats' places, limited or not. They find the index; `covers` then leaves out what a limited seat does not see.
 */
export const SEAT_PLACES = '$1::text[]';

const SEATS = 'unnest($1::text[], $2::text[]) as seat (place, only_for)';
/** Places of seats that are not limited: computed once a statement. */
const OPEN_PLACES = `array(select place from ${SEATS} where only_for is null)`;

/** The same by the bare code of a unit, as directives name their offices: no row has to be put together for it. */
const OPEN_UNITS = `array(select substr(place, 6) from ${SEATS} where only_for is null and place like 'unit/%')`;

/** SQL: does one of the seats act for this place, in work of that task force? */
const covers = (place: string, taskForce: string): string =>
  `(${place} = any(${OPEN_PLACES}) or (${place}, ${taskForce}) in (select place, only_for from ${SEATS} where only_for is not null))`;

/** SQL: do the seats hold the assignment `a`? Beside it belongs `a.holder = any(SEAT_PLACES)`, for the index. */
export const SEATED = (a: string): string => covers(`${a}.holder`, `${a}.task_force`);

/** SQL: are the seats asked to take the assignment `a` over? */
export const OFFERED = (a: string): string => covers(`${a}.transfer_to`, `${a}.task_force`);

/** SQL: has the merged result of the assignment `a` been shared with the seats under this place? */
export const SHARED_WITH = (place: string, a: string): string => covers(place, `${a}.task_force`);

/** SQL: do the seats act for that office in all its work? Then they see its directives whole. */
const OF_OFFICE = (office: string): string => `${office} = any(${OPEN_UNITS})`;

/** SQL: do the seats act for that office in work of the task force of `a`? */
export const OF_OFFICE_FOR = (office: string, a: string): string =>
  `(${OF_OFFICE(office)} or ('unit/' || ${office}, ${a}.task_force) in (select place, only_for from ${SEATS} where only_for is not null))`;

/** SQL: has the directive `d` been handed up to these seats? */
export const HANDED_UP_TO = (d: string): string =>
  `(${d}.handed_up > 0 and ${d}.phase <> 'draft' and ${d}.superior = any(${OPEN_UNITS}))`;

/**
 * SQL: does a unit of the reader lead the task force that holds `a`? `led` is the parameter with the task forces led.
 */
const LED = (a: string, led: string): string =>
  `(${a}.task_force = any(${led}) and ${a}.holder = 'taskForce/' || ${a}.task_force)`;
const LED_PLACES = (led: string): string => `array(select 'taskForce/' || f from unnest(${led}) f)`;

/** SQL: is `a` the reader's own: held by, offered to, or led by the reader's seats? */
export const OWN = (a: string, led: string): string => `(${SEATED(a)} or ${OFFERED(a)} or ${LED(a, led)})`;

/** SQL: do the seats hold something above the assignment `a`? A path has one task force. */
const ABOVE = (a: string): string => `
  exists (select from assignment up
           where up.directive = ${a}.directive and up.holder = any(${SEAT_PLACES}) and ${SEATED('up')}
             and ${a}.id > up.id || '.' and ${a}.id < up.id || '/')`;

/** SQL: is `a` of a directive of an office of the seats, or of the task force a seat at its office is named for? */
const OF_OFFICE_OF = (a: string): string => `
  (exists (select from directive o where o.id = ${a}.directive and ${OF_OFFICE('o.office')})
   or (${a}.directive, ${a}.task_force) in (
        select o.id, seat.only_for from ${SEATS} join directive o on 'unit/' || o.office = seat.place
         where seat.only_for is not null))`;

/** SQL: does the reader see the assignment `a`? */
export const SEES_ASSIGNMENT = (a: string, reader: { all: string; led: string }): string =>
  `(${reader.all} or ${OWN(a, reader.led)} or ${OF_OFFICE_OF(a)} or ${ABOVE(a)})`;

/** SQL: may the reader see the whole directive `d`? */
export const SEES_WHOLE = (d: string, all: string): string => `(${all} or ${OF_OFFICE(`${d}.office`)})`;

/**
 * SQL: does the reader see an assignment of the directive `d`? One index for each case. A seat at the office that is
 * named for one task force sees that task force's part, which has a place of its own in every item.
 */
export const SEES_PART = (d: string, led: string): string => `
  (${d}.phase <> 'draft' and (
     exists (select from assignment a where a.directive = ${d}.id and a.holder = any(${SEAT_PLACES}) and ${SEATED('a')})
     or exists (select from assignment a
                 where a.directive = ${d}.id and a.transfer_to = any(${SEAT_PLACES}) and ${OFFERED('a')})
     or exists (select from assignment a where a.directive = ${d}.id and a.holder = any(${LED_PLACES(led)}) and ${LED('a', led)})
     or ('unit/' || ${d}.office = any(${SEAT_PLACES}) and exists (${partsOfGuests(d)}))))`;

/** SQL: the assignments of `d` that belong to the task forces named in the reader's limited seats at the office. */
export function partsOfGuests(d: string): string {
  return `select g.directive, g.id, coalesce(g.rank, g.id) as rank, g.holder, g.transfer_to, g.task_force from ${SEATS}
           cross join jsonb_array_elements(${d}.items) asked (item)
            join assignment g on g.directive = ${d}.id and g.id = ${d}.id || '.' || (asked.item ->> 'key') || '.' || seat.only_for
           where seat.place = 'unit/' || ${d}.office`;
}

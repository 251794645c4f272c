// Changed hands: the seats taken and left since people were last told, and the one notice each person gets of it.
import type { Millis } from '../instant.ts';
import {
  codeOf,
  nameOf,
  type Directory,
  type Place,
  type Role,
  type Seat,
} from '../organisation/organisation.ts';
import { seated } from '../policy/reach.ts';
import type { HandData } from './notice-data.ts';

/** A person in a seat; `only` is the task force a unit's liaison is named for. */
export type SeatedPerson = { place: Place; role: Role; only: string | null; person: string };

/** The open work of a place, in one task force, for one issuer. */
export type PlaceWork = {
  holder: Place;
  /** null: the office's own directives. */
  taskForce: string | null;
  /** null: no place above is told, since the superior has not asked it of a post. */
  issuer: Place | null;
  open: number;
  late: number;
};
/** The places with a part of this work. */
export type WorkBelow = { holder: Place; taskForce: string; below: Place };
/** The late assignments of it, earliest due first. */
export type LateWork = { holder: Place; taskForce: string; assignment: string; title: string };

export type Handwork = { work: PlaceWork[]; below: WorkBelow[]; late: LateWork[] };

type SeatNamed = { place: Place; name: string; role: Role };
export type HandNotice = {
  person: string;
  type: 'postTaken' | 'postEnded' | 'liaisonChanged';
  /** Where the person is told. */
  place: Place;
  data: HandData;
};

/** As many as a person reads; the number of the rest is told. */
const MAX_CHANGES = 50;
const MAX_LATE = 20;

const handKey = ({ place, role, only, person }: SeatedPerson): string =>
  [place, role, only ?? '', person].join(' ');

const isHeld = (seat: Seat, now: Millis): boolean => seat.from <= now && now < seat.to;

/** All people in a seat now, each seat once. */
export function handsAt(directory: Directory, now: Millis): Map<string, SeatedPerson> {
  const hands = new Map<string, SeatedPerson>();
  for (const seats of directory.seatsByPlace.values())
    for (const seat of seats) {
      const { place, role, only, person } = seat;
      if (place === null || !isHeld(seat, now)) continue;
      const hand: SeatedPerson = { place, role, only, person };
      hands.set(handKey(hand), hand);
    }
  return hands;
}

/** When the next seat begins or ends by itself; null where none does. */
export function nextChangeOfHands(directory: Directory, now: Millis): Millis | null {
  let next = Infinity;
  for (const seats of directory.seatsByPlace.values())
    for (const { from, to } of seats)
      for (const moment of [from, to]) if (moment > now && moment < next) next = moment;
  return Number.isFinite(next) ? next : null;
}

export function changedHands(
  told: readonly SeatedPerson[],
  now: ReadonlyMap<string, SeatedPerson>,
): { taken: SeatedPerson[]; left: SeatedPerson[] } {
  const before = new Set(told.map(handKey));
  return {
    taken: [...now.values()].filter((hand) => !before.has(handKey(hand))),
    left: told.filter((hand) => !now.has(handKey(hand))),
  };
}

/** A liaison named for one task force has its work alone. */
const isOf = (only: string | null, taskForce: string | null): boolean => only === null || only === taskForce;

/**
 * One notice a person, of all that concerns them. A person who takes a seat with work is told the work; a person who
 * has left one is told that it has ended; the liaisons above and directly below the place's open work are told the new
 * names. A change of a seat without work is not told: a district on its first day would tell every person.
 */
export function handNotices(
  changed: { taken: readonly SeatedPerson[]; left: readonly SeatedPerson[] },
  { work, below, late }: Handwork,
  directory: Directory,
  now: Millis,
): HandNotice[] {
  const notices = new Map<string, HandNotice>();
  const noticeOf = (person: string, type: HandNotice['type'], place: Place): HandNotice['data'] => {
    const known = notices.get(person);
    if (known) return known.data;
    const notice: HandNotice = { person, type, place, data: {} };
    notices.set(person, notice);
    return notice.data;
  };
  const seatNamed = ({ place, role }: SeatedPerson): SeatNamed => ({
    place,
    name: nameOf(directory, place),
    role,
  });

  for (const hand of changed.taken) {
    const its = work.filter(({ holder, taskForce }) => holder === hand.place && isOf(hand.only, taskForce));
    const open = its.reduce((sum, each) => sum + each.open, 0);
    if (open === 0) continue;
    const overdue = its.reduce((sum, each) => sum + each.late, 0);
    const data = noticeOf(hand.person, 'postTaken', hand.place);
    (data.taken ??= []).push({ ...seatNamed(hand), open, overdue });
    const known = new Set(data.late?.map(({ assignment }) => assignment));
    const added = late.filter(
      (each) => each.holder === hand.place && isOf(hand.only, each.taskForce) && !known.has(each.assignment),
    );
    data.late = [
      ...(data.late ?? []),
      ...added.map(({ assignment, title }) => ({ assignment, title })),
    ].slice(0, MAX_LATE);
    data.list = '/assignments?holder=me';
  }
  for (const hand of changed.left)
    (noticeOf(hand.person, 'postEnded', hand.place).ended ??= []).push(seatNamed(hand));

  for (const { seat, from, to } of seatsChanged(changed)) {
    const change = {
      ...seatNamed(seat),
      from: from.map((person) => directory.people.get(person)?.name ?? person),
      to: to.map((person) => directory.people.get(person)?.name ?? person),
    };
    for (const [person, place] of counterparts(seat, { work, below }, directory, now)) {
      if (from.includes(person) || to.includes(person)) continue;
      const data = noticeOf(person, 'liaisonChanged', place);
      if ((data.changes ??= []).length < MAX_CHANGES) data.changes.push(change);
      else data.more = (data.more ?? 0) + 1;
    }
  }
  return [...notices.values()];
}

/** The people who left and the people who came, seat by seat. */
function seatsChanged({
  taken,
  left,
}: {
  taken: readonly SeatedPerson[];
  left: readonly SeatedPerson[];
}): { seat: SeatedPerson; from: string[]; to: string[] }[] {
  const seats = new Map<string, { seat: SeatedPerson; from: string[]; to: string[] }>();
  const seatOf = (hand: SeatedPerson): { from: string[]; to: string[] } => {
    const key = handKey({ ...hand, person: '' });
    const known = seats.get(key) ?? { seat: hand, from: [], to: [] };
    seats.set(key, known);
    return known;
  };
  for (const hand of left) seatOf(hand).from.push(hand.person);
  for (const hand of taken) seatOf(hand).to.push(hand.person);
  return [...seats.values()];
}

/** The liaisons of the issuers of its open work and of those directly below it, with the place each is told at. */
function counterparts(
  { place, only }: SeatedPerson,
  { work, below }: Pick<Handwork, 'work' | 'below'>,
  directory: Directory,
  now: Millis,
): Map<string, Place> {
  const sides = [
    ...work
      .filter(({ holder, taskForce }) => holder === place && isOf(only, taskForce))
      .map(({ issuer, taskForce }) => ({ at: issuer, taskForce })),
    ...below
      .filter(({ holder, taskForce }) => holder === place && isOf(only, taskForce))
      .map(({ below: at, taskForce }) => ({ at, taskForce })),
  ];
  const found = new Map<string, Place>();
  for (const { at, taskForce } of sides) {
    if (at === null) continue;
    for (const role of ['liaisonA', 'liaisonB'])
      for (const person of seated(directory, at, role, taskForce ?? '', now)) found.set(person, at);
  }
  return found;
}

/** The places whose work must be known. */
export const placesOf = (changed: {
  taken: readonly SeatedPerson[];
  left: readonly SeatedPerson[];
}): Place[] => [...new Set([...changed.taken, ...changed.left].map(({ place }) => place))];

/** The offices among them, by code: the directives they have handed out are their work, though no place handed it to them. */
export const officesAmong = (directory: Directory, places: readonly Place[]): string[] =>
  places.map(codeOf).filter((code) => directory.units.get(code)?.kind === 'office');

// Who is told of an event: the posts concerned, as they are occupied at that moment.
import { issuerOf, type Standing } from '../access/relation.ts';
import type { EventData, NewEvent } from '../assignment/happening.ts';
import type { Millis } from '../instant.ts';
import type { Reached } from '../clock/ladder.ts';
import {
  isTaskForce,
  occupants,
  unitPlace,
  type Directory,
  type Place,
  type Role,
} from '../organisation/organisation.ts';
import type { Target } from '../clock/policy.ts';

/** In an office the director leads and the staff are the liaisons. */
const OFFICE_ROLES: Readonly<Record<string, Role[]>> = {
  leader: ['director', 'deputy'],
  liaisonA: ['staff'],
  liaisonB: ['staff'],
};

/** Who sits there in that role at that moment; an office’s staff are its liaisons. */
export function seated(
  directory: Directory,
  place: Place,
  role: string,
  taskForce: string,
  at: Millis,
): string[] {
  const isOffice = !isTaskForce(place) && directory.units.get(place.slice('unit/'.length))?.kind === 'office';
  const roles: Role[] = isOffice ? (OFFICE_ROLES[role] ?? [role as Role]) : [role as Role];
  return roles.flatMap((each) => occupants(directory, place, each, taskForce, at));
}

/** Anybody of a place, its liaisons first: whom a notice reaches when the post named is empty. */
function anyoneOf(directory: Directory, place: Place, taskForce: string, at: Millis): string[] {
  for (const role of ['liaisonA', 'liaisonB', 'leader', 'deputy', 'director']) {
    const people = seated(directory, place, role, taskForce, at);
    if (people.length > 0) return people;
  }
  return [];
}

/**
 * The people behind a rung's or a reminder's targets. Where all posts named are empty it passes to whoever else sits
 * there, or to the next above in the tree that has anybody, and says to whom. A rung (`isRung`) is there because the
 * place itself has not answered: it passes above at once, and stays only where nobody at all sits above.
 */
export function reach(
  directory: Directory,
  standing: Standing,
  targets: readonly Target[],
  at: Millis,
  isRung = false,
): Reached {
  const office = unitPlace(standing.office);
  const places: Record<string, Place> = { unit: standing.holder, issuer: issuerOf(standing), office };
  const people = new Set<string>();
  for (const target of targets) {
    const [whose = '', role = ''] = target.split('.');
    const place = places[whose];
    if (place)
      for (const person of seated(directory, place, role, standing.taskForce, at)) people.add(person);
  }
  if (people.size > 0) return { notified: [...people].sort() };
  // Nobody: from the lowest place named upward, ending at the office.
  const chain: Place[] = [office, ...standing.above, standing.holder];
  const lowest = targets.some((target) => target.startsWith('unit.')) ? chain.length - 1 : chain.length - 2;
  const upward = chain.slice(0, lowest + 1).reverse();
  const [named, ...above] = upward;
  for (const place of isRung && named ? [...above, named] : upward) {
    const found = anyoneOf(directory, place, standing.taskForce, at);
    if (found.length > 0) return { notified: found, passedTo: place };
  }
  return { notified: [] };
}

const HOLDER: readonly Target[] = ['unit.liaisonA', 'unit.liaisonB'];
const ISSUER: readonly Target[] = ['issuer.liaisonA'];
const DECIDER: readonly Target[] = ['issuer.liaisonA', 'issuer.leader'];

const isByHand = ({ cause, carried }: EventData['rescheduled']): boolean =>
  cause === 'reschedule' && carried === undefined;

/** Whom an event itself concerns; reminders and rungs carry their people. Nobody is told of what they did themselves. */
export function toldOf(
  event: NewEvent,
  directory: Directory,
  standing: Standing,
  at: Millis,
  actor: string | null = null,
): string[] {
  const people = concerned(event, directory, standing, at);
  return actor === null ? people : people.filter((person) => person !== actor);
}

function concerned(event: NewEvent, directory: Directory, standing: Standing, at: Millis): string[] {
  const to = (targets: readonly Target[], holder: Place = standing.holder): string[] =>
    reach(directory, { ...standing, holder }, targets, at).notified;
  switch (event.type) {
    case 'reminded':
    case 'escalated':
    case 'urged':
      return event.data.notified;
    case 'issued':
    case 'returned':
    case 'reopened':
    case 'cancelled':
    case 'extensionDecided':
    case 'transferDeclined':
    case 'declineDecided':
    case 'suspended':
    case 'amended':
      return to(HOLDER);
    case 'resumed':
      // Without a due time another suspension still holds.
      return event.data.dueAt === undefined ? [] : to(HOLDER);
    case 'rescheduled':
      if (event.data.dueAt === event.data.was) return [];
      // Of another level's hand the issuer hears as well.
      return isByHand(event.data) ? [...new Set([...to(HOLDER), ...to(ISSUER)])].sort() : to(HOLDER);
    case 'closed':
      return event.data.outcome === 'missing' ? to(HOLDER) : [];
    case 'overdue':
      return event.data.waiting ? to(['unit.liaisonA']) : [];
    case 'rolledUp':
    case 'restated':
      return to(ISSUER);
    case 'extensionRequested':
    case 'declined':
      return to(DECIDER);
    case 'transferRequested':
      return to(['unit.liaisonA', 'unit.leader'], event.data.to);
    case 'transferred':
      return [...new Set([...to(HOLDER), ...to(HOLDER, event.data.from), ...to(ISSUER)])].sort();
    case 'gathered':
      return to(event.data.asks === 'signature' ? ['unit.leader'] : HOLDER);
    case 'withdrawn':
      // What has not left the house is no business of the issuer.
      return event.data.unsigned ? to(['unit.leader']) : to(ISSUER);
    case 'presented':
      return to(event.data.onBehalf ? ['unit.leader', ...HOLDER] : ['unit.leader']);
    case 'shared':
      return to(HOLDER, event.data.to);
    case 'commented':
      return [...new Set([...to(HOLDER), ...to(ISSUER)])].sort();
    case 'submitted':
      // What others have brought in its name the unit must be able to object to.
      return event.data.onBehalf ? to(HOLDER) : [];
    // Silent: the issuer's list of what waits for review is one list, not a message for each report.
    case 'acknowledged':
    case 'progressed':
    case 'corrected':
    case 'signed':
    case 'partAdded':
    case 'approved':
    case 'decomposed':
    case 'receiptOverdue':
      return [];
  }
}

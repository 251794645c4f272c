// Who is told of an event: the posts concerned, as they are occupied at that moment.
import type { AssignmentStanding } from '../access/relation.ts';
import type { EventData, EventType, NewEvent } from '../assignment/happening.ts';
import { ASSIGNMENT_EVENTS } from '../assignment/event/assignment-events.ts';
import type { To } from '../assignment/event/event-row.ts';
import type { Millis } from '../instant.ts';
import { reach } from '../policy/reach.ts';
import type { Directory } from '../organisation/organisation.ts';

/** The people an event itself concerns, without its actor; reminders and rungs carry their people. */
export function toldOf(
  event: NewEvent,
  directory: Directory,
  standing: AssignmentStanding,
  at: Millis,
  actor: string | null = null,
): string[] {
  const people = concerned(event, directory, standing, at);
  return actor === null ? people : people.filter((person) => person !== actor);
}

const concerned = (
  event: NewEvent,
  directory: Directory,
  standing: AssignmentStanding,
  at: Millis,
): string[] =>
  toldBy(
    event.type,
    event.data,
    (targets, holder = standing.holder) => reach(directory, { ...standing, holder }, targets, at).notified,
  );

const toldBy = <T extends EventType>(type: T, data: EventData[T], to: To): string[] =>
  ASSIGNMENT_EVENTS[type].told(data, to);

// The deliveries an event calls for: their receivers, the ways to each in order, and the time.
import { isFloor, isPrompt } from './notices.ts';
import { issuerOf, placesUpward, type AssignmentStanding } from '../access/relation.ts';
import type { Channel, DeliveryWay } from './channel.ts';
import { whenToSend, type Pressure } from './delivery-time.ts';
import { toIso, type Millis } from '../instant.ts';
import { actsFor, unitPlace, type Directory, type Place } from '../organisation/organisation.ts';
import { preferencesOf, waysTo, webhooksFor, type Routing } from './routing.ts';

/** An event, by its place in the log, and the people told of it. */
export type Occasion = {
  type: string;
  /** null, as desk and seq: it stands in no log, like a change of hands. */
  directive: string | null;
  assignment: string | null;
  desk: string | null;
  seq: number | null;
  at: string;
  /** What a notification keeps of the event. */
  data: Readonly<Record<string, unknown>>;
  /** The directive's. */
  urgency: string;
  standing: AssignmentStanding;
};

/**
 * | state      | is left for                                                       |
 * | ---------- | ----------------------------------------------------------------- |
 * | waiting    | sent, failed, or collapsed (into a digest, or a newer notice)     |
 * | suppressed | nothing: the person has switched every channel off                |
 * | sent, failed, collapsed | nothing; what failed has a follower where there was another way |
 */
export type DeliveryState = 'waiting' | 'sent' | 'failed' | 'collapsed' | 'suppressed';

/** A delivery to be written with its event. */
export type NewDelivery = {
  channel: Channel;
  person: string | null;
  endpoint: string | null;
  type: string;
  directive: string | null;
  assignment: string | null;
  desk: string | null;
  seq: number | null;
  data: Readonly<Record<string, unknown>>;
  at: string;
  due_at: string;
  digest: boolean;
  /** Ways to try where this one fails. */
  chain: DeliveryWay[];
  /** Two of the same key within `COLLAPSE_MINUTES` are one; null where each must arrive. */
  collapse: string | null;
  state: DeliveryState;
};

export function pressureOf(type: string, data: Readonly<Record<string, unknown>>, urgency: string): Pressure {
  if (urgency === 'urgent' || urgency === 'critical') return 'urgent';
  if (isFloor(type, data)) return 'floor';
  return isPrompt(type) ? 'prompt' : 'patient';
}

/** To machines: every event, each for itself. */
export function webhookDeliveries(occasion: Occasion, routing: Routing, now: Millis): NewDelivery[] {
  const { standing, type } = occasion;
  const concerned = [standing.holder, issuerOf(standing)];
  return webhooksFor(routing, type, concerned).map(({ id }) => ({
    ...noticeOf(occasion),
    channel: 'webhook' as const,
    person: null,
    endpoint: id,
    due_at: toIso(now),
    digest: false,
    chain: [],
    collapse: null,
    state: 'waiting' as const,
  }));
}

/** To one person, by the first of their ways; none where nothing reaches them. */
export function personalDeliveries(
  occasion: Occasion,
  person: string,
  routing: Routing,
  directory: Directory,
  now: Millis,
): NewDelivery[] {
  const { type, data, urgency } = occasion;
  const preferences = preferencesOf(routing, person);
  const all = waysTo(routing, directory, {
    person,
    place: placeOf(directory, person, occasion.standing, now),
    type,
  });
  const [usual, ...others] = all;
  // No way reaches this person; the application itself has told them.
  if (usual === undefined) return [];
  const isSilenced = preferences.channels?.length === 0 && !isFloor(type, data);
  const chosen =
    preferences.channels?.flatMap((channel) => all.filter((way) => way.channel === channel)) ?? [];
  // A person who chose only ways that do not reach them is told another way.
  const [first, ...chain] = chosen.length === 0 ? [usual, ...others] : chosen;
  if (first === undefined) return [];
  const pressure = pressureOf(type, data, urgency);
  const when = whenToSend(pressure, preferences, routing.workdays, now);
  // What asks to be quick is not kept back for company; it still takes along what is there already.
  const gatherMs = pressure === 'urgent' || when.digest ? 0 : routing.gatherMs;
  return [
    {
      ...noticeOf(occasion),
      ...first,
      person,
      due_at: toIso(Math.max(when.at, now + gatherMs)),
      digest: when.digest && !isSilenced,
      chain,
      collapse: isFloor(type, data) || isSilenced ? null : collapseKey(person, first.channel, occasion),
      state: isSilenced ? 'suppressed' : 'waiting',
    },
  ];
}

function noticeOf(
  occasion: Occasion,
): Pick<NewDelivery, 'type' | 'directive' | 'assignment' | 'desk' | 'seq' | 'data' | 'at'> {
  const { type, directive, assignment, desk, seq, data, at } = occasion;
  return { type, directive, assignment, desk, seq, data, at };
}

/** An urge is one person's: two who urge are two. */
const collapseKey = (
  person: string,
  channel: Channel,
  { type, assignment, data }: Pick<Occasion, 'type' | 'assignment' | 'data'>,
): string =>
  [person, channel, type, assignment ?? '', ...(type === 'urged' ? [String(data['by'])] : [])].join(' ');

/** Where a person is told: the lowest place of the path they act for, else their own unit. */
function placeOf(
  directory: Directory,
  person: string,
  standing: AssignmentStanding,
  now: Millis,
): Place | null {
  const acting = placesUpward(standing).find((place) =>
    actsFor(directory, person, place, standing.taskForce, now),
  );
  const unit = directory.people.get(person)?.unit ?? null;
  return acting ?? (unit === null ? null : unitPlace(unit));
}

/** Two notices of one key within this time are one. */
export const COLLAPSE_MINUTES = 10;

/** Of one transaction's deliveries, those of one key become the first of them, which says what the last one says. */
export function collapseWithin(deliveries: readonly NewDelivery[]): NewDelivery[] {
  const kept = new Map<string | NewDelivery, NewDelivery>();
  for (const delivery of deliveries) {
    const key = delivery.collapse ?? delivery;
    const first = kept.get(key);
    kept.set(key, first === undefined ? delivery : { ...first, data: delivery.data });
  }
  return [...kept.values()];
}

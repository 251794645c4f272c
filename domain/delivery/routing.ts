// The inputs that decide where notices go: the channels this installation has, its endpoints, and what people want.
import type { Calendar } from '../calendar/calendar.ts';
import { Robot, type Channel, type DeliveryWay } from './channel.ts';
import type { Directory, Place } from '../organisation/organisation.ts';
import { USUAL_PREFERENCES, type Preferences } from './preferences.ts';

/** An endpoint as far as routing must know it: its secrets stay in the database. */
export type RoutedEndpoint = {
  id: string;
  kind: Exclude<Channel, 'mail'>;
  place: Place | null;
  types: readonly string[] | null;
};

/** Immutable, replaced whole when `version` rises. */
export type Routing = {
  version: number;
  mail: boolean;
  robots: ReadonlyMap<Place, readonly RoutedEndpoint[]>;
  webhooks: readonly RoutedEndpoint[];
  preferences: ReadonlyMap<string, Preferences>;
  /** Which days have digests. */
  workdays: Calendar;
  /** How long a message waits for others to the same person; see `GATHER_MS`. */
  gatherMs: number;
};

/** Notices to a person within a minute are one message: a minute's delay does no harm, and twenty mails are a flood. */
export const GATHER_MS = 60_000;

export function createRouting(
  about: Pick<Routing, 'version' | 'mail' | 'preferences' | 'workdays' | 'gatherMs'>,
  endpoints: readonly RoutedEndpoint[],
): Routing {
  const robots = new Map<Place, RoutedEndpoint[]>();
  for (const endpoint of endpoints) {
    if (endpoint.kind === 'webhook' || endpoint.place === null) continue;
    const those = robots.get(endpoint.place);
    if (those) those.push(endpoint);
    else robots.set(endpoint.place, [endpoint]);
  }
  return { ...about, robots, webhooks: endpoints.filter(({ kind }) => kind === 'webhook') };
}

/** Nothing can leave the house: most installations on their first day. */
export const isSilent = ({ mail, robots, webhooks }: Routing): boolean =>
  !mail && robots.size === 0 && webhooks.length === 0;

export const preferencesOf = ({ preferences }: Routing, person: string): Preferences =>
  preferences.get(person) ?? USUAL_PREFERENCES;

const hears = ({ types }: RoutedEndpoint, type: string): boolean => types === null || types.includes(type);

/** Every way there is to a person who is told at that place, in the default order: mail, then the robots. */
export function waysTo(
  routing: Routing,
  directory: Directory,
  about: { person: string; place: Place | null; type: string },
): DeliveryWay[] {
  const email = directory.people.get(about.person)?.email ?? null;
  const mail: DeliveryWay[] = routing.mail && email !== null ? [{ channel: 'mail', endpoint: null }] : [];
  const there = about.place === null ? [] : (routing.robots.get(about.place) ?? []);
  const robots = Robot.options.flatMap((kind) =>
    there
      .filter((endpoint) => endpoint.kind === kind && hears(endpoint, about.type))
      .map(({ id }): DeliveryWay => ({ channel: kind, endpoint: id })),
  );
  return [...mail, ...robots];
}

/** A place's webhook hears of what the place holds or has handed out; the installation's of everything. */
export const webhooksFor = (
  { webhooks }: Routing,
  type: string,
  places: readonly Place[],
): readonly RoutedEndpoint[] =>
  webhooks.filter(
    (endpoint) => hears(endpoint, type) && (endpoint.place === null || places.includes(endpoint.place)),
  );
